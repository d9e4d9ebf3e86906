"""`/admin grant`: an exception for one learner, with the reason for it."""

from __future__ import annotations

from bot.commands.admin.base import Args, Desk, Done, by_id, person, quoted, to
from bot.errors import LearnerError
from bot.replies import Button, Card, Style, Tone
from bot.store import membership, roster
from bot.words import say

GRANTS = ("attempts", "cooldown", "unlock")
MAX_EXTRA = 100


def grant(desk: Desk, args: Args) -> Done:
    """Grant one more attempt, the next attempt without waiting, or the test before the lessons."""
    who = person(desk, args)
    what = args.get("what", "").strip().casefold()
    reason = " ".join(args.get("reason", "").split())
    if what not in GRANTS:
        raise LearnerError(say("admin.grant_which", names=", ".join(GRANTS)))
    if not reason:
        raise LearnerError(say("admin.grant_why"))
    before = roster.granted(desk.unit, desk.class_id, who.id)
    more = min(before.extra_attempts + 1, MAX_EXTRA)
    granted: dict[str, dict[str, int]] = {
        "attempts": {"extra_attempts": more},
        "cooldown": {"waived": True},
        "unlock": {"unlocked": True},
    }
    membership.change(desk.unit, desk.class_id, who.id, **granted[what])
    desk.note("grant", what, who.id, reason)
    card = Card(
        title=say("admin.grant_title"),
        body=say(f"admin.granted_{what}", name=quoted(who.label), reason=quoted(reason)),
        buttons=(Button(say("admin.learner_back"), to("learner", by_id(who)), Style.PRIMARY),),
        tone=Tone.GOOD,
    )
    return Done((card,))
