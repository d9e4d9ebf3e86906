"""What stays of a person who had everything deleted: one more in a count, here and there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select, update

from bot.gradebook import Kind
from bot.store.admin_tables import CLASS, FORMER_ITEM, FORMER_MARK, MEMBERSHIP
from bot.store.tables import ANSWER, MARK, RESULT

FIRST = 1
COUNTED = (Kind.QUIZ, Kind.TEST)


def count_in(db: Connection, learner: int) -> None:
    """Add a learner, about to be deleted, to the counts of each of their classes.

    Kept: parts begun and completed, and the answers of finished first attempts by question,
    score and option. No name, id, time or text, and no row that is one person's.
    """
    found = db.execute(
        select(CLASS.c.id, CLASS.c.course)
        .join_from(CLASS, MEMBERSHIP, MEMBERSHIP.c.class_id == CLASS.c.id)
        .where(MEMBERSHIP.c.learner_id == learner)
    )
    for class_id, course in found.all():
        people = {"class_id": class_id, "kind": "", "subject": ""}
        _add(db, FORMER_MARK, people, {"begun": 1, "done": 0})
        _marks(db, class_id, course, learner)
        _answers(db, class_id, course, learner)


def _marks(db: Connection, class_id: int, course: str, learner: int) -> None:
    mine = and_(MARK.c.learner_id == learner, MARK.c.course == course)
    for row in db.execute(select(MARK.c.kind, MARK.c.subject, MARK.c.done_at).where(mine)).all():
        key = {"class_id": class_id, "kind": row.kind, "subject": row.subject}
        _add(db, FORMER_MARK, key, {"begun": 1, "done": int(row.done_at is not None)})


def _answers(db: Connection, class_id: int, course: str, learner: int) -> None:
    mine = and_(RESULT.c.learner_id == learner, RESULT.c.course == course)
    firsts = db.execute(
        select(RESULT).where(mine, RESULT.c.attempt == FIRST, RESULT.c.kind.in_(COUNTED))
    )
    for result in firsts.mappings().all():
        part = {"class_id": class_id, "kind": result["kind"], "subject": result["subject"]}
        score = {"out_of": result["out_of"], "score": result["score"]}
        for answer in _whole_and_each(db, result["session_id"], result["passed"]):
            _add(db, FORMER_ITEM, {**part, **score, **answer}, {"n": 1})


def _whole_and_each(db: Connection, session: str, passed: bool) -> Iterable[dict[str, Any]]:
    yield {"question": "", "chosen": 0, "correct": passed}
    columns = (ANSWER.c.question, ANSWER.c.chosen, ANSWER.c.correct)
    for row in db.execute(select(*columns).where(ANSWER.c.session_id == session)).mappings().all():
        yield dict(row)


def _add(db: Connection, table: Table, key: dict[str, Any], counts: dict[str, int]) -> None:
    raised = db.execute(
        update(table)
        .where(*(table.c[name] == value for name, value in key.items()))
        .values({name: table.c[name] + value for name, value in counts.items()})
    )
    if raised.rowcount == 0:
        db.execute(insert(table).values(**key, **counts))
