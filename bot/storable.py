"""Make what a learner wrote into text that every database and every encoding can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from bot.events import Command, Event, Opened, Pressed, Submitted, Typed

E = TypeVar("E", Opened, Command, Pressed, Typed, Submitted)

UNKNOWN = "\ufffd"

# PostgreSQL has no NUL; half of a surrogate pair, which JSON can carry, has no UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(event: Event) -> Event:
    """Return the event with UNKNOWN in the place of each character that cannot be kept."""
    match event:
        case Opened():
            return _named(event)
        case Typed(text=text):
            return replace(_named(event), text=_text(text))
        case Command(name=name, args=args):
            return replace(_named(event), name=_text(name), args=_texts(args))
        case Pressed(action=action):
            return replace(_named(event), action=replace(action, choice=_text(action.choice)))
        case Submitted(action=action, fields=fields):
            kept = replace(action, choice=_text(action.choice))
            return replace(_named(event), action=kept, fields=_texts(fields))


def _named(event: E) -> E:
    name = _text(event.who.name)
    return event if name == event.who.name else replace(event, who=replace(event.who, name=name))


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {_text(name): _text(text) for name, text in texts.items()}


def _text(text: str) -> str:
    return _UNSTORABLE.sub(UNKNOWN, text)
