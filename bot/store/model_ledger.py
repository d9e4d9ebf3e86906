"""Who may ask a language model now, and what was spent: shared by all workers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.model_tables import BREAKER, CALL, CLASS_SPEND, SPEND, WORKSPACE_SPEND
from bot.store.store import Store
from bot.store.tables import NAME_LENGTH
from bot.store.unit import TurnMovedError, Unit
from bot.tutor.model.breaker import Breaker
from bot.tutor.model.faults import Why
from bot.tutor.model.ports import Call, Ended, Limits
from bot.tutor.model.standing import Standing

LEASE = timedelta(minutes=3)
"""How long a call counts as running where nothing more is heard of it; no answer takes longer."""

HELD, FAILED = "1", "0"
"""The digits of answers that held up, and of those that failed."""

DAYS_KEPT = 31
"""Days that spendings are kept for the operator to look at."""


class StoredLedger:
    """The ledger (bot.tutor.model.ports.Ledger) in the records: one transaction a call each way."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def admit(self, call: Call, limits: Limits) -> Why | None:
        """Reserve a call's tokens and its place, or return why it may not be made now."""
        return await self._store.run(lambda unit: _admit(unit, call, limits))

    async def settle(self, call: Call, ended: Ended) -> Standing:
        """Give back the place and what was not spent; note how the call ended."""

        def settle(unit: Unit) -> Standing:
            before = _note(unit, call.model, ended)
            unit.db.execute(delete(CALL).where(CALL.c.id == call.id))
            _spend(unit, call, ended.spent - call.tokens, unit.now.date())
            return before

        return await self._store.run(settle)


def used_today(unit: Unit, class_id: int) -> int:
    """Return the tokens that a class used since midnight in UTC, reserved ones included."""
    today = _of_day((CLASS_SPEND, "class_id", class_id), unit.now.date())
    return unit.db.execute(select(CLASS_SPEND.c.tokens).where(*today)).scalar() or 0


def _admit(unit: Unit, call: Call, limits: Limits) -> Why | None:
    # The breaker's row is locked first, so calls of one model are admitted one after another.
    known = breaker, standing = _known(unit, call.model)
    if not breaker.lets_through(unit.now):
        return Why.DOWN
    unit.db.execute(delete(CALL).where(CALL.c.ends_at <= unit.now))
    running = select(func.count()).select_from(CALL).where(CALL.c.model == call.model)
    if limits.at_once and unit.db.execute(running).scalar_one() >= limits.at_once:
        return Why.BUSY
    day = unit.now.date()
    spent_up = _spent_up(unit, call, limits, day)
    if spent_up is not None:
        return spent_up
    unit.db.execute(insert(CALL).values(id=call.id, model=call.model, ends_at=unit.now + LEASE))
    _spend(unit, call, call.tokens, day)
    _keep(unit, call.model, known, (breaker.trying(unit.now), standing))
    return None


def _spent_up(unit: Unit, call: Call, limits: Limits, day: date) -> Why | None:
    budgets = (
        (Why.LEARNER_BUDGET, limits.learner_tokens, call.learner, _learner(call)),
        (Why.WORKSPACE_BUDGET, limits.workspace_tokens, call.workspace, _workspace(call)),
        (Why.CLASS_BUDGET, limits.class_tokens, call.class_id, _class(call)),
    )
    for why, most, known, owner in budgets:
        if most and known and _spent(unit, owner, day) + call.tokens > most:
            return why
    return None


def _note(unit: Unit, model: str, ended: Ended) -> Standing:
    """Note how a call of a model ended; return the standing that the model had before."""
    known = breaker, standing = _known(unit, model)
    after = breaker.given_up() if ended.stopped else breaker.after(ended.why, unit.now)
    _keep(unit, model, known, (after, standing.after(ended.held)))
    return standing


Known = tuple[Breaker, Standing]
"""What is known of a model."""


def _known(unit: Unit, model: str) -> Known:
    """Return what is known of a model, its row locked until the transaction ends."""
    wanted = select(BREAKER).where(BREAKER.c.model == model[:NAME_LENGTH]).with_for_update()
    row = unit.db.execute(wanted).first()
    if row is not None:
        held = tuple(digit == HELD for digit in row.held)
        return Breaker(row.faults, row.open_until), Standing(held)
    new = {"model": model[:NAME_LENGTH], "faults": 0, "open_until": None, "held": ""}
    _add(unit, BREAKER, new)
    return Breaker(), Standing()


def _keep(unit: Unit, model: str, before: Known, after: Known) -> None:
    if after == before:
        return
    breaker, standing = after
    held = "".join(HELD if one else FAILED for one in standing.held)
    unit.db.execute(
        update(BREAKER)
        .where(BREAKER.c.model == model[:NAME_LENGTH])
        .values(faults=breaker.faults, open_until=breaker.open_until, held=held)
    )


Owner = tuple[Table, str, Any]
"""Whose spending: the table, the column that names them, and its value."""


def _learner(call: Call) -> Owner:
    return SPEND, "learner_id", call.learner


def _workspace(call: Call) -> Owner:
    return WORKSPACE_SPEND, "workspace", call.workspace[:NAME_LENGTH]


def _class(call: Call) -> Owner:
    return CLASS_SPEND, "class_id", call.class_id


def _of_day(owner: Owner, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    table, column, value = owner
    return table.c[column] == value, table.c.day == day


def _spent(unit: Unit, owner: Owner, day: date) -> int:
    """Return an owner's tokens of a day, reserved ones included."""
    found = select(owner[0].c.tokens).where(*_of_day(owner, day)).with_for_update()
    return unit.db.execute(found).scalar() or 0


def _spend(unit: Unit, call: Call, tokens: int, day: date) -> None:
    owners = [_learner(call)] if call.learner else []
    owners += [_workspace(call)] if call.workspace else []
    owners += [_class(call)] if call.class_id else []
    for owner in owners:
        table, column, value = owner
        added = table.c.tokens + tokens
        changed = unit.db.execute(update(table).where(*_of_day(owner, day)).values(tokens=added))
        if changed.rowcount == 0:
            _add(unit, table, {column: value, "day": day, "tokens": max(0, tokens)})
            old = table.c.day < day - timedelta(days=DAYS_KEPT)
            unit.db.execute(delete(table).where(table.c[column] == value, old))


def _add(unit: Unit, table: Table, row: dict[str, Any]) -> None:
    try:
        unit.db.execute(insert(table).values(**row))
    except IntegrityError as problem:
        raise TurnMovedError from problem
