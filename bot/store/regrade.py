"""Mark answers again after a question's key was corrected: the difference first, then all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from bot.gradebook import Kind
from bot.store import marks, unregrade
from bot.store.admin_tables import MEMBERSHIP
from bot.store.tables import ANSWER, RESULT
from bot.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Key:
    """The right option of a question, and how many options it has."""

    right: int
    options: int


Keys = Mapping[str, Key]
"""The questions' keys by their ids."""


@dataclass(frozen=True, slots=True)
class Change:
    """Answers to one question that become right and that become wrong."""

    question: str
    to_right: int
    to_wrong: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a regrade changes: answers by question, results, and passes won and lost."""

    answers: tuple[Change, ...]
    results: int
    now_passed: int
    now_failed: int


def difference(unit: Unit, class_id: int, keys: Keys, pass_mark: int) -> Difference:
    """Return what `regrade` would change."""
    changes = []
    for question, key in keys.items():
        if not _suspect(unit, question, key):
            continue
        becomes_right = func.sum(cast(ANSWER.c.chosen == key.right, Integer))
        wrongly = and_(_answers(unit, class_id, question), or_(*_misjudged(key)))
        total, to_right = unit.db.execute(select(func.count(), becomes_right).where(wrongly)).one()
        if total:
            changes.append(Change(question, to_right, total - to_right))
    if not changes:
        return Difference((), 0, 0, 0)
    changed = {c.question: keys[c.question] for c in changes}
    scored = _rescored(unit, class_id, changed).subquery()
    passes = _passes(scored.c.kind, scored.c.now, scored.c.out_of, pass_mark)
    row = unit.db.execute(
        select(
            func.count(),
            func.sum(cast(and_(passes, ~scored.c.passed), Integer)),
            func.sum(cast(and_(~passes, scored.c.passed), Integer)),
        ).where(scored.c.now != scored.c.score)
    ).one()
    return Difference(tuple(changes), row[0], row[1] or 0, row[2] or 0)


def regrade(unit: Unit, class_id: int, keys: Keys, pass_mark: int) -> Difference:
    """Mark all answers of a class by `keys`, and bring results and marks in line.

    How they stood before is kept, so that it can be undone (see bot.store.unregrade).
    """
    found = difference(unit, class_id, keys, pass_mark)
    if not found.answers:
        return found
    kept = unregrade.begin(unit, class_id, sum(c.to_right + c.to_wrong for c in found.answers))
    for change in found.answers:
        key = keys[change.question]
        wrongly = and_(_answers(unit, class_id, change.question), or_(*_misjudged(key)))
        unregrade.keep(unit, kept, wrongly)
        right = {"correct": ANSWER.c.chosen == key.right}
        unit.db.execute(update(ANSWER).where(wrongly).values(right))
    touched = unregrade.sessions(kept)
    _results(unit, touched, pass_mark)
    marks.settle(unit.db, unit.course, touched)
    return found


def _results(unit: Unit, touched: Select[Any], pass_mark: int) -> None:
    right = (
        select(func.count())
        .select_from(ANSWER)
        .where(ANSWER.c.session_id == RESULT.c.session_id, ANSWER.c.correct)
        .scalar_subquery()
    )
    passes = _passes(RESULT.c.kind, right, RESULT.c.out_of, pass_mark)
    unit.db.execute(
        update(RESULT)
        .where(RESULT.c.session_id.in_(touched), RESULT.c.score != right)
        .values(score=right, passed=passes)
    )


def _rescored(unit: Unit, class_id: int, keys: Keys) -> Select[Any]:
    """Each result that a changed question is part of, with its score by the new keys."""
    right = case(
        *((ANSWER.c.question == name, ANSWER.c.chosen == key.right) for name, key in keys.items()),
        else_=ANSWER.c.correct,
    )
    touched = _results_of(unit, class_id, keys)
    now = func.sum(cast(right, Integer)).label("now")
    key = (RESULT.c.session_id, RESULT.c.kind, RESULT.c.score, RESULT.c.out_of, RESULT.c.passed)
    return (
        select(*key, now)
        .join_from(RESULT, ANSWER, ANSWER.c.session_id == RESULT.c.session_id)
        .where(RESULT.c.session_id.in_(touched))
        .group_by(*key)
    )


def _results_of(unit: Unit, class_id: int, keys: Keys) -> Select[Any]:
    """The sessions of a class in which an answer is marked otherwise than by the keys."""
    ours = and_(MEMBERSHIP.c.learner_id == ANSWER.c.learner_id, MEMBERSHIP.c.class_id == class_id)
    wrongly = (and_(ANSWER.c.question == name, or_(*_misjudged(key))) for name, key in keys.items())
    return (
        select(ANSWER.c.session_id)
        .join_from(ANSWER, MEMBERSHIP, ours)
        .where(ANSWER.c.course == unit.course, or_(*wrongly))
    )


def _answers(unit: Unit, class_id: int, question: str) -> ColumnElement[bool]:
    ours = select(MEMBERSHIP.c.learner_id).where(MEMBERSHIP.c.class_id == class_id)
    return and_(
        ANSWER.c.course == unit.course,
        ANSWER.c.question == question,
        ANSWER.c.learner_id.in_(ours),
    )


def _suspect(unit: Unit, question: str, key: Key) -> bool:
    """Whether any answer at all is marked otherwise: two looks into the index, mostly empty."""
    here = (ANSWER.c.course == unit.course, ANSWER.c.question == question)
    looks = (select(ANSWER.c.session_id).where(*here, case_).limit(1) for case_ in _misjudged(key))
    return any(unit.db.execute(look).first() for look in looks)


def _misjudged(key: Key) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Right answers marked wrong, and wrong ones marked right; each a range of the index."""
    others = [option for option in range(key.options) if option != key.right]
    return (
        and_(ANSWER.c.chosen == key.right, ANSWER.c.correct == false()),
        and_(ANSWER.c.chosen.in_(others), ANSWER.c.correct == true()),
    )


def _passes(
    kind: ColumnElement[str],
    score: ColumnElement[int],
    out_of: ColumnElement[int],
    pass_mark: int,
) -> ColumnElement[bool]:
    """Whether a score passes: a quiz with every answer right, the test from its mark on."""
    least = case((kind == Kind.TEST, pass_mark), else_=100)
    return score * 100 >= least * out_of
