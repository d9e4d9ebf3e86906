"""The learners of a class, a page at a time, and one learner's record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select

from bot.gradebook import Kind, Mark, Progress
from bot.rules import Exceptions
from bot.store.admin_tables import MEMBERSHIP
from bot.store.tables import ANSWER, EXCHANGE, LEARNER, MARK, RESULT
from bot.store.unit import Unit

UNDER_WAY = timedelta(minutes=2)
"""An answer given so soon after the notice may be to what was said before it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A learner of a class, as a moderator knows them."""

    id: int
    user: str
    name: str
    joined_at: datetime
    seen_at: datetime
    told_at: datetime | None

    @property
    def label(self) -> str:
        """Their name, or the platform's id where they have none."""
        return self.name or self.user


@dataclass(frozen=True, slots=True)
class Attempt:
    """A finished quiz or test of one learner."""

    kind: str
    subject: str
    attempt: int
    score: int
    out_of: int
    passed: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """One exchange of a learner with the tutor."""

    lesson: str
    question: str
    answer: str
    at: datetime


_PERSON = (
    LEARNER.c.id,
    LEARNER.c.user,
    LEARNER.c.name,
    MEMBERSHIP.c.joined_at,
    MEMBERSHIP.c.seen_at,
    MEMBERSHIP.c.told_at,
)
_OURS = LEARNER.join(MEMBERSHIP, MEMBERSHIP.c.learner_id == LEARNER.c.id)


