"""How a class stands, counted by the database: what comes back never grows with the class.

People who left are counted in (see bot.store.former), without anything about them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text

from bot.gradebook import Kind
from bot.itemstats import Cell
from bot.store.admin_tables import FORMER_ITEM, FORMER_MARK, MEMBERSHIP
from bot.store.tables import ANSWER, MARK, RESULT
from bot.store.unit import Unit

ACTIVE = timedelta(days=7)
PEOPLE = ""
"""The kind under which FORMER_MARK counts the people who left."""

FIRST = 1
"""The attempt that statistics are made of."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How many are in a class, were seen in the last 7 days, and left and were deleted."""

    enrolled: int
    active: int
    former: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How many began a part of the course, and how many completed it."""

    begun: int = 0
    done: int = 0


def enrolment(unit: Unit, class_id: int) -> Enrolment:
    """Count the people of a class."""
    mine = MEMBERSHIP.c.class_id == class_id
    total = _count(unit, mine)
    active = _count(unit, mine, MEMBERSHIP.c.seen_at > unit.now - ACTIVE)
    left = select(FORMER_MARK.c.begun).where(
        FORMER_MARK.c.class_id == class_id, FORMER_MARK.c.kind == PEOPLE
    )
    return Enrolment(total, active, unit.db.execute(left).scalar() or 0)


def reach(unit: Unit, class_id: int) -> Mapping[tuple[str, str], Reach]:
    """Count who began and who completed each part, by kind and subject."""
    live = _of_class(
        select(MARK.c.kind, MARK.c.subject, func.count(), func.count(MARK.c.done_at)),
        MARK.c.learner_id,
        class_id,
    ).where(MARK.c.course == unit.course)
    former = select(
        FORMER_MARK.c.kind, FORMER_MARK.c.subject, FORMER_MARK.c.begun, FORMER_MARK.c.done
    ).where(FORMER_MARK.c.class_id == class_id, FORMER_MARK.c.kind != PEOPLE)
    found: dict[tuple[str, str], Reach] = {}
    grouped = unit.db.execute(live.group_by(MARK.c.kind, MARK.c.subject)).all()
    for kind, subject, begun, done in (*grouped, *unit.db.execute(former).all()):
        before = found.get((kind, subject), Reach())
        found[kind, subject] = Reach(before.begun + begun, before.done + done)
    return found


def completed(unit: Unit, class_id: int) -> Mapping[int, int]:
    """Return how many learners have completed how many parts; those who began none are absent."""
    each = (
        _of_class(select(func.count(MARK.c.done_at).label("parts")), MARK.c.learner_id, class_id)
        .where(MARK.c.course == unit.course)
        .group_by(MARK.c.learner_id)
        .subquery()
    )
    counted = select(each.c.parts, func.count()).group_by(each.c.parts)
    return {row[0]: row[1] for row in unit.db.execute(counted)}


def score_counts(unit: Unit, class_id: int, part: tuple[Kind, str], out_of: int) -> tuple[int, ...]:
    """Return how many first attempts at a quiz or test had 0, 1, … `out_of` right answers."""
    live = (
        _of_class(select(RESULT.c.score, func.count()), RESULT.c.learner_id, class_id)
        .where(*_first(unit, part, out_of))
        .group_by(RESULT.c.score)
    )
    former = select(FORMER_ITEM.c.score, FORMER_ITEM.c.n).where(
        *_former(class_id, part, out_of), FORMER_ITEM.c.question == ""
    )
    counts: Counter[int] = Counter()
    for score, n in (*unit.db.execute(live).all(), *unit.db.execute(former).all()):
        counts[score] += n
    return tuple(counts[score] for score in range(out_of + 1))


def cells(
    unit: Unit, class_id: int, part: tuple[Kind, str], questions: Sequence[str]
) -> tuple[Cell, ...]:
    """Return the answers of first attempts at a quiz or test, counted by question and score.

    There are at most questions x (questions + 1) x options cells, however big the class.
    """
    out_of = len(questions)
    _as_written(unit)
    attempts = (
        _of_class(select(RESULT.c.session_id, RESULT.c.score), RESULT.c.learner_id, class_id)
        .where(*_first(unit, part, out_of))
        .subquery()
    )
    key = (ANSWER.c.question, attempts.c.score, ANSWER.c.chosen, ANSWER.c.correct)
    live = (
        select(*key, func.count())
        .select_from(ANSWER.join(attempts, ANSWER.c.session_id == attempts.c.session_id))
        .where(
            ANSWER.c.course == unit.course,
            ANSWER.c.question.in_(questions),
            ANSWER.c.attempt == FIRST,
        )
        .group_by(*key)
    )
    former = select(
        FORMER_ITEM.c.question,
        FORMER_ITEM.c.score,
        FORMER_ITEM.c.chosen,
        FORMER_ITEM.c.correct,
        FORMER_ITEM.c.n,
    ).where(*_former(class_id, part, out_of), FORMER_ITEM.c.question != "")
    found = (*unit.db.execute(live).all(), *unit.db.execute(former).all())
    return tuple(Cell(row[0], row[1], row[2], bool(row[3]), row[4]) for row in found)


def _as_written(unit: Unit) -> None:
    """Have PostgreSQL join in the order of the query: first who is in the class, then answers."""
    if unit.db.dialect.name == "postgresql":
        for setting in ("from_collapse_limit", "join_collapse_limit"):
            unit.db.execute(text(f"SET LOCAL {setting} = 1"))


def _first(unit: Unit, part: tuple[Kind, str], out_of: int) -> tuple[ColumnElement[bool], ...]:
    return (
        RESULT.c.course == unit.course,
        RESULT.c.kind == part[0],
        RESULT.c.subject == part[1],
        RESULT.c.attempt == FIRST,
        RESULT.c.out_of == out_of,
    )


def _former(class_id: int, part: tuple[Kind, str], out_of: int) -> tuple[ColumnElement[bool], ...]:
    return (
        FORMER_ITEM.c.class_id == class_id,
        FORMER_ITEM.c.kind == part[0],
        FORMER_ITEM.c.subject == part[1],
        FORMER_ITEM.c.out_of == out_of,
    )


def _of_class(query: Select[Any], learner: ColumnElement[int], class_id: int) -> Select[Any]:
    """The query over a table's rows of the learners of one class."""
    ours = (MEMBERSHIP.c.learner_id == learner) & (MEMBERSHIP.c.class_id == class_id)
    return query.join_from(learner.table, MEMBERSHIP, ours)


def _count(unit: Unit, *where: ColumnElement[bool]) -> int:
    return unit.db.execute(select(func.count()).select_from(MEMBERSHIP).where(*where)).scalar() or 0
