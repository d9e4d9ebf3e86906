"""A class on some platform, the people around it, and what the records say of what they tried."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import inspect, select

from bot.actions import decode
from bot.commands.admin.desk import ALIASES, SUBS
from bot.commands.words import ADMIN
from bot.engine import Engine
from bot.flows.base import ARG
from bot.store.admin_tables import AUDIT
from bot.store.database import open_database
from bot.store.store import Store
from bot.store.tables import LEARNER
from bot.store.unit import Unit
from tests.bot.commands.admin.school import School

T = TypeVar("T")

PASSING = ("learner", "delivery", "audit", "class", "course_version", "alembic_version")
"""Tables that note who came by and what for. All others hold what a refusal must not change."""

WORDS = {
    "what": "test",
    "reason": "was ill",
    "format": "csv",
    "names": "names",
    "name": "pass_mark",
    "value": "60",
    "text": "Hello",
}
"""What is given for an argument by its name."""


@dataclass(frozen=True)
class Shown:
    """What one person was shown: its words, and whether nobody else saw them."""

    text: str
    private: bool


class Stage(Protocol):
    """A platform with the class on it; every role is a person."""

    room: Staffed
    refused: tuple[str, ...]
    allowed: tuple[str, ...]

    def user(self, role: str) -> str:
        """The platform's id of a person."""

    async def give(self, role: str, sub: str) -> list[Shown]:
        """Give a moderators' command with all its arguments; return what the person is shown."""

    async def press(self, role: str, number: int) -> list[Shown]:
        """Use the button with this number on the cards that the manager was shown."""

    def pressable(self) -> int:
        """How many of those buttons there are."""

    async def demote(self) -> None:
        """Take from the manager what made them a moderator."""


Open = Callable[[Path], AbstractAsyncContextManager[Stage]]
"""Makes a stage on records in a folder."""


class Staffed(School):
    """The class in miniature, with people whom the operator names."""

    def __init__(self, folder: Path, named: frozenset[str] = frozenset()) -> None:
        self.named = named
        super().__init__(folder)

    def _engine(self) -> Engine:
        shop = getattr(self, "workshop", None)
        store = Store(open_database(self.url), self.course.id, lambda: self.now)
        return Engine(self.course, store, self.tutor, lambda: self.now, shop, moderators=self.named)


def in_words(sub: str, learner: str) -> str:
    """A command with all its arguments, as it is written."""
    given = {**WORDS, "user": learner, "what": "attempts" if sub == "grant" else WORDS["what"]}
    names = SUBS[ALIASES.get(sub, sub)][1]
    return " ".join(("admin", sub, *(given.get(name, "1") for name in names)))


def moderates(action: str) -> bool:
    """Whether a button is for moderators, by the action that it carries."""
    return decode(action).choice.split(ARG)[0] == ADMIN


async def contents(room: School) -> dict[str, list[str]]:
    """Every row of the tables that a refusal must not change, and the rules of every class."""

    def read(unit: Unit) -> dict[str, list[str]]:
        tables = [t for t in inspect(unit.db).get_table_names() if t not in PASSING]
        found = {table: _rows(unit, f'SELECT * FROM "{table}"') for table in tables}  # noqa: S608 (names of ours)
        return {**found, "rules": _rows(unit, "SELECT rules FROM class WHERE rules <> '{}'")}

    return await _run(room, read)


async def attempts(room: School, user: str) -> list[str]:
    """What was written down of a person's refused attempts: the commands, oldest first."""
    query = (
        select(AUDIT.c.what)
        .join(LEARNER, LEARNER.c.id == AUDIT.c.actor_id)
        .where(LEARNER.c.user == user, AUDIT.c.action == "refused")
        .order_by(AUDIT.c.id)
    )
    return await _run(room, lambda unit: list(unit.db.execute(query).scalars()))


def _rows(unit: Unit, statement: str) -> list[str]:
    return sorted(map(str, unit.db.exec_driver_sql(statement).all()))


async def _run(room: School, query: Callable[[Unit], T]) -> T:
    return await room.rows(query)  # type: ignore[arg-type, return-value]
