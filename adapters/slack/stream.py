"""An answer that appears while it is written: Slack's own stream, or edits at a bearable pace."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.features import FAILURES, Features, code
from adapters.slack.origin import Origin
from adapters.slack.render.text import clean, head
from adapters.slack.stops import Stops
from bot.replies import Partial

MAX_STREAM_TEXT = 12_000
STREAM_GAP = 0.7
"""Seconds between a team's appends: chat.appendStream takes a little over 100 a minute."""

EDIT_GAP = 1.3
"""Seconds between a team's edits: chat.update takes about 50 a minute."""

ENDED = "message_not_in_streaming_state"
SLOWER = "ratelimited"
PASSING = frozenset({"", SLOWER, "internal_error", "fatal_error", "service_unavailable"})
"""Failures after which the next write may succeed; "" is a network or a server that failed."""

Tick = Callable[[], float]
"""Seconds that only ever grow, such as `loop.time`."""

log = logging.getLogger(__name__)


class Draft(Protocol):
    """An unfinished answer on the learner's screen."""

    async def write(self, partial: Partial) -> None:
        """Show as much of the answer as is written."""
        ...

    async def close(self) -> str:
        """Stop writing; return the ts of the message that the answer may take over, or ""."""
        ...


class StoppedError(Exception):
    """The learner pressed Stop, so the answer is wanted no more."""


class Pace:
    """When a draft may be written to again: within the team's limit, and later after a 429."""

    def __init__(self, features: Features, gap: float, tick: Tick) -> None:
        self._features, self._gap, self._tick = features, gap, tick
        self._next = 0.0
        self._begun = False

    @property
    def due(self) -> bool:
        """Whether enough time has passed."""
        return self._tick() >= self._next

    async def write(self, call: Callable[[], Awaitable[None]]) -> bool:
        """Make a call, and return True; False where it may succeed later: a draft can wait."""
        if not self._begun:
            self._features.begin_draft()
            self._begun = True
        self._next = self._tick() + self._features.gap(self._gap)
        try:
            await call()
        except FAILURES as error:
            if code(error) not in PASSING:
                raise
            self._next = max(self._next, self._tick() + _patience(error))
            return False
        return True

    def end(self) -> None:
        """Leave the team's limit to others."""
        if self._begun:
            self._features.end_draft()
            self._begun = False


class NativeStream:
    """chat.startStream, appendStream and stopStream; each append carries what is new."""

    def __init__(self, client: AsyncWebClient, origin: Origin, pace: Pace, stops: Stops) -> None:
        self._client, self._hasty = client, hasty(client)
        self._origin, self._pace, self._stops = origin, pace, stops
        self._ts, self._sent, self._over = "", "", False

    async def write(self, partial: Partial) -> None:
        """Append what is new, when it is due; a rewritten text waits for the end."""
        if self._over or not self._pace.due:
            return
        text = head(harmless(partial.text), MAX_STREAM_TEXT)
        new = text[len(self._sent) :]
        if not new or not text.startswith(self._sent):
            return
        if await self._pace.write(lambda: self._append(new) if self._ts else self._start(new)):
            self._sent = text

    async def close(self) -> str:
        """Stop the stream; its message stays, to be replaced by the whole answer.

        One that cannot be stopped cannot be replaced either: the answer comes below it.
        """
        self._pace.end()
        if self._ts and not self._over:
            self._over = True
            try:
                await self._client.chat_stopStream(channel=self._origin.channel, ts=self._ts)
            except FAILURES as error:
                if code(error) != ENDED:
                    log.warning("a stream could not be stopped: %s", error)
                    return ""
                await self._ended(error)
        return self._ts

    async def _start(self, text: str) -> None:
        started = await self._hasty.chat_startStream(
            channel=self._origin.channel,
            thread_ts=self._origin.thread,
            recipient_user_id=self._origin.user,
            recipient_team_id=self._origin.team or None,
            markdown_text=text,
        )
        self._ts = started["ts"]

    async def _append(self, text: str) -> None:
        try:
            await self._hasty.chat_appendStream(
                channel=self._origin.channel, ts=self._ts, markdown_text=text
            )
        except SlackApiError as error:
            await self._ended(error)

    async def _ended(self, error: Exception) -> None:
        """Take a stream that Slack closed: after Stop give up; after a pause wait for the end."""
        if code(error) != ENDED:
            raise error
        self._over = True
        if await self._stops.has(self._origin.channel, self._ts):
            raise StoppedError from error


class EditedDraft:
    """The same message edited again and again, whenever that is due."""

    def __init__(self, show: Callable[[Partial, str], Awaitable[str]], pace: Pace) -> None:
        self._show, self._pace = show, pace
        self._ts = ""

    async def write(self, partial: Partial) -> None:
        """Show the answer so far, or wait for the next time."""
        if clean(partial.text).strip() and self._pace.due:
            await self._pace.write(lambda: self._edit(partial))

    async def close(self) -> str:
        """Return the ts of the edited message."""
        self._pace.end()
        return self._ts

    async def _edit(self, partial: Partial) -> None:
        self._ts = await self._show(partial, self._ts)


class NoDraft:
    """Shows nothing before the whole answer, where nothing could take its place later."""

    async def write(self, partial: Partial) -> None:
        """Show nothing."""

    async def close(self) -> str:
        """Return "": there is no message."""
        return ""


class FallingBack:
    """Slack's own stream where the workspace has it, else edits; which, is remembered."""

    def __init__(self, native: NativeStream, edits: EditedDraft, features: Features) -> None:
        self._features = features
        self._edits = edits
        self._draft: Draft = native if features.has("chat.startStream") else edits

    async def write(self, partial: Partial) -> None:
        """Write to the stream; on a workspace without streams, change to edits for good."""
        try:
            await self._draft.write(partial)
        except SlackApiError as error:
            if not self._features.lacks("chat.startStream", error):
                raise
            self._draft = self._edits
            await self._draft.write(partial)

    async def close(self) -> str:
        """Close whichever was written to."""
        return await self._draft.close()


def hasty(client: AsyncWebClient) -> AsyncWebClient:
    """Return the same client without patience for 429: a draft is not worth waiting for."""
    patient = AsyncRateLimitErrorRetryHandler
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=client.timeout,
        ssl=client.ssl,
        proxy=client.proxy,
        session=client.session,
        team_id=client.default_params.get("team_id"),
        retry_handlers=[each for each in client.retry_handlers if not isinstance(each, patient)],
    )


def _patience(error: Exception) -> float:
    """Seconds that Slack asks to wait."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    return float(headers.get("Retry-After", 1))


def harmless(text: str) -> str:
    """Return Markdown for a stream with no power to mention or link.

    A longer text's result begins with the shorter one's, so that it can be sent piece by piece.
    """
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("](", "] (").replace("]:", "] :")
