"""The moderators' desk: who may, which command, and what the book says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from shlex import split

import structlog

from bot.commands.admin import (
    announce,
    audit,
    export,
    grant,
    items,
    learner,
    overview,
    regrade,
    reset,
    settings,
)
from bot.commands.admin import course as course_chores
from bot.commands.admin import questions as uncovered
from bot.commands.admin.base import Desk, Done, Handler
from bot.commands.admin.help import help_card, unknown
from bot.commands.words import ADMIN
from bot.events import Command, Event, Pressed, Submitted
from bot.flows.base import ARG, LINK, MENU
from bot.replies import Say, Tone
from bot.store import audit as book
from bot.words import say

log = structlog.get_logger(__name__)

REFUSED_EVERY = timedelta(hours=1)
"""How often a refused attempt of one person is written down: nobody can fill the book."""

SUBS: dict[str, tuple[Handler, tuple[str, ...]]] = {
    "overview": (overview.overview, ()),
    "learners": (learner.learners, ("page",)),
    "learner": (learner.learner, ("user",)),
    "transcripts": (learner.transcripts, ("user", "page")),
    "items": (items.items, ("what", "page")),
    "item": (items.item, ("what", "number")),
    "questions": (uncovered.questions, ("page",)),
    "reset": (reset.reset, ("user", "what")),
    "reset-now": (reset.reset_now, ("user", "what")),
    "undo": (reset.undo, ("shelf",)),
    "grant": (grant.grant, ("user", "what", "reason")),
    "regrade": (regrade.regrade, ()),
    "regrade-now": (regrade.regrade_now, ("stamp",)),
    "undo-regrade": (regrade.undo, ("regrade",)),
    "export": (export.export, ("format", "names")),
    "settings": (settings.settings, ("name", "value")),
    "announce": (announce.announce, ("text",)),
    "course-reload": (course_chores.reload, ()),
    "reindex": (course_chores.reindex, ()),
    "audit": (audit.audit, ("page",)),
    "help": (help_card, ()),
}
"""Every command, and the names of its arguments in the order in which they are written."""

NAME_A_PART = ("items", "item", "reset")
_PART = re.compile(r"\b(lesson|quiz|lab) (\d+)\b", re.IGNORECASE)

ALIASES = {"course": "course-reload", "course reload": "course-reload", "": "help"}


def asked(event: Event) -> tuple[str, dict[str, str]] | None:
    """Return the moderators' command of an event with its arguments; None where it is none."""
    match event:
        case Command(name=name, args=args) if name == ADMIN:
            return _command(args)
        case Pressed(action=action) | Submitted(action=action) if action.flow in (MENU, LINK):
            head, *words = action.choice.split(ARG)
            if head != ADMIN:
                return None
            sub, *rest = words or [""]
            written = dict(event.fields) if isinstance(event, Submitted) else {}
            return _known(sub), {**_named(sub, rest), **written}
        case _:
            return None


def take(desk: Desk, event: Event, sub: str, args: Mapping[str, str]) -> Done:
    """Do what a moderator asks; a private refusal for anybody else."""
    if not event.who.moderator:
        return _refuse(desk, sub)
    if sub not in SUBS:
        raise unknown(sub)
    done = SUBS[sub][0](desk, args)
    log.info("moderator", action=sub, actor=desk.member.learner, class_id=desk.class_id)
    if done.chore is None:
        return done
    chore = replace(done.chore, class_id=desk.class_id, actor=desk.member.learner)
    return replace(done, chore=chore)


def _refuse(desk: Desk, sub: str) -> Done:
    actor = desk.member.learner
    log.warning("refused", action=sub[:40], actor=actor, class_id=desk.class_id)
    if not book.refused_since(desk.unit, desk.class_id, actor, desk.unit.now - REFUSED_EVERY):
        desk.note("refused", sub if sub in SUBS else "")
    return Done((Say(say("admin.refused"), Tone.WARN),))


def _command(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A command with its arguments named (from a platform's options), or as words in `rest`."""
    sub = args.get("sub", "").strip().casefold()
    if sub == "course":
        sub = " ".join((sub, *args.get("rest", "").casefold().split()))
    named = {name: value for name, value in args.items() if name not in ("sub", "rest")}
    return _known(sub), {**_named(sub, _words(sub, args.get("rest", ""))), **named}


def _known(sub: str) -> str:
    return ALIASES.get(sub, sub)


def _named(sub: str, words: list[str]) -> dict[str, str]:
    """The words by the names of the command's arguments; the last takes all that is left."""
    names = SUBS[_known(sub)][1] if _known(sub) in SUBS else ()
    if not names or not words:
        return {}
    last = len(names) - 1
    found = dict(zip(names[:last], words, strict=False))
    return {**found, names[last]: " ".join(words[last:])} if len(words) > last else found


def _words(sub: str, text: str) -> list[str]:
    """The arguments as written: one takes the whole text, of several each is a word or a part."""
    names = SUBS[_known(sub)][1] if _known(sub) in SUBS else ()
    if len(names) <= 1:
        return [text.strip()] if text.strip() else []
    if sub in NAME_A_PART:
        text = _PART.sub(r"\1-\2", text)
    try:
        return split(text)
    except ValueError:  # an apostrophe, not a quotation
        return text.split()
