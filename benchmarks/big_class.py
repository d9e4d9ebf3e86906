"""How long `/admin overview` and `/admin items` take in a big class, beside a chat's patience.

Run it as `python -m benchmarks.big_class`: 2,000 learners on SQLite, and 100,000 learners with
5 million answers on PostgreSQL where Debian's packages are installed (`--quick` skips those).
Every figure is the whole way through the engine, pictures drawn, the median of 5 runs.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine as Database
from sqlalchemy import Table, func, insert, select, text

from bot.engine import Engine
from bot.events import Command, Learner, Place
from bot.gradebook import TEST_SUBJECT
from bot.replies import Card
from bot.settings import BUILT_IN_COURSE
from bot.store.admin_tables import CLASS, MEMBERSHIP
from bot.store.database import open_database
from bot.store.migrate import migrate
from bot.store.store import Store
from bot.store.tables import ANSWER, LEARNER, MARK, RESULT, SESSION
from bot.tutor.types import Answer, Draft, Request
from knowledge.catalog import load_course
from knowledge.models import Course, Question
from tests.postgres.cluster import NoPostgresError, cluster

PATIENCE = 3.0
RUNS = 5
CHUNK = 5_000
QUIZ_ATTEMPTS = 3
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MODERATOR = Learner("bench", "big", "moderator", "Moderator", moderator=True)
COMMANDS = (
    ("overview", {}),
    ("items", {"what": "test"}),
    ("items", {"what": "quiz-1"}),
    ("item", {"what": "test", "number": "3"}),
    ("learners", {"page": "50"}),
    ("learner", {"user": "u1234"}),
    ("regrade", {}),
)

Rows = dict[Table, list[tuple[Any, ...]]]


class NoTutor:
    """Nobody asks anything here."""

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Answer nothing."""
        yield Answer("", covered=False, on_subject=False)


def fill(database: Database, course: Course, learners: int) -> None:
    """Make a class whose learners have taken every quiz three times and the test once."""
    migrate(database)
    with database.begin() as db:
        row = {"platform": "bench", "workspace": "big", "course": course.id, "rules": "{}"}
        db.execute(insert(CLASS).values(**row, created_at=NOW))
    source = np.random.default_rng(1)
    for first in range(1, learners + 1, CHUNK):
        _write(database, _chunk(course, range(first, min(first + CHUNK, learners + 1)), source))
    if database.dialect.name == "postgresql":
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text("SELECT setval('learner_id_seq', (SELECT max(id) FROM learner))"))
            db.execute(text("VACUUM ANALYZE"))
    else:
        with database.begin() as db:
            db.execute(text("ANALYZE"))


def _chunk(course: Course, ids: range, source: np.random.Generator) -> Rows:
    rows: Rows = {t: [] for t in (LEARNER, MEMBERSHIP, SESSION, ANSWER, RESULT, MARK)}
    for learner in ids:
        seen = NOW - timedelta(days=float(source.exponential(9)))
        ability = float(source.normal())
        rows[LEARNER].append((learner, "bench", "big", f"u{learner}", f"N{learner}", seen, seen))
        rows[MEMBERSHIP].append((1, learner, seen, seen, None, 0, False, False))
        for lesson in course.lessons:
            rows[MARK].append((learner, course.id, "lesson", lesson.slug, 5, 5, 6, 0, seen, seen))
            rows[MARK].append((learner, course.id, "lab", lesson.slug, 3, 3, 3, 0, seen, seen))
            for attempt in range(1, QUIZ_ATTEMPTS + 1):
                key = ("quiz", lesson.slug, attempt)
                _take(rows, course, learner, ability, key, lesson.quiz, seen, source)
        key = ("test", TEST_SUBJECT, 1)
        _take(rows, course, learner, ability, key, course.test, seen, source)
    return rows


