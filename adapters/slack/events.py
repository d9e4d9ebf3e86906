"""Slack payloads to what a learner did; None for what is no act of a learner.

Every event id is made of Slack's own ids, so a delivery that comes twice, through any worker and
after any restart, has the same id twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from adapters.slack import identity
from adapters.slack.identity import Identity
from adapters.slack.kinds import asks
from adapters.slack.origin import Origin, load
from adapters.slack.render.form import VALUE
from adapters.slack.render.home import BACK
from adapters.slack.wording import mentions, plain_words
from bot.actions import Action, decode
from bot.commands.words import ADMIN, COMMANDS, parse
from bot.events import Command, Event, Opened, Pressed, Submitted, Typed
from bot.flows.talk import MAX_QUESTION

Body = Mapping[str, Any]

SPOKEN_SUBTYPES = frozenset({None, "file_share"})
"""Message subtypes that a learner wrote: no edits, joins, bots or thread broadcasts."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One act: the event for the core, who sent it, and where its answers go.

    `comes_again`: Slack delivers it again for as long as it is not acknowledged. Of anything else
    it tells the learner that it failed.
    """

    event: Event
    sender: Identity
    origin: Origin
    comes_again: bool = False


def command(body: Body, now: datetime) -> Incoming:
    """Read a slash command: its own name, or, under any other name, its first word."""
    sender = identity.of_command(body)
    channel = body["channel_id"]
    origin = Origin(
        channel=channel,
        user=sender.user,
        team=sender.team,
        host=sender.host,
        shared=not _is_dm(channel),
        response_url=body.get("response_url", ""),
    )
    name = body["command"].lstrip("/")
    text = _words_of(body.get("text") or "", moderating=name == ADMIN)
    words = f"/{name} {text}".strip() if name in {*COMMANDS, ADMIN} else text
    id_ = _id(sender, "command", body["trigger_id"])
    return Incoming(_spoken(words, sender, origin, id_, now), sender, origin)


def pressed(body: Body, now: datetime) -> Incoming:
    """Read a press or a choice; LearnerError for a value that is none of ours."""
    sender = identity.of_interaction(body)
    act = body["actions"][0]
    value = act.get("value") or (act.get("selected_option") or {}).get("value") or ""
    origin = _pressed_origin(body, sender)
    home = (body.get("view") or {}).get("id", "")
    id_ = _id(
        sender, "press", sender.user, origin.message or home, act["action_id"], act["action_ts"]
    )
    at = _moment(act.get("action_ts"), now)
    event = Pressed(sender.learner(), origin.place, id_, at, decode(value))
    return Incoming(event, sender, origin)


def submitted(body: Body, now: datetime) -> Incoming:
    """Read a form that was sent off."""
    sender = identity.of_interaction(body)
    view = body["view"]
    action, origin = opened_from(view["private_metadata"])
    fields = {
        name: (values[VALUE].get("value") or "") for name, values in view["state"]["values"].items()
    }
    id_ = _id(sender, "form", view["id"], view.get("hash", ""))
    event = Submitted(sender.learner(), origin.place, id_, now, action, fields)
    return Incoming(event, sender, origin)


def shortcut(body: Body, now: datetime) -> Incoming:
    """Read "Ask the tutor about this" on a message."""
    sender = identity.of_interaction(body)
    message, channel = body["message"], body["channel"]["id"]
    thread = message.get("thread_ts") or ""
    origin = Origin(
        channel=channel,
        user=sender.user,
        team=sender.team,
        host=sender.host,
        shared=not _is_dm(channel),
        thread=thread,
        quiet_thread=thread,
        response_url=body.get("response_url", ""),
    )
    id_ = _id(sender, "shortcut", body["trigger_id"])
    event = Command(
        sender.learner(), origin.place, id_, now, "ask", {"question": words_of(message)}
    )
    return Incoming(event, sender, origin)


def words_of(message: Mapping[str, Any]) -> str:
    """As much of a message's words as the tutor reads; "" where it has none."""
    return plain_words(message.get("text") or "")[:MAX_QUESTION].rstrip()


def mentioned(body: Body, bot_user: str, now: datetime) -> Incoming | None:
    """Read a mention of the bot in a channel."""
    event = body["event"]
    if not _is_spoken(event) or _is_dm(event["channel"]):
        return None
    sender = identity.of_event(body)
    origin = Origin(
        channel=event["channel"],
        user=sender.user,
        team=sender.team,
        host=sender.host,
        thread=event.get("thread_ts") or event["ts"],
        quiet_thread=event.get("thread_ts") or "",
    )
    text = _words_of(event.get("text") or "", bot_user)
    id_ = _message_id(body, sender)
    at = _moment(event["ts"], now)
    said = _spoken(text, sender, origin, id_, at)
    return Incoming(said, sender, replace(origin, public=asks(said)), comes_again=True)


def typed(body: Body, bot_user: str, now: datetime) -> Incoming | None:
    """Read a plain message: in a DM, or in a thread where it does not mention the bot.

    Slack has no slash commands in threads, which is what a DM with an agent is made of: there,
    words that are a command are one.
    """
    event = body["event"]
    text = _words_of(event.get("text") or "", bot_user)
    if not _is_spoken(event) or not text:
        return None
    private = event.get("channel_type") == "im"
    if not private and (not event.get("thread_ts") or mentions(event.get("text", ""), bot_user)):
        return None
    sender = identity.of_event(body)
    thread = event.get("thread_ts") or event["ts"]
    origin = Origin(
        channel=event["channel"],
        user=sender.user,
        team=sender.team,
        host=sender.host,
        shared=not private,
        thread=thread,
        quiet_thread=thread,
    )
    at = _moment(event["ts"], now)
    id_ = _message_id(body, sender)
    said: Event = Typed(sender.learner(), origin.place, id_, at, text)
    if private or text.startswith("/"):
        said = _spoken(text, sender, origin, id_, at)
    return Incoming(said, sender, origin, comes_again=True)


