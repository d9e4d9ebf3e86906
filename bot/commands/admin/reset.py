"""`/admin reset`: take what a learner did in a part away, after a second press; 7 days to undo."""

from __future__ import annotations

from bot.commands.admin.base import (
    Args,
    Desk,
    Done,
    by_id,
    number_of,
    part,
    part_title,
    part_word,
    person,
    quoted,
    to,
)
from bot.errors import LearnerError
from bot.replies import Button, Card, Style, Tone
from bot.store import shelf
from bot.words import count, say


def reset(desk: Desk, args: Args) -> Done:
    """Say what would be taken away, and ask for the second press."""
    who = person(desk, args)
    key = part(desk.course, args.get("what", ""))
    title = part_title(desk.course, key)
    found = shelf.size(desk.unit, who.id, key)
    if not found.rows:
        raise LearnerError(say("admin.reset_nothing", name=who.label, part=title))
    card = Card(
        title=say("admin.reset_title", name=who.label, part=title),
        body=say(
            "admin.reset_body",
            name=quoted(who.label),
            part=title,
            attempts=count(found.attempts, "attempt", "attempts"),
            answers=count(found.answers, "answer", "answers"),
            exchanges=count(found.exchanges, "exchange", "exchanges"),
        ),
        buttons=(
            Button(
                say("admin.reset_button", name=who.label[:30], part=title),
                to("reset-now", by_id(who), part_word(desk.course, key)),
                Style.DANGER,
            ),
            Button(say("admin.keep"), to("learner", by_id(who))),
        ),
        tone=Tone.WARN,
    )
    return Done((card,))


def reset_now(desk: Desk, args: Args) -> Done:
    """Take it away, and offer to undo that."""
    who = person(desk, args)
    key = part(desk.course, args.get("what", ""))
    title = part_title(desk.course, key)
    if not shelf.size(desk.unit, who.id, key).rows:
        raise LearnerError(say("admin.reset_nothing", name=who.label, part=title))
    kept = shelf.take_away(desk.unit, desk.class_id, who.id, key)
    desk.note("reset", part_word(desk.course, key), who.id)
    card = Card(
        title=say("admin.reset_done_title"),
        body=say("admin.reset_done", name=quoted(who.label), part=title, days=shelf.UNDO.days),
        buttons=(
            Button(say("admin.undo_button", what=title), to("undo", kept)),
            Button(say("admin.learner_back"), to("learner", by_id(who)), Style.PRIMARY),
        ),
        tone=Tone.GOOD,
    )
    return Done((card,))


def undo(desk: Desk, args: Args) -> Done:
    """Put back what a reset took away; LearnerError where that is no longer possible."""
    back = shelf.put_back(desk.unit, desk.class_id, number_of(args.get("shelf", "")))
    if back is None:
        raise LearnerError(say("admin.undo_gone", days=shelf.UNDO.days))
    desk.note("undo", back.what, back.learner)
    card = Card(
        title=say("admin.undo_title"),
        body=say("admin.undo_done"),
        buttons=(
            Button(say("admin.learner_back"), to("learner", f"#{back.learner}"), Style.PRIMARY),
        ),
        tone=Tone.GOOD,
    )
    return Done((card,))
