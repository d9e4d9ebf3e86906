"""The calls that put a message before a learner, with nothing in it that could notify others."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack import words
from adapters.slack.features import code
from adapters.slack.origin import Origin
from adapters.slack.patience import Patience
from adapters.slack.render.card import Message, say
from adapters.slack.render.text import fallback
from bot.replies import Document, Say

MAX_URL_USES = 5
"""How often Slack takes an answer at one response_url."""

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "no_dual_broadcast_content_update",
        "slack_connect_canvas_sharing_blocked",
    }
)
"""Why a message cannot be edited: then the answer is a new one."""

ABSENT = frozenset({"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"})
"""Why nothing can be said in a channel: then the answer goes to the learner's DM."""

log = logging.getLogger(__name__)


class Calls:
    """Everything that one act's answers need of Slack; each method returns the message's ts."""

    def __init__(self, client: AsyncWebClient, origin: Origin, patience: Patience) -> None:
        self._client, self._origin = client, origin
        self._willing = patience.willing
        self._uses = MAX_URL_USES if origin.response_url else 0

    async def post(self, message: Message) -> str:
        """Post for everybody in the conversation (in a DM: the learner)."""
        return await self._willing(self._post, message)

    async def whisper(self, message: Message) -> str:
        """Post for the learner alone; "" is returned, since such a message has no lasting ts."""
        return await self._willing(self._whisper, message)

    async def update(self, ts: str, message: Message) -> str:
        """Edit one of the bot's messages; post anew where it can be edited no more."""
        try:
            return await self._willing(lambda drawn: self._update(ts, drawn), message)
        except SlackApiError as error:
            if code(error) not in GONE:
                raise
            return await self.post(message)

    async def replace(self, message: Message) -> str:
        """Put a message in the place of the ephemeral one that was pressed."""
        if await self._respond(message, replace_original=True):
            return ""
        return await self.whisper(message)

    async def hand_over(self, document: Document) -> None:
        """Give the learner a file, in their own DM: a file in a channel is seen by everybody."""
        channel, thread = self._origin.channel, self._origin.thread
        if self._origin.shared:
            opened = await self._client.conversations_open(users=self._origin.user)
            channel, thread = str(opened["channel"]["id"]), ""
        await self._client.files_upload_v2(
            filename=document.name,
            content=document.text,
            title=document.name,
            initial_comment=fallback(document.caption),
            channel=channel,
            thread_ts=thread or None,
        )
        if self._origin.shared:
            await self.whisper(say(Say(words.HANDED_OVER.format(name=document.name)))[0])

    async def _post(self, message: Message) -> str:
        origin = self._origin
        try:
            posted = await self._client.chat_postMessage(
                channel=origin.channel,
                thread_ts=origin.thread or None,
                **told(message),
                **QUIET,
            )
        except SlackApiError as error:
            if code(error) not in ABSENT:
                raise
            return await self._elsewhere(message)
        # Slack shows an ephemeral in a thread that something was said in, as it was just now.
        self._origin = replace(origin, quiet_thread=origin.thread)
        return str(posted["ts"])

    async def _update(self, ts: str, message: Message) -> str:
        await self._client.chat_update(
            channel=self._origin.channel,
            ts=ts,
            **told(message),
        )
        return ts

    async def _whisper(self, message: Message) -> str:
        """By response_url at the top of a channel, where the bot need not be a member."""
        origin = self._origin
        if not origin.quiet_thread and await self._respond(message, replace_original=False):
            return ""
        try:
            await self._client.chat_postEphemeral(
                channel=origin.channel,
                user=origin.user,
                thread_ts=origin.quiet_thread or None,
                **told(message),
            )
        except SlackApiError as error:
            if code(error) not in ABSENT:
                raise
            await self._elsewhere(message)
        return ""

    async def _elsewhere(self, message: Message) -> str:
        """Where the bot cannot speak: by response_url, or else in the learner's own DM."""
        if await self._respond(message, replace_original=False):
            return ""
        posted = await self._client.chat_postMessage(
            channel=self._origin.user, **told(message), **QUIET
        )
        return str(posted["ts"])

    async def _respond(self, message: Message, *, replace_original: bool) -> bool:
        """Answer at the response_url, an ephemeral answer; False where it takes no more."""
        if self._uses <= 0:
            return False
        self._uses -= 1
        hook = AsyncWebhookClient(
            self._origin.response_url,
            session=self._client.session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )
        body: dict[str, Any] = {
            "text": message.text,
            "blocks": message.blocks,
            "response_type": "ephemeral",
            "replace_original": replace_original,
            **QUIET,
        }
        if self._origin.quiet_thread:
            body["thread_ts"] = self._origin.quiet_thread
        answer = await hook.send_dict(body)
        if answer.status_code == 200:  # noqa: PLR2004 (HTTP: OK)
            return True
        if "invalid_blocks" in answer.body:
            refusal = {"ok": False, "error": "invalid_blocks"}
            raise SlackApiError("response_url", refusal)  # type: ignore[no-untyped-call]
        self._uses = 0
        log.info("a response_url took no answer: %s %s", answer.status_code, answer.body)
        return False


def told(message: Message) -> dict[str, Any]:
    """A message's content as arguments; what looks like a mention or a link in it stays text."""
    return {
        "text": message.text,
        "blocks": message.blocks,
        "link_names": False,
        "parse": "none",
    }
