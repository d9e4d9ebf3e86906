"""What a learner was in the middle of when last seen: Home and reminders lead back to it."""

from __future__ import annotations

from bot.flows import FLOWS
from bot.flows.base import World
from bot.gradebook import Kind, all_parts
from bot.store.unit import Unit


def under_way(unit: Unit, learner: int, world: World) -> tuple[Kind, str] | None:
    """Return the part that the learner was at last, where it is open and not done; else None.

    Looking into a part that is done, as a quiz leads to a section to reread, is no new place.
    """
    kinds = set(Kind)
    while row := unit.latest_session(learner, kinds):
        part = (Kind(row["flow"]), row["subject"])
        if not world.progress.done(*part):
            current = row["open"] and row["version"] == FLOWS[row["flow"]].VERSION
            return part if current and part in all_parts(world.course) else None
        kinds.remove(part[0])
    return None
