"""Simulated classes over the wire, against a fake Slack, beside a bare Bolt app in the same run.

Run: python -m benchmarks.load [--learners 200] [--seconds 30] [--thinking 1] [--records both]

Learners take the whole course in any order, each act after some thought; `--seconds 0` lets
everyone finish, and then compares the records with what was pressed: the run fails where an act
was lost or doubled. The learners, the fake Slack and the database share the machine with the
workers. A script stands for the language model.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.load import bare
from benchmarks.load.figures import HEAD, Figures, ratios
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


async def main(args: argparse.Namespace) -> None:
    """Measure every combination that was asked for; print a table, and what it comes to."""
    print(HEAD, flush=True)
    compared = []
    for workers in args.workers:
        base = await _bare(workers, args)
        print(base, flush=True)
        for kind in ("sqlite", "postgresql") if args.records == "both" else (args.records,):
            try:
                with _database(kind) as (url, home):
                    found = await _seminar(kind, url, home, workers, args)
            except NoPostgresError as problem:
                print(f"PostgreSQL is left out: {problem}", flush=True)
                continue
            print(found, flush=True)
            compared.append(ratios(found, base))
    print("", *compared, sep="\n")
    if not args.seconds:
        print("Every act is in the records once: nothing lost, nothing doubled.")


@contextmanager
def _database(kind: str) -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/class.db", Path(folder)
            return
        with cluster() as server:
            yield server.create(), Path(folder)


async def _seminar(
    kind: str, url: str, home: Path, workers: int, args: argparse.Namespace
) -> Figures:
    habits = {"built_in": args.built_in, "pauses": SLACKS}
    async with school_class(url, home, workers, **habits) as school:
        seconds = await _class(school, args)
        learners = school.learners
        return Figures(
            "Seminar",
            kind,
            workers,
            args.learners,
            seconds,
            school.fleet.acks,
            [seconds for learner in learners for seconds in learner.replies],
            sum(school.fleet.cpu(number) for number in range(workers)),
            max(school.fleet.memory(number) for number in range(workers)),
            school.fleet.refusals,
        )


async def _class(school: SchoolClass, args: argparse.Namespace) -> float:
    """Have the class learn, for a while or to the end; return how long it took."""
    habits = {
        "patience": PATIENCE,
        "answer_patience": PATIENCE,
        "mixed": True,
        "thinking": args.thinking,
    }
    begun = time.perf_counter()
    if args.seconds:
        with suppress(TimeoutError):
            async with asyncio.timeout(args.seconds):
                await school.learn(args.learners, **habits)
        return time.perf_counter() - begun
    await school.learn(args.learners, **habits)
    seconds = time.perf_counter() - begun
    school.check()
    return seconds


async def _bare(workers: int, args: argparse.Namespace) -> Figures:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with (
            Screens() as screens,
            Fleet("", screens.base, Path(folder), workers, bare.run, SLACKS) as fleet,
        ):
            learners = [_presser(number, fleet, screens) for number in range(args.learners)]
            begun = time.perf_counter()
            with suppress(TimeoutError):
                async with asyncio.timeout(args.seconds or BARE_SECONDS):
                    await asyncio.gather(*(_press(one, args.thinking) for one in learners))
            return Figures(
                "bare Bolt",
                "none",
                workers,
                args.learners,
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
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--thinking", type=float, default=1.0)
    parser.add_argument("--records", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--built-in", action="store_true", help="the built-in course")
    asyncio.run(main(parser.parse_args()))
