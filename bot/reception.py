"""What comes before an event goes its way: its class, the class's rules, the moderators' desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import rules
from bot.commands.admin import desk
from bot.commands.admin.base import Desk, Done
from bot.errors import LearnerError
from bot.events import Event, Opened, Pressed, Submitted
from bot.flows.base import MENU
from bot.observe import metrics
from bot.replies import Card, Reply, Say, Tone
from bot.routing import Router, Taken
from bot.store import membership, roster
from bot.store.membership import Member
from bot.store.unit import Unit
from bot.words import say
from knowledge.models import Course

DAY = timedelta(days=1)


def member(unit: Unit, event: Event, learner: int) -> Member:
    """Return the class of an event and the learner's place in it."""
    return membership.find(unit, event.who, event.where, learner)


def router(unit: Unit, course: Course, who: Member) -> Router:
    """Return the router of one learner's events, on the course as it holds for them."""
    return Router(unit, rules.applied(course, who.rules, who.granted), who.learner)


def receive(unit: Unit, course: Course, who: Member, event: Event) -> Taken:
    """Take an event where it belongs; LearnerError where it cannot be done."""
    asked = desk.asked(event)
    if asked is not None:
        ruled = rules.applied(course, who.rules, rules.Exceptions())
        done = desk.take(Desk(unit, ruled, who, event.where, course.policy), event, *asked)
        return _moderated(done, event)
    if not rules.welcome(who.rules, event.where):
        raise LearnerError(say("class.elsewhere"))
    membership.meet(unit, who)
    if who.seen_at is not None:
        return _take(unit, course, who, event)
    try:
        # Who comes for the first time stays in the class, whatever becomes of what they asked.
        with unit.db.begin_nested():
            return _take(unit, course, who, event)
    except LearnerError as problem:
        metrics.REFUSALS.inc()
        return Taken((Say(str(problem), Tone.WARN),))


def _take(unit: Unit, course: Course, who: Member, event: Event) -> Taken:
    told = _tell(unit, who, event)
    taken = router(unit, course, who).take(event)
    _check_budget(unit, who, taken)
    return replace(taken, replies=(*told, *taken.replies))


def _tell(unit: Unit, who: Member, event: Event) -> tuple[Reply, ...]:
    """Tell a learner, once, that moderators may read what they say in labs from now on.

    Not where they only opened the bot: a dashboard has no place for a sentence of its own.
    """
    if not who.rules.transcripts or who.told_at is not None or isinstance(event, Opened):
        return ()
    membership.change(unit, who.class_id, who.learner, told_at=unit.now)
    return (Say(say("class.told"), Tone.INFO),)


def _check_budget(unit: Unit, who: Member, taken: Taken) -> None:
    most = who.rules.questions_per_day
    if most and taken.work and roster.asked_since(unit, who.learner, unit.now - DAY) >= most:
        raise LearnerError(say("class.budget", most=most))


def _moderated(done: Done, event: Event) -> Taken:
    """What a moderator is told. It is not kept: it may be about others, who may be deleted."""
    pressed = isinstance(event, Pressed | Submitted) and event.action.flow == MENU
    drawn = tuple(
        replace(reply, replaces=pressed and reply.private) if isinstance(reply, Card) else reply
        for reply in done.replies
    )
    return Taken(drawn, kept=(Say(say("class.once")),), chore=done.chore)
