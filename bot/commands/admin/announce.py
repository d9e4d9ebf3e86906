"""`/admin announce`: say something to everybody in the place where the command is given."""

from __future__ import annotations

from bot.commands.admin.base import Args, Desk, Done
from bot.commands.words import ADMIN
from bot.errors import LearnerError
from bot.flows.base import link
from bot.replies import Button, Card, Reply, Say, Style, Tone
from bot.words import say

MAX_TEXT = 1500
FORM = "form-announce"


def announce(desk: Desk, args: Args) -> Done:
    """Post the announcement; without words, offer the form to write it in."""
    text = args.get("text", "").strip()
    if not desk.where.shared:
        raise LearnerError(say("admin.announce_where"))
    if not text:
        return Done((_invitation(),))
    if len(text) > MAX_TEXT:
        raise LearnerError(say("admin.announce_long", length=len(text), most=MAX_TEXT))
    desk.note("announce", say("admin.announce_what", length=len(text)))
    posted = Card(
        title=say("admin.announcement", course=desk.course.title),
        body=text,
        buttons=(Button(say("admin.announce_learn"), link("learn"), Style.PRIMARY),),
        tone=Tone.INFO,
        private=False,
    )
    replies: tuple[Reply, ...] = (posted, Say(say("admin.announced"), Tone.GOOD))
    return Done(replies)


def _invitation() -> Card:
    form = link(ADMIN, FORM)
    write = Button(say("admin.announce_write"), form, Style.PRIMARY, opens_form=True)
    return Card(say("admin.announce_title"), say("admin.announce_how"), buttons=(write,))
