"""What the fake Slack knows: teams, people, conversations, messages, views, files."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

TRIGGER_SECONDS = 3.0
URL_SECONDS = 1800.0
URL_USES = 5


class Refusal(Exception):  # noqa: N818 (it is Slack's answer, not a fault of ours)
    """Slack's answer {"ok": false, "error": …}."""

    def __init__(self, error: str, detail: list[str] | None = None) -> None:
        super().__init__(f"{error} {detail or ''}")
        self.error, self.detail = error, detail or []


@dataclass
class Person:
    """A user; `team` is where they are at home.

    `flags` are what users.info says of them there, `org_flags` what it says in the organisation.
    """

    id: str
    team: str = "T1"
    enterprise: str = ""
    flags: tuple[str, ...] = ()
    org_flags: tuple[str, ...] = ()


@dataclass
class Channel:
    """A conversation and who is in it."""

    id: str
    members: set[str]
    kind: str = "channel"
    shared_outside: bool = False


@dataclass
class Message:
    """A message; `only` is the one user who sees it, if it is ephemeral."""

    channel: str
    ts: str
    author: str
    text: str = ""
    blocks: list[Any] = field(default_factory=list)
    thread: str = ""
    only: str = ""
    streaming: bool = False
    revision: int = 0
    history: list[list[Any]] = field(default_factory=list)


@dataclass
class File:
    """An upload; it cannot be shown in an image block for the first `not_ready` tries."""

    id: str
    name: str
    alt: str
    content: bytes = b""
    complete: bool = False
    channel: str = ""
    not_ready: int = 0


@dataclass
class ResponseUrl:
    """Where an interaction can be answered, five times in half an hour."""

    channel: str
    user: str
    expires: float
    message: Message | None
    uses: int = 0


@dataclass
class State:
    """Everything, in memory."""

    now: float = 1_700_000_000.0
    strict: bool = True
    bot_user: str = "UBOT"
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    modals: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    triggers: dict[str, float] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    used_triggers: set[str] = field(default_factory=set)
    slow_files: int = 0
    urls: dict[str, ResponseUrl] = field(default_factory=dict)
    statuses: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    prompts: dict[str, list[Any]] = field(default_factory=dict)
    home_revisions: dict[str, int] = field(default_factory=dict)
    revisions: Any = field(default_factory=lambda: itertools.count(1))
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def stamp(self) -> str:
        """Return a timestamp later than every one before."""
        return f"{int(self.now)}.{next(self.numbers):06d}"

    def name(self, prefix: str) -> str:
        """Return a new id."""
        return f"{prefix}{next(self.numbers):06d}"

    def revise(self, message: Message) -> None:
        """Note that a message changed, and what it shows now."""
        message.history.append(message.blocks)
        message.revision = next(self.revisions)

    def trigger(self, user: str) -> str:
        """Issue a trigger_id for what a user did."""
        id_ = f"{self.name('')}.trigger"
        self.owners[id_] = user
        self.triggers[id_] = self.now + TRIGGER_SECONDS
        return id_

    def use_trigger(self, id_: str) -> str:
        """Use a trigger up, once, in time; return whose it is."""
        if id_ in self.used_triggers:
            raise Refusal("exchanged_trigger_id")
        if id_ not in self.triggers:
            raise Refusal("invalid_trigger_id")
        self.used_triggers.add(id_)
        if self.triggers[id_] < self.now:
            raise Refusal("expired_trigger_id")
        return self.owners[id_]

    def message(self, channel: str, ts: str) -> Message:
        """Return one of a conversation's lasting messages."""
        for message in self.messages:
            if (message.channel, message.ts) == (channel, ts) and not message.only:
                return message
        raise Refusal("message_not_found")

    def dm(self, user: str) -> Channel:
        """Return the bot's DM with a user, opened where need be."""
        if user not in self.people:
            raise Refusal("user_not_found")
        id_ = f"D{user}"
        return self.channels.setdefault(id_, Channel(id_, {user, self.bot_user}, "im"))
