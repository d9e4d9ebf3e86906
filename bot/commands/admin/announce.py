"""`/admin announce`: say something to everybody, here or in the class's own channel."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from bot.commands.admin.base import Args, Chore, Desk, Done, home_button, to
from bot.commands.admin.chores import Bench
from bot.commands.words import ADMIN
from bot.courier import UnreachableError
from bot.errors import LearnerError
from bot.flows.base import link
from bot.replies import Button, Card, Reply, Say, Style, Tone
from bot.rules import channel
from bot.store import audit
from bot.words import say

MAX_TEXT = 1500
FORM = "form-announce"
ANNOUNCE = "announce"


def announce(desk: Desk, args: Args) -> Done:
    """Post the announcement; without words, offer the form to write it in."""
    text = args.get("text", "").strip()
    there = _elsewhere(desk)
    if not there and not desk.where.shared:
        raise LearnerError(say("admin.announce_where"))
    if not text:
        return Done((_invitation(there),))
    if len(text) > MAX_TEXT:
        raise LearnerError(say("admin.announce_long", length=len(text), most=MAX_TEXT))
    if there:
        args = {"workspace": desk.member.workspace, "channel": there, "text": text}
        return Done(chore=Chore(ANNOUNCE, args))
    desk.note("announce", say("admin.announce_what", length=len(text)))
    replies: tuple[Reply, ...] = (
        _posted(desk.course.title, text),
        Say(say("admin.announced"), Tone.GOOD),
    )
    return Done(replies)


async def post(chore: Chore, bench: Bench) -> AsyncGenerator[Reply]:
    """Bring an announcement to the class's channel, then write it down."""
    if bench.courier is None:
        raise LearnerError(say("admin.announce_no_way"))
    text = chore.args["text"]
    try:
        await bench.courier.to_channel(
            chore.args["workspace"], chore.args["channel"], _posted(bench.course.title, text)
        )
    except UnreachableError as problem:
        raise LearnerError(say("admin.announce_closed")) from problem
    what = say("admin.announce_what", length=len(text))
    await bench.run(
        lambda unit: audit.note(unit, chore.class_id, chore.actor, "announce", what=what)
    )
    yield Card(
        title=say("admin.announce_title"),
        body=say("admin.announced_there"),
        buttons=(home_button(),),
        tone=Tone.GOOD,
    )


def _elsewhere(desk: Desk) -> str:
    """The class's channel of announcements, where that is not the channel at hand."""
    there = desk.member.rules.announce_channel
    here = channel(desk.where) if desk.where.shared else ""
    return "" if there == here else there


def _posted(course: str, text: str) -> Card:
    return Card(
        title=say("admin.announcement", course=course),
        body=text,
        buttons=(Button(say("admin.announce_learn"), link("learn"), Style.PRIMARY),),
        tone=Tone.INFO,
        private=False,
    )


def _invitation(there: str) -> Card:
    form = link(ADMIN, FORM)
    write = Button(say("admin.announce_write"), form, Style.PRIMARY, opens_form=True)
    how = say("admin.announce_how_there" if there else "admin.announce_how")
    where = Button(say("admin.set_announce_channel"), to("settings", "announce_channel"))
    return Card(say("admin.announce_title"), how, buttons=(write, where))
