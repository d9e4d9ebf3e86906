"""What a learner was in the middle of when last seen: Home and reminders lead back to it."""

from __future__ import annotations

from bot.flows import FLOWS
from bot.flows.base import World
from bot.gradebook import Kind, all_parts
from bot.store.unit import Unit


def under_way(unit: Unit, learner: int, world: World) -> tuple[Kind, str] | None:
    """Return the part that the learner was at last, where it is open and not done; else None."""
    row = unit.latest_session(learner, tuple(Kind))
    if row is None or not row["open"] or row["version"] != FLOWS[row["flow"]].VERSION:
        return None
    part = (Kind(row["flow"]), row["subject"])
    left = part in all_parts(world.course) and not world.progress.done(*part)
    return part if left else None
