"""How many bytes a learner who has taken the whole built-in course leaves in the records.

Run: python -m benchmarks.load.storage [LEARNERS]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from sqlalchemy import text

from bot.events import Learner
from bot.settings import BUILT_IN_COURSE
from bot.store.database import open_database
from knowledge.catalog import load_course
from knowledge.models import Course
from tests.classroom import Classroom, good_answer
from tests.postgres.cluster import NoPostgresError, cluster

ANSWER = "The moon pulls the sea [1]. " * 25
"""An answer of 700 characters: about what the offline tutor says."""

SIZES = {
    "sqlite": "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name",
    "postgresql": (
        "SELECT relname, pg_total_relation_size(oid) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ),
}


async def main(learners: int) -> None:
    """Fill both kinds of records and print bytes a learner, by table."""
    with tempfile.TemporaryDirectory() as folder:
        await _measure(Path(folder), "", learners)
        try:
            with cluster("-c", "fsync=off") as server:
                await _measure(Path(folder), server.create(), learners)
        except NoPostgresError as problem:
            print(problem)


async def _measure(folder: Path, url: str, learners: int) -> None:
    room = _Room(folder, load_course(BUILT_IN_COURSE), url or f"sqlite:///{folder / 'class.db'}")
    await room.engine.start()
    empty = _size(room.at)
    for number in range(learners):
        await _learn(room, Learner("slack", "T0123456789", f"U{number:010d}", f"Learner {number}"))
    await room.engine.close()
    grown = {name: _size(room.at)[name] - empty.get(name, 0) for name in _size(room.at)}
    kind = url.partition(":")[0] or "sqlite"
    lasting = sum(size for name, size in grown.items() if "delivery" not in name)
    print(
        f"{kind}: {sum(grown.values()) / learners / 1000:.1f} kB a learner, of {learners}; "
        f"{lasting / learners / 1000:.1f} kB once the deliveries have gone"
    )
    for name, size in sorted(grown.items(), key=lambda item: -item[1])[:6]:
        print(f"    {name:30} {size / learners / 1000:6.1f} kB")


class _Room(Classroom):
    """A class on the records at a URL."""

    def __init__(self, folder: Path, course: Course, at: str) -> None:
        self.at = at
        super().__init__(folder, course)

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.at


async def _learn(room: Classroom, who: Learner) -> None:
    """Take the whole course: read, answer, talk, pass the test."""
    for lesson in room.course.lessons:
        number = str(lesson.number)
        await room.command("lesson", who, lesson=number)
        await room.press("Start reading", who)
        for _ in range(len(lesson.sections) - 1 + bool(lesson.terms)):
            await room.press("Next page", who)
        await room.press("Finish the lesson", who)
        await room.take_quiz([True] * len(lesson.quiz), number, who)
        await room.command("lab", who, lesson=number)
        for turn in range(3):
            room.tutor.script = [good_answer(ANSWER)]
            await room.type(f"How does part {turn} of this lesson's subject work?", who)
    await room.take_test([True] * len(room.course.test), who)


def _size(url: str) -> dict[str, int]:
    engine = open_database(url)
    with engine.connect() as connection:
        found = connection.execute(text(SIZES[engine.dialect.name])).all()
    engine.dispose()
    return {str(name): int(size) for name, size in found}


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
