"""The book of what moderators did: written to, read from, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from bot.store.admin_tables import AUDIT
from bot.store.tables import LEARNER
from bot.store.unit import Unit

REASON_LENGTH = 500
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to whom, when and why; names are "" where the person left."""

    id: int
    at: datetime
    actor: str
    target: str
    action: str
    what: str
    reason: str


def note(
    unit: Unit,
    class_id: int,
    actor: int,
    action: str,
    *,
    what: str = "",
    target: int | None = None,
    reason: str = "",
) -> int:
    """Write an entry; return its id. `what` holds nothing that names a person."""
    row = {
        "class_id": class_id,
        "at": unit.now,
        "actor_id": actor,
        "target_id": target,
        "action": action,
        "what": what,
        "reason": reason[:REASON_LENGTH],
    }
    made = unit.db.execute(insert(AUDIT).values(row))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def entries(unit: Unit, class_id: int, limit: int, offset: int) -> tuple[Entry, ...]:
    """Return entries of a class, newest first."""
    actor, target = LEARNER.alias("actor"), LEARNER.alias("target")
    found = unit.db.execute(
        select(
            AUDIT.c.id,
            AUDIT.c.at,
            func.coalesce(func.nullif(actor.c.name, ""), actor.c.user, ""),
            func.coalesce(func.nullif(target.c.name, ""), target.c.user, ""),
            AUDIT.c.action,
            AUDIT.c.what,
            AUDIT.c.reason,
        )
        .select_from(
            AUDIT.outerjoin(actor, actor.c.id == AUDIT.c.actor_id).outerjoin(
                target, target.c.id == AUDIT.c.target_id
            )
        )
        .where(AUDIT.c.class_id == class_id)
        .order_by(AUDIT.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return tuple(Entry(*row) for row in found)


def size(unit: Unit, class_id: int) -> int:
    """Count the entries of a class."""
    mine = select(func.count()).select_from(AUDIT).where(AUDIT.c.class_id == class_id)
    return unit.db.execute(mine).scalar() or 0


def refused_since(unit: Unit, class_id: int, actor: int, since: datetime) -> bool:
    """Whether a person's refused attempt was written down since a moment."""
    where = (AUDIT.c.actor_id == actor, AUDIT.c.class_id == class_id, AUDIT.c.at > since)
    found = select(AUDIT.c.id).where(*where, AUDIT.c.action == REFUSED).limit(1)
    return unit.db.execute(found).first() is not None
