"""The live status of a conversation: Slack shows that the tutor works, and its Stop button."""

from __future__ import annotations

import logging

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import words
from adapters.slack.features import FAILURES, Features, code
from adapters.slack.origin import Origin

SESSIONS = "agents.sessions.setStatus"
THREADS = "assistant.threads.setStatus"

log = logging.getLogger(__name__)


class Status:
    """A conversation's status: by agent sessions, by the older thread status, or not at all.

    A status is a courtesy: where Slack refuses it, the answer goes on without.
    """

    def __init__(self, client: AsyncWebClient, origin: Origin, features: Features) -> None:
        self._client, self._origin, self._features = client, origin, features

    async def working(self) -> None:
        """Show that the tutor is at work."""
        if await self._session("processing"):
            return
        await self._thread(words.STATUS, list(words.LOADING))

    async def idle(self) -> None:
        """Show that the tutor is done."""
        if await self._session("active"):
            return
        await self._thread("", None)

    async def _session(self, status: str) -> bool:
        if not self._origin.thread or not self._features.has(SESSIONS):
            return False
        try:
            await self._client.agents_sessions_setStatus(
                channel_id=self._origin.channel, thread_ts=self._origin.thread, status=status
            )
        except FAILURES as error:
            self._note(SESSIONS, error)
            return False
        return True

    async def _thread(self, status: str, loading: list[str] | None) -> None:
        if not self._origin.thread or not self._features.has(THREADS):
            return
        try:
            await self._client.assistant_threads_setStatus(
                channel_id=self._origin.channel,
                thread_ts=self._origin.thread,
                status=status,
                loading_messages=loading,
            )
        except FAILURES as error:
            self._note(THREADS, error)

    def _note(self, method: str, error: Exception) -> None:
        missing = self._features.lacks(method, error)
        why = code(error) or error
        log.info("%s refused (%s)%s", method, why, ", from now on" * missing)
