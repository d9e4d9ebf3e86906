"""What was said in a talk in short, so that every worker tells the tutor the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, delete, insert, select, update
from sqlmodel import Field, SQLModel

from bot.store.tables import BIG_ID, EXCHANGE, NAME_LENGTH, Utc
from bot.tutor.types import Exchange, Summary

HISTORY_LETTERS = 16_000
"""Characters of a talk that the tutor is told whole: about 4,000 tokens."""

MOST_EXCHANGES = 40
"""Exchanges that are looked at for that."""


class SummaryRow(SQLModel, table=True):
    """A talk in short, up to an exchange. `at` is when the oldest exchange in it was held."""

    __tablename__ = "talk_summary"

    session_id: str = Field(primary_key=True, max_length=16, foreign_key="session.id")
    learner_id: int = Field(sa_type=BIG_ID, foreign_key="learner.id", index=True)
    course: str = Field(max_length=NAME_LENGTH)
    upto: int = Field(sa_type=BIG_ID)
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Utc)


SUMMARY = SQLModel.metadata.tables["talk_summary"]


def load(db: Connection, session: str) -> Summary | None:
    """Return a session's talk in short, or None where nothing of it was summarised."""
    columns = (SUMMARY.c.text, SUMMARY.c.upto)
    row = db.execute(select(*columns).where(SUMMARY.c.session_id == session)).first()
    return None if row is None else Summary(row.text, row.upto)


def history(db: Connection, session: str, after: int) -> tuple[Exchange, ...]:
    """Return the last exchanges of a talk after one, oldest first: as many as the budget holds."""
    found = db.execute(
        select(EXCHANGE.c.id, EXCHANGE.c.question, EXCHANGE.c.answer)
        .where(EXCHANGE.c.session_id == session, EXCHANGE.c.id > after)
        .order_by(EXCHANGE.c.id.desc())
        .limit(MOST_EXCHANGES)
    ).all()
    kept: list[Exchange] = []
    left = HISTORY_LETTERS
    for row in found:
        left -= len(row.question) + len(row.answer)
        if left < 0 and kept:
            break
        kept.insert(0, Exchange(row.question, row.answer, row.id))
    return tuple(kept)


def save(db: Connection, learner: int, course: str, session: str, summary: Summary) -> None:
    """Keep a talk in short; an older summary than the one kept is dropped."""
    kept = SUMMARY.c.session_id == session
    changed = db.execute(
        update(SUMMARY)
        .where(kept, SUMMARY.c.upto < summary.upto)
        .values(text=summary.text, upto=summary.upto)
    )
    if changed.rowcount or db.execute(select(SUMMARY.c.upto).where(kept)).first():
        return
    within = (EXCHANGE.c.session_id == session, EXCHANGE.c.id <= summary.upto)
    oldest = select(EXCHANGE.c.at).where(*within).order_by(EXCHANGE.c.id).limit(1)
    at = db.execute(oldest).scalar()
    if at is not None:  # else its exchanges were deleted while it was written
        row: dict[str, Any] = {"learner_id": learner, "course": course, "session_id": session}
        db.execute(insert(SUMMARY).values(**row, text=summary.text, upto=summary.upto, at=at))


def drop_orphans(db: Connection, most: int) -> int:
    """Delete summaries of talks whose oldest exchange is gone; return how many, at most `most`."""
    first = (
        select(EXCHANGE.c.id)
        .where(EXCHANGE.c.session_id == SUMMARY.c.session_id, EXCHANGE.c.at <= SUMMARY.c.at)
        .exists()
    )
    some = select(SUMMARY.c.session_id).where(~first).limit(most)
    return db.execute(delete(SUMMARY).where(SUMMARY.c.session_id.in_(some))).rowcount
