"""One learner's talk with the core: lines in, events out, and the choices now in view."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from adapters.terminal import words
from adapters.terminal.choices import Choices, number
from adapters.terminal.intent import Give, Intent, Parse, Press, Speak, Unfold, understand
from bot.errors import LearnerError
from bot.events import Command, Event, Learner, Opened, Place, Pressed, Submitted, Typed
from bot.ports import Clock, Core
from bot.replies import Card, Form

PLATFORM = "terminal"
WORKSPACE = "local"


class Conversation:
    """Turn a learner's lines into events; knows neither how they are read nor drawn.

    Event ids are unique to the process and the line. `choices` are what the last cards
    offered: the numbers on an older card mean nothing any more.
    """

    def __init__(self, core: Core, user: str, parse: Parse, clock: Clock) -> None:
        """Begin the talk of `user` with `core`; `parse` knows the commands."""
        self.core = core
        self.user = user
        self.choices = Choices()
        self._who = Learner(PLATFORM, WORKSPACE, user, name=user, moderator=True)
        self._where = Place(PLATFORM)
        self._parse = parse
        self._clock = clock
        self._process = uuid4().hex
        self._lines = 0
        self._answered = False

    def opened(self) -> Event:
        """The event of coming in."""
        return Opened(self._who, self._where, self._next_id(), self._clock())

    def understand(self, line: str) -> Intent | Unfold | None:
        """Return what a line means now; None for an empty one; LearnerError for a wrong one."""
        return understand(line, self.choices, self._parse)

    def form(self, intent: Intent) -> Form | None:
        """The form that a press asks to be filled in before it can be sent."""
        if isinstance(intent, Press) and intent.entry.opens_form:
            return self.core.form(intent.entry.action)
        return None

    def event(self, intent: Intent) -> Event:
        """Return the event of what a line means."""
        delivery = (self._who, self._where, self._next_id(), self._clock())
        match intent:
            case Press(entry=entry):
                return Pressed(*delivery, action=entry.action)
            case Give(name=name, args=args):
                return Command(*delivery, name=name, args=args)
            case Speak(text=text):
                return Typed(*delivery, text=text)

    def submitted(self, form: Form, fields: Mapping[str, str]) -> Event:
        """Return the event of a form filled in; LearnerError where a field is not good."""
        for field in form.fields:
            value = fields.get(field.name, "")
            if field.required and not value:
                raise LearnerError(words.FIELD_NEEDED.format(label=field.label))
            if len(value) > field.max_length:
                raise LearnerError(
                    words.FIELD_TOO_LONG.format(label=field.label, limit=field.max_length)
                )
        delivery = (self._who, self._where, self._next_id(), self._clock())
        return Submitted(*delivery, action=form.action, fields=fields)

    def take(self, card: Card) -> Choices:
        """Number what a card offers, put it in view, and return it.

        The first card in answer to an event clears what was in view; cards after it add to it.
        """
        before = self.choices if self._answered else Choices()
        offered = number(card, before)
        if offered.entries:
            self.choices = Choices((*before.entries, *offered.entries), offered.menu or before.menu)
            self._answered = True
        return offered

    def _next_id(self) -> str:
        self._lines += 1
        self._answered = False
        return f"{self._process}:{self._lines}"
