"""Delete what has been kept for its time: old talk, deliveries, ended sessions, undone resets.

Any number of workers may run it at once: on PostgreSQL one holds an advisory lock and the others
do nothing; on SQLite a transaction that writes is alone. Each call deletes a bounded number of
rows, so no learner waits long behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, delete, exists, or_, select, text, update

from bot.rules import Keep, load
from bot.store.admin_tables import CLASS, MEMBERSHIP, REGRADE, REGRADED, SHELF
from bot.store.shelf import UNDO
from bot.store.slack_tables import STOP
from bot.store.summaries import SUMMARY, drop_orphans
from bot.store.tables import ANSWER, DELIVERY, EXCHANGE, RESULT, SESSION
from bot.store.unit import Unit

ADVISORY_LOCK = 7_265_661_002
"""PostgreSQL's lock that one tidying worker holds."""

BATCH = 2000
"""Rows of a kind that one transaction deletes."""

EMPTIED = ""
"""The flow of an ended session whose state was deleted: answers still refer to its id."""


def retire(unit: Unit, now: datetime, keep: Keep) -> int:
    """Delete at most BATCH rows of each kind that is past its time; return how many.

    Call it again until it returns 0.
    """
    if not _alone(unit):
        return 0
    gone = sum(_delete(unit, EXCHANGE, where) for where in _old_exchanges(unit, now, keep))
    gone += drop_orphans(unit.db, BATCH)
    if keep.deliveries:
        since = now - timedelta(days=keep.deliveries)
        gone += _delete(unit, DELIVERY, DELIVERY.c.at < since) + _stops(unit, since)
    if keep.sessions:
        gone += _sessions(unit, now - timedelta(days=keep.sessions))
    return gone + _delete(unit, SHELF, SHELF.c.at < now - UNDO) + _regrades(unit, now - UNDO)


def _stops(unit: Unit, before: datetime) -> int:
    """Delete what tells when answers were stopped, by Slack's stamp: seconds, as ten digits."""
    return unit.db.execute(delete(STOP).where(STOP.c.ts < f"{before.timestamp():.6f}")).rowcount


def _regrades(unit: Unit, before: datetime) -> int:
    """Delete what regrades changed that can be undone no more, then the regrades themselves."""
    old = select(REGRADE.c.id).where(REGRADE.c.at < before)
    gone = _delete(unit, REGRADED, REGRADED.c.regrade_id.in_(old))
    empty = ~exists().where(REGRADED.c.regrade_id == REGRADE.c.id)
    return gone + _delete(unit, REGRADE, and_(REGRADE.c.at < before, empty))


def _alone(unit: Unit) -> bool:
    if unit.db.dialect.name != "postgresql":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:key)")
    return bool(unit.db.execute(lock, {"key": ADVISORY_LOCK}).scalar())


def _old_exchanges(unit: Unit, now: datetime, keep: Keep) -> Iterator[ColumnElement[bool]]:
    """What is too old by each class's own rule, then by the operator's.

    A learner of several classes is kept for the shortest of their times.
    """
    ruled = select(CLASS.c.id, CLASS.c.rules).where(
        CLASS.c.course == unit.course, CLASS.c.rules != "{}"
    )
    with_own = []
    for class_id, rules in unit.db.execute(ruled).all():
        days = load(rules).keep_days
        if days is not None:
            with_own.append(class_id)
        if days:
            yield _exchanges_of(unit, class_id, now - timedelta(days=days))
    if keep.transcripts:
        free = select(MEMBERSHIP.c.learner_id).where(MEMBERSHIP.c.class_id.in_(with_own))
        old = EXCHANGE.c.at < now - timedelta(days=keep.transcripts)
        yield and_(EXCHANGE.c.course == unit.course, old, EXCHANGE.c.learner_id.not_in(free))


def _exchanges_of(unit: Unit, class_id: int, before: datetime) -> ColumnElement[bool]:
    ours = select(MEMBERSHIP.c.learner_id).where(MEMBERSHIP.c.class_id == class_id)
    return and_(
        EXCHANGE.c.course == unit.course,
        EXCHANGE.c.learner_id.in_(ours),
        EXCHANGE.c.at < before,
    )


def _sessions(unit: Unit, before: datetime) -> int:
    """Delete ended sessions that nothing refers to; empty those that answers refer to."""
    ended = and_(
        SESSION.c.course == unit.course,
        ~SESSION.c.open,
        SESSION.c.changed_at < before,
        SESSION.c.flow != EMPTIED,
    )
    used = or_(
        *(
            exists().where(t.c.session_id == SESSION.c.id)
            for t in (ANSWER, RESULT, EXCHANGE, SUMMARY)
        )
    )
    gone = _delete(unit, SESSION, and_(ended, ~used))
    some = select(SESSION.c.id).where(ended, used).limit(BATCH)
    emptied = {"flow": EMPTIED, "place": "", "state": "{}"}
    return (
        gone
        + unit.db.execute(update(SESSION).where(SESSION.c.id.in_(some)).values(emptied)).rowcount
    )


def _delete(unit: Unit, table: Table, where: ColumnElement[bool]) -> int:
    some = select(table.c.id).where(where).limit(BATCH)
    return unit.db.execute(delete(table).where(table.c.id.in_(some))).rowcount