def home_opened(body: Body, now: datetime) -> Incoming:
    """Read that the Home tab was opened."""
    sender = identity.of_event(body)
    origin = _home_origin(body["event"].get("channel") or "", sender)
    id_ = _id(sender, body.get("event_id") or "")
    at = _moment(body["event"].get("event_ts"), now)
    event = Opened(sender.learner(), origin.place, id_, at)
    return Incoming(event, sender, origin, comes_again=True)


def home_asked(body: Body, now: datetime) -> Incoming:
    """Read the press that leads back to the dashboard."""
    sender = identity.of_interaction(body)
    act = body["actions"][0]
    origin = _home_origin(body["view"].get("private_metadata") or "", sender)
    id_ = _id(sender, "press", sender.user, body["view"]["id"], BACK, act["action_ts"])
    at = _moment(act["action_ts"], now)
    return Incoming(Opened(sender.learner(), origin.place, id_, at), sender, origin)


def lost(body: Body, now: datetime) -> Incoming:
    """Read who pressed, and where, though not what: the value is none of ours."""
    sender = identity.of_interaction(body)
    origin = _pressed_origin(body, sender)
    id_ = _id(sender, "lost", body["trigger_id"])
    return Incoming(Opened(sender.learner(), origin.place, id_, now), sender, origin)


def greeted(body: Body, now: datetime) -> Incoming:
    """Read that the chat was opened: an event that is the same every time, so greeted once."""
    sender = identity.of_event(body)
    channel = body["event"]["channel"]
    origin = Origin(channel, sender.user, sender.team, shared=False, host=sender.host)
    id_ = _id(sender, "welcome", sender.user)
    at = _moment(body["event"].get("event_ts"), now)
    event = Opened(sender.learner(), origin.place, id_, at)
    return Incoming(event, sender, origin, comes_again=True)


def form_metadata(action: Action, origin: Origin) -> str:
    """Return what a modal carries to find its way back."""
    return f"{action.encode()}\n{origin.dump()}"


def opened_from(metadata: str) -> tuple[Action, Origin]:
    """Return the action and origin that `form_metadata` wrote."""
    action, _, origin = metadata.partition("\n")
    return decode(action), load(origin)


def _pressed_origin(body: Body, sender: Identity) -> Origin:
    view = body.get("view")
    if view:
        return _home_origin(view.get("private_metadata") or "", sender)
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = body["channel"]["id"]
    thread = message.get("thread_ts") or container.get("thread_ts") or ""
    ephemeral = bool(container.get("is_ephemeral"))
    return Origin(
        channel=channel,
        user=sender.user,
        team=sender.team,
        host=sender.host,
        # In its own DM the bot is never ephemeral: this one stands in a DM of other people.
        shared=ephemeral or not _is_dm(channel),
        thread=thread,
        quiet_thread=thread,
        message=container.get("message_ts") or message.get("ts") or "",
        ephemeral=ephemeral,
        response_url=body.get("response_url", ""),
    )


def _home_origin(channel: str, sender: Identity) -> Origin:
    return Origin(channel, sender.user, sender.team, shared=False, home=True, host=sender.host)


def _spoken(words: str, who: Identity, origin: Origin, id_: str, at: datetime) -> Event:
    """A command by its first word; other words are typed; no words ask for the way."""
    learner, place = who.learner(), origin.place
    if not words:
        return Command(learner, place, id_, at, "learn", {})
    found = parse(words)
    if found is None:
        return Typed(learner, place, id_, at, words)
    name, args = found
    return Command(learner, place, id_, at, name, args)


def _words_of(text: str, bot_user: str = "", *, moderating: bool = False) -> str:
    """The words of a command; a moderator's keep whom they mention."""
    words = plain_words(text, bot_user)
    if moderating or words.split(maxsplit=1)[:1] == [ADMIN]:
        return plain_words(text, bot_user, keep_mentions=True)
    return words


def _is_spoken(event: Mapping[str, Any]) -> bool:
    return (
        event.get("subtype") in SPOKEN_SUBTYPES
        and bool(event.get("user"))
        and not event.get("bot_id")
        and not event.get("hidden")
        and not event.get("edited")
    )


def _is_dm(channel: str) -> bool:
    return channel.startswith("D")


def _message_id(body: Body, sender: Identity) -> str:
    """One id for a message however often, and under whatever event, it is delivered."""
    event = body["event"]
    own = event.get("client_msg_id")
    return _id(sender, "message", own) if own else _id(sender, event["channel"], event["ts"])


def _id(sender: Identity, *parts: str) -> str:
    return ":".join((identity.PLATFORM, sender.installed, *parts))


def _moment(stamp: str | None, now: datetime) -> datetime:
    """A Slack timestamp ("1700000000.000100") as a moment; `now` where there is none."""
    try:
        return datetime.fromtimestamp(float(stamp or ""), UTC)
    except (ValueError, OverflowError, OSError):
        return now
