"""The statements of every press, built once: building them anew costs more than running them.

Parameters whose names would clash with a column in an UPDATE begin with `is_` or `was_`.
"""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from bot.store.admin_tables import MEMBERSHIP
from bot.store.tables import ANSWER, DELIVERY, EXCHANGE, LEARNER, MARK, RESULT, SESSION

FIND_LEARNER = (
    select(LEARNER.c.id, LEARNER.c.name)
    .where(
        LEARNER.c.platform == bindparam("platform"),
        LEARNER.c.workspace == bindparam("workspace"),
        LEARNER.c.user == bindparam("user"),
    )
    .with_for_update(key_share=True)
)
"""Locks the row on PostgreSQL: what one learner does is taken one act at a time, by any worker."""

ADD_LEARNER = insert(LEARNER)
FIND_DELIVERY = select(DELIVERY).where(DELIVERY.c.id == bindparam("id"))
ADD_DELIVERY = insert(DELIVERY)
MARK_DELIVERED = (
    update(DELIVERY)
    .where(DELIVERY.c.id.in_(bindparam("ids", expanding=True)), DELIVERY.c.work.is_(None))
    .values(delivered=True)
)
"""Not what slow work goes on for: it has not been told yet."""

FIND_SESSION = select(SESSION).where(SESSION.c.id == bindparam("id"))
ADD_SESSION = insert(SESSION)
SAVE_SESSION = (
    update(SESSION)
    .where(SESSION.c.id == bindparam("is_id"), SESSION.c.turn == bindparam("was_turn"))
    .values({name: bindparam(name) for name in ("turn", "open", "state", "place", "changed_at")})
)
FIND_MARKS = select(MARK).where(
    MARK.c.learner_id == bindparam("learner"), MARK.c.course == bindparam("course")
)
ADD_ANSWER = insert(ANSWER)
ADD_RESULT = insert(RESULT)
ADD_EXCHANGE = insert(EXCHANGE)
SPEND_WAIVER = (
    update(MEMBERSHIP)
    .where(MEMBERSHIP.c.learner_id == bindparam("learner"), MEMBERSHIP.c.waived)
    .values(waived=False)
)
"""The wait before the next test is waived once."""
