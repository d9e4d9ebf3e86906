"""What a learner did, and what came of an effect: all that a flow can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions import Action
from bot.tutor.types import Answer


@dataclass(frozen=True, slots=True)
class Learner:
    """Who: the key is platform, workspace and user; the rest is what the platform says of them.

    `moderator`: the platform (or the operator's own list) lets them run the class.
    """

    platform: str
    workspace: str
    user: str
    name: str = field(default="", compare=False)
    moderator: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is held; `id` means something to the adapter alone.

    `shared` places have other people in them, so what is said there is private by default.
    What stands before the first colon of `id` is the channel, where a place is part of one.
    `workspace` is whose rules hold here and who runs it: the server, team or organisation that
    the place belongs to; empty where it belongs to none, or to the learner's own.
    """

    id: str
    shared: bool = False
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class _Delivered:
    """One delivery from a platform: `id` is the platform's own, `at` is aware of its zone."""

    who: Learner
    where: Place
    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Command(_Delivered):
    """A command by name, its arguments by name; values are as the learner wrote them."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pressed(_Delivered):
    """A button pressed or a menu entry chosen."""

    action: Action


@dataclass(frozen=True, slots=True)
class Typed(_Delivered):
    """A message in plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Submitted(_Delivered):
    """A form sent off: its action, and the text of each field by name."""

    action: Action
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened(_Delivered):
    """The learner came to the bot: opened its home, its chat or the program."""


Event = Command | Pressed | Typed | Submitted | Opened


@dataclass(frozen=True, slots=True)
class Answered:
    """The tutor's answer, come back from the effect that asked for it."""

    at: datetime
    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that got no answer; `error_id` is in the log and is shown to the learner.

    `error_id` is empty where the learner stopped the answer.
    """

    at: datetime
    question: str
    error_id: str


Outcome = Answered | Failed