def page(unit: Unit, class_id: int, limit: int, offset: int) -> tuple[Person, ...]:
    """Return learners of a class, the last seen first."""
    # The page is cut in the class's own index; names are looked up for its rows alone.
    cut = (
        select(MEMBERSHIP)
        .where(MEMBERSHIP.c.class_id == class_id)
        .order_by(MEMBERSHIP.c.seen_at.desc(), MEMBERSHIP.c.learner_id)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    columns = (LEARNER.c.id, LEARNER.c.user, LEARNER.c.name)
    found = unit.db.execute(
        select(*columns, cut.c.joined_at, cut.c.seen_at, cut.c.told_at)
        .join_from(cut, LEARNER, LEARNER.c.id == cut.c.learner_id)
        .order_by(cut.c.seen_at.desc(), cut.c.learner_id)
    )
    return tuple(Person(*row) for row in found)


def after(unit: Unit, class_id: int, learner: int, limit: int) -> tuple[Person, ...]:
    """Return learners of a class in the order of their ids, from past `learner` on."""
    found = unit.db.execute(
        select(*_PERSON)
        .select_from(_OURS)
        .where(MEMBERSHIP.c.class_id == class_id, MEMBERSHIP.c.learner_id > learner)
        .order_by(MEMBERSHIP.c.learner_id)
        .limit(limit)
    )
    return tuple(Person(*row) for row in found)


def person(unit: Unit, class_id: int, learner: int) -> Person | None:
    """Return a learner of a class by id."""
    key = (MEMBERSHIP.c.class_id == class_id, MEMBERSHIP.c.learner_id == learner)
    row = unit.db.execute(select(*_PERSON).select_from(_OURS).where(*key)).first()
    return Person(*row) if row else None


def granted(unit: Unit, class_id: int, learner: int) -> Exceptions:
    """Return the exceptions that a learner of a class was granted."""
    columns = (MEMBERSHIP.c.extra_attempts, MEMBERSHIP.c.unlocked, MEMBERSHIP.c.waived)
    key = (MEMBERSHIP.c.class_id == class_id, MEMBERSHIP.c.learner_id == learner)
    row = unit.db.execute(select(*columns).where(*key)).first()
    return Exceptions(row[0], bool(row[1]), bool(row[2])) if row else Exceptions()


def named(unit: Unit, class_id: int, name: str, limit: int) -> tuple[Person, ...]:
    """Return the learners of a class with this user id; else those with this name."""
    mine = MEMBERSHIP.c.class_id == class_id
    base = select(*_PERSON).select_from(_OURS).limit(limit)
    exact = unit.db.execute(base.where(mine, LEARNER.c.user == name)).all()
    if not exact:
        alike = base.where(mine, func.lower(LEARNER.c.name) == name.lower())
        exact = unit.db.execute(alike.order_by(LEARNER.c.id)).all()
    return tuple(Person(*row) for row in exact)


def progress(unit: Unit, learners: Sequence[int]) -> Mapping[int, Progress]:
    """Return the marks of several learners in this course."""
    found = unit.db.execute(
        select(MARK).where(MARK.c.learner_id.in_(learners), MARK.c.course == unit.course)
    )
    marks: dict[int, dict[tuple[Kind, str], Mark]] = {learner: {} for learner in learners}
    for row in found:
        marks[row.learner_id][Kind(row.kind), row.subject] = Mark(
            row.latest, row.best, row.out_of, row.attempts, row.done_at, row.changed_at
        )
    return {learner: Progress(mine) for learner, mine in marks.items()}


def first_answers(
    unit: Unit, learners: Sequence[int], kind: Kind, subject: str
) -> Mapping[tuple[int, str], bool]:
    """Return whether each learner's first attempt got each question right, open runs included."""
    found = unit.db.execute(
        select(ANSWER.c.learner_id, ANSWER.c.question, ANSWER.c.correct).where(
            ANSWER.c.learner_id.in_(learners),
            ANSWER.c.course == unit.course,
            ANSWER.c.kind == kind,
            ANSWER.c.subject == subject,
            ANSWER.c.attempt == 1,
        )
    )
    return {(learner, question): bool(right) for learner, question, right in found}


def attempts(unit: Unit, learner: int, limit: int) -> tuple[Attempt, ...]:
    """Return a learner's last finished quizzes and tests, newest first."""
    found = unit.db.execute(
        select(
            RESULT.c.kind,
            RESULT.c.subject,
            RESULT.c.attempt,
            RESULT.c.score,
            RESULT.c.out_of,
            RESULT.c.passed,
            RESULT.c.at,
        )
        .where(RESULT.c.learner_id == learner, RESULT.c.course == unit.course)
        .order_by(RESULT.c.at.desc(), RESULT.c.attempt.desc())
        .limit(limit)
    )
    return tuple(Attempt(*row) for row in found)


def talks(unit: Unit, who: Person, limit: int, offset: int) -> tuple[tuple[Talk, ...], int]:
    """Return a page of what a learner said in labs since they were told, and how much there is."""
    if who.told_at is None:
        return (), 0
    where = and_(
        EXCHANGE.c.learner_id == who.id,
        EXCHANGE.c.course == unit.course,
        EXCHANGE.c.lesson != "",
        EXCHANGE.c.at > who.told_at + UNDER_WAY,
    )
    columns = (EXCHANGE.c.lesson, EXCHANGE.c.question, EXCHANGE.c.answer, EXCHANGE.c.at)
    newest = select(*columns).where(where).order_by(EXCHANGE.c.id.desc())
    rows = unit.db.execute(newest.limit(limit).offset(offset)).all()
    total = unit.db.execute(select(func.count()).select_from(EXCHANGE).where(where)).scalar() or 0
    return tuple(Talk(*row) for row in rows), total


def asked_since(unit: Unit, learner: int, since: datetime) -> int:
    """Count the questions to the tutor that a learner had answered since a moment."""
    where = (EXCHANGE.c.learner_id == learner, EXCHANGE.c.at > since)
    return unit.db.execute(select(func.count()).select_from(EXCHANGE).where(*where)).scalar() or 0


def uncovered(unit: Unit, class_id: int, limit: int) -> tuple[str, ...]:
    """Return the newest questions of a class that the course did not cover."""
    ours: ColumnElement[bool] = and_(
        MEMBERSHIP.c.learner_id == EXCHANGE.c.learner_id, MEMBERSHIP.c.class_id == class_id
    )
    found = unit.db.execute(
        select(EXCHANGE.c.question)
        .join_from(EXCHANGE, MEMBERSHIP, ours)
        .where(EXCHANGE.c.course == unit.course, ~EXCHANGE.c.covered)
        .order_by(EXCHANGE.c.id.desc())
        .limit(limit)
    )
    return tuple(question for (question,) in found)