def _take(  # one attempt needs all of it
    rows: Rows,
    course: Course,
    learner: int,
    ability: float,
    key: tuple[str, str, int],
    asked: tuple[Question, ...],
    at: datetime,
    source: np.random.Generator,
) -> None:
    kind, subject, attempt = key
    session = f"{learner:x}.{len(rows[SESSION]):x}"[:16]
    chances = 1 / (1 + np.exp(-(ability + 0.8 - 0.15 * np.arange(len(asked)))))
    right = source.random(len(asked)) < chances
    others = source.integers(1, 4, len(asked))
    state = (course.id, kind, subject, "", 1, 9, False, "{}", at, at)
    rows[SESSION].append((session, learner, *state))
    for item, mark, other in zip(asked, right.tolist(), others.tolist(), strict=True):
        chosen = item.key if mark else (item.key + other) % len(item.options)
        answer = (session, item.id, learner, course.id, kind, subject, attempt, chosen, mark, at)
        rows[ANSWER].append(answer)
    score, most = int(right.sum()), len(asked)
    passed = score * 100 >= 80 * most
    result = (session, learner, course.id, kind, subject, attempt, score, most, passed, at)
    rows[RESULT].append(result)
    if attempt == (QUIZ_ATTEMPTS if kind == "quiz" else 1):
        done = at if passed or kind == "quiz" else None
        mark_row = (learner, course.id, kind, subject, score, score, most, attempt, done, at)
        rows[MARK].append(mark_row)


def _write(database: Database, rows: Rows) -> None:
    with database.begin() as db:
        for table, values in rows.items():
            names = [column.name for column in table.columns]
            if database.dialect.name != "postgresql":
                db.execute(insert(table), [dict(zip(names, row, strict=True)) for row in values])
                continue
            columns = ", ".join(f'"{name}"' for name in names)
            cursor = db.connection.cursor()
            with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:  # type: ignore[union-attr]
                for row in values:
                    copy.write_row(row)


async def measure(database: Database, course: Course) -> Iterator[tuple[str, float, float]]:
    """Return each command with its first and its median time in seconds."""
    engine = Engine(course, Store(database, course.id, lambda: NOW), NoTutor(), lambda: NOW)
    await engine.start()
    found = []
    for number, (sub, args) in enumerate(COMMANDS):
        times = []
        for run in range(RUNS + 1):
            event = Command(
                MODERATOR, Place("desk"), f"{number}.{run}", NOW, "admin", {"sub": sub, **args}
            )
            before = time.perf_counter()
            replies = [reply async for reply in engine.handle(event)]
            times.append(time.perf_counter() - before)
            if not isinstance(replies[0], Card):
                raise TypeError(replies)
        name = " ".join((sub, *args.values()))
        found.append((name, times[0], statistics.median(times[1:])))
    await engine.close()
    return iter(found)


def report(name: str, url: str, learners: int) -> None:
    """Fill a database, measure it, and print a table."""
    course, database = load_course(BUILT_IN_COURSE), open_database(url)
    before = time.perf_counter()
    fill(database, course, learners)
    with database.connect() as db:
        answers = db.execute(select(func.count()).select_from(ANSWER)).scalar()
    spent = time.perf_counter() - before
    print(f"\n{name}: {learners:,} learners, {answers:,} answers (made in {spent:.0f} s)\n")
    print(f"{'command':<24}{'first':>9}{'median':>9}{'of 3 s':>9}")
    for command, first, median in asyncio.run(measure(database, course)):
        print(f"{command:<24}{first:>8.2f}s{median:>8.2f}s{median / PATIENCE:>8.0%}")
    database.dispose()


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="2,000 learners on SQLite alone")
    parser.add_argument("--learners", type=int, default=100_000, help="on PostgreSQL")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report("SQLite", f"sqlite:///{Path(folder) / 'class.db'}", 2_000)
    if chosen.quick:
        return
    try:
        with cluster("-c", "fsync=off", "-c", "shared_buffers=1GB") as server:
            report("PostgreSQL", server.create(), chosen.learners)
    except NoPostgresError as reason:
        print(f"\nPostgreSQL is left out: {reason}")


if __name__ == "__main__":
    main()
