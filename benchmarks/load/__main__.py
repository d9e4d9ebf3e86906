"""Simulated classes over the wire, against a fake Slack, beside a bare Bolt app in the same run.

Run: python -m benchmarks.load [--learners 200 1000] [--seconds 30] [--thinking 1] [--records both]

Learners take the whole course in any order, each act after some thought; `--seconds 0` lets
everyone finish, and then compares the records with what was pressed: the run fails where an act
was lost or doubled. With `--pace 125` instead of `--thinking` a class of any size acts so often a
second, so that classes differ in size alone. The learners, the fake Slack and the database share
the machine with the workers. A script stands for the language model.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from benchmarks.load import bare
from benchmarks.load.figures import GROWTH, NUMBERS, Figures, growth, head, ratios
from tests.faults.classes import SchoolClass, school_class
from tests.faults.fleet import SLACKS, Fleet
from tests.faults.learner import Learner
from tests.faults.screens import Screens
from tests.faults.worker import course_of
from tests.postgres.cluster import NoPostgresError, cluster

PATIENCE = 60.0
"""Seconds a learner waits before pressing again: so that slowness is measured, not repeated."""

BARE_SECONDS = 8.0
"""How long the bare app is pressed where learners finish a course, which it does not have."""


@dataclass(frozen=True)
class Class:
    """One class to be measured; `thinking`: the mean seconds before each act of a learner."""

    learners: int
    workers: int
    seconds: float
    thinking: float
    built_in: bool


async def main(args: argparse.Namespace) -> None:
    """Measure every combination that was asked for; print tables, and what they come to."""
    print(head(NUMBERS), flush=True)
    runs: list[Figures] = []
    compared: list[str] = []
    try:
        for workers, learners in product(args.workers, sorted(args.learners)):
            thinking = learners / args.pace if args.pace else args.thinking
            asked = Class(learners, workers, args.seconds, thinking, args.built_in)
            base, *ours = [run async for run in _runs(asked, args.records)]
            runs += base, *ours
            compared += [ratios(run, base) for run in ours]
    finally:
        print("", *compared, sep="\n")
        if grown := growth(runs):
            print("", head(GROWTH), *grown, sep="\n")
    if not args.seconds:
        print("\nEvery act is in the records once: nothing lost, nothing doubled.")


async def _runs(asked: Class, records: str) -> AsyncIterator[Figures]:
    """Measure a class with the bare app, then on each of the records; print what comes out."""
    base = await _bare(asked)
    print(base, flush=True)
    yield base
    for kind in ("sqlite", "postgresql") if records == "both" else (records,):
        try:
            with _database(kind) as (url, home):
                found = await _seminar(kind, url, home, asked)
        except NoPostgresError as problem:
            print(f"PostgreSQL is left out: {problem}", flush=True)
            continue
        print(found, flush=True)
        yield found


@contextmanager
def _database(kind: str) -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/class.db", Path(folder)
            return
        with cluster() as server:
            yield server.create(), Path(folder)


async def _seminar(kind: str, url: str, home: Path, asked: Class) -> Figures:
    habits = {"built_in": asked.built_in, "pauses": SLACKS}
    async with school_class(url, home, asked.workers, **habits) as school:
        seconds = await _learn(school, asked)
        learners = school.learners
        return Figures(
            "Seminar",
            kind,
            asked.workers,
            asked.learners,
            seconds,
            school.fleet.acks,
            [seconds for learner in learners for seconds in learner.replies],
            sum(school.fleet.cpu(number) for number in range(asked.workers)),
            max(school.fleet.memory(number) for number in range(asked.workers)),
            school.fleet.refusals,
        )


async def _learn(school: SchoolClass, asked: Class) -> float:
    """Have the class learn, for a while or to the end; return how long it took."""
    habits = {
        "patience": PATIENCE,
        "answer_patience": PATIENCE,
        "mixed": True,
        "thinking": asked.thinking,
    }
    begun = time.perf_counter()
    if asked.seconds:
        with suppress(TimeoutError):
            async with asyncio.timeout(asked.seconds):
                await school.learn(asked.learners, **habits)
        return time.perf_counter() - begun
    await school.learn(asked.learners, **habits)
    seconds = time.perf_counter() - begun
    school.check()
    return seconds


async def _bare(asked: Class) -> Figures:
    workers = asked.workers
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with (
            Screens() as screens,
            Fleet("", screens.base, Path(folder), workers, bare.run, SLACKS) as fleet,
        ):
            learners = [_presser(number, fleet, screens) for number in range(asked.learners)]
            begun = time.perf_counter()
            with suppress(TimeoutError):
                async with asyncio.timeout(asked.seconds or BARE_SECONDS):
                    await asyncio.gather(*(_press(one, asked.thinking) for one in learners))
            return Figures(
                "bare Bolt",
                "none",
                workers,
                asked.learners,
                time.perf_counter() - begun,
                fleet.acks,
                [seconds for learner in learners for seconds in learner.replies],
                sum(fleet.cpu(number) for number in range(workers)),
                max(fleet.memory(number) for number in range(workers)),
                fleet.refusals,
            )


def _presser(number: int, fleet: Fleet, screens: Screens) -> Learner:
    return Learner(f"U{number:05d}", course_of(built_in=False), fleet, screens, PATIENCE, PATIENCE)


async def _press(learner: Learner, thinking: float) -> None:
    """Press one button for ever."""
    button = {"type": "button", "action_id": "press:0", "value": "again"}
    while True:
        await asyncio.sleep(random.expovariate(1 / thinking) if thinking else 0)
        await learner.press(button)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--learners", type=int, nargs="+", default=[200])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=30.0)
    tempo = parser.add_mutually_exclusive_group()
    tempo.add_argument("--thinking", type=float, default=1.0)
    tempo.add_argument("--pace", type=float, help="acts a second of the whole class")
    parser.add_argument("--records", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--built-in", action="store_true", help="the built-in course")
    asyncio.run(main(parser.parse_args()))
