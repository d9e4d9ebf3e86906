"""Replies to Slack: each drawn, then posted, whispered, or put in the place of what was there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import Calls
from adapters.slack.features import Features
from adapters.slack.kinds import public
from adapters.slack.origin import Origin
from adapters.slack.patience import BAD_BLOCKS, Patience, Pause
from adapters.slack.pictures import Album, Pictures
from adapters.slack.render import card as draw
from adapters.slack.render.card import Message
from adapters.slack.render.home import MAX_BLOCKS, Shown, home
from adapters.slack.stops import Stops
from adapters.slack.stream import (
    EDIT_GAP,
    STREAM_GAP,
    Draft,
    EditedDraft,
    FallingBack,
    NativeStream,
    NoDraft,
    Pace,
    StoppedError,
    Tick,
    hasty,
)
from bot.replies import Card, Document, Partial, Picture, Reply, Say, Tone

REFUSED_VIEWS = BAD_BLOCKS | {"invalid_arguments"}
"""What Slack says of blocks that it refuses in a view."""


class Sender(Protocol):
    """Takes one act's replies to the learner."""

    async def __call__(self, reply: Reply) -> None:
        """Show a reply."""
        ...

    async def abandon(self) -> None:
        """Close what is half written, since no more will come."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What senders share."""

    pictures: Pictures
    stops: Stops
    tick: Tick
    pause: Pause


class MessageSender:
    """Answers in a conversation: a DM, a channel or a thread."""

    def __init__(
        self,
        client: AsyncWebClient,
        origin: Origin,
        tools: Tools,
        features: Features,
    ) -> None:
        self._client, self._origin, self._tools = client, origin, tools
        self._album = Album(tools.pictures, client, origin.host)
        self._patience = Patience(self._album, tools.pause)
        self._calls = Calls(client, origin, self._patience)
        self._draft = self._fitting_draft(features)
        self._may_replace = bool(origin.message)

    async def __call__(self, reply: Reply) -> None:
        """Show an unfinished answer as it grows; anything else whole, in its place."""
        if isinstance(reply, Partial):
            await self._draft.write(reply)
            return
        if isinstance(reply, Document):
            await self._calls.hand_over(reply)
            return
        if self._origin.public:
            reply = public(reply)
        files = await self._album.files(_pictures(reply))
        first, *rest = _messages(reply, files)
        private = self._origin.shared and (isinstance(reply, Picture) or reply.private)
        post = self._calls.whisper if private else self._calls.post
        await (await self._place(reply, private=private, post=post))(first)
        for message in rest:
            await post(message)

    async def abandon(self) -> None:
        """Close the stream, keeping what is written."""
        draft, self._draft = self._draft, NoDraft()
        with suppress(StoppedError):
            await draft.close()

    async def _place(
        self, reply: Reply, *, private: bool, post: Callable[[Message], Awaitable[str]]
    ) -> Callable[[Message], Awaitable[str]]:
        """Return how the first message is shown: in a draft's place, in the card's, or anew."""
        written = await self._draft.close()
        self._draft = NoDraft()
        if written and not private:
            return lambda message: self._calls.update(written, message)
        if not (isinstance(reply, Card) and reply.replaces and self._may_replace):
            return post
        if private != self._origin.ephemeral:
            return post
        self._may_replace = False
        if self._origin.ephemeral:
            return self._calls.replace
        return lambda message: self._calls.update(self._origin.message, message)

    def _fitting_draft(self, features: Features) -> Draft:
        """Streams need a thread of a DM; what is private in a channel is not shown half written."""
        if self._origin.shared:
            return NoDraft()
        tick = self._tools.tick
        edits = EditedDraft(self._show_draft, Pace(features, EDIT_GAP, tick))
        if not self._origin.thread:
            return edits
        pace = Pace(features, STREAM_GAP, tick)
        native = NativeStream(self._client, self._origin, pace, self._tools.stops)
        return FallingBack(native, edits, features)

    async def _show_draft(self, partial: Partial, written: str) -> str:
        message = draw.partial(partial)
        calls = Calls(hasty(self._client), self._origin, self._patience)
        return await (calls.update(written, message) if written else calls.post(message))


class HomeSender:
    """Answers in the Home tab, which shows the replies to the latest act and nothing else."""

    def __init__(
        self,
        client: AsyncWebClient,
        origin: Origin,
        tools: Tools,
        features: Features,
        *,
        dashboard: bool = False,
    ) -> None:
        self._client, self._origin, self._dashboard = client, origin, dashboard
        self._album = Album(tools.pictures, client, origin.host)
        self._patience = Patience(self._album, tools.pause, REFUSED_VIEWS, MAX_BLOCKS)
        self._shown: list[Shown] = []
        self._draft = EditedDraft(self._show_draft, Pace(features, EDIT_GAP, tools.tick))

    async def __call__(self, reply: Reply) -> None:
        """Add a reply to the tab; an unfinished answer stands last until it is whole."""
        if isinstance(reply, Partial):
            await self._draft.write(reply)
            return
        if isinstance(reply, Document):
            await Calls(self._client, self._origin, self._patience).hand_over(reply)
            reply = Say(reply.caption, Tone.INFO)
        await self._album.files(_pictures(reply))
        self._shown.append(reply)
        await self._draft.close()
        await self._publish(self._shown)

    async def abandon(self) -> None:
        """Leave the tab as it is."""
        await self._draft.close()

    async def _show_draft(self, partial: Partial, written: str) -> str:
        await self._publish([*self._shown, partial])
        return written

    async def _publish(self, replies: Sequence[Shown]) -> None:
        files, channel = await self._album.files(()), self._origin.channel
        view = home(replies, files, channel, dashboard=self._dashboard)

        async def publish(message: Message) -> str:
            shown = {**view, "blocks": message.blocks}
            await self._client.views_publish(user_id=self._origin.user, view=shown)
            return ""

        await self._patience.willing(publish, Message("", view["blocks"]))


def _pictures(reply: Card | Say | Picture) -> tuple[Picture, ...]:
    match reply:
        case Card():
            return reply.pictures
        case Picture():
            return (reply,)
        case Say():
            return ()


def _messages(reply: Card | Say | Picture, files: draw.Files) -> list[Message]:
    match reply:
        case Card():
            return draw.card(reply, files)
        case Say():
            return draw.say(reply)
        case Picture():
            return [draw.picture(reply, files)]
