"""What kind of act an event is, and of reply a card: for how they are worked on, and for whom."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import NO_SESSION
from bot.commands.words import ADMIN
from bot.events import Command, Event, Pressed, Submitted, Typed
from bot.flows import ask, calc
from bot.flows.base import ARG, LINK, menu
from bot.replies import Button, Card, Picture, Say, Tone

QUESTIONS = frozenset({ask.NAME, calc.NAME})
"""The commands that ask something; as flows, those whose cards answer it."""


def moderating(event: Event) -> bool:
    """Whether an act is for moderators alone, so that Slack must be asked who this is."""
    match event:
        case Command(name=name):
            return name == ADMIN
        case Pressed(action=action) | Submitted(action=action):
            return action.choice.split(ARG)[0] == ADMIN
        case _:
            return False


def slow(event: Event) -> bool:
    """Whether an answer may take long enough for a status to be worth its calls."""
    return asks(event) or isinstance(event, Submitted)


def asks(event: Event) -> bool:
    """Whether an act is a question in words (which may turn out to be said in a lab)."""
    if isinstance(event, Command):
        return event.name in QUESTIONS
    return isinstance(event, Typed)


def public(reply: Card | Say | Picture) -> Card | Say | Picture:
    """Return the reply to a question that was asked before everybody.

    What the course says to it is for everybody, with buttons that are anybody's; all else
    (a lab, a failure, a refusal, which may tell of a test under way) is the learner's alone.
    """
    if not isinstance(reply, Card) or not _answers(reply):
        return reply
    return replace(reply, private=False, buttons=tuple(map(_anybodys, reply.buttons)))


def _answers(card: Card) -> bool:
    flows = {button.action.flow for button in card.buttons}
    return bool(flows & QUESTIONS) and (card.tone is Tone.INFO or LINK in flows)


def _anybodys(button: Button) -> Button:
    """A button that asks on belongs to the asker's talk: another's question begins their own."""
    action = button.action
    if action.session != NO_SESSION and action.flow == ask.NAME and button.opens_form:
        return replace(button, action=menu(ask.NAME))
    return button
