"""Hands and eyes in a fake Slack: what learners do there, and what each of them sees."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackApp, create_app
from bot.ports import Core
from bot.settings import Settings
from tests.adapters.slack.eyes import Seen, element_of, seen
from tests.adapters.slack.fake.server import BOT_TOKEN, FakeSlack
from tests.adapters.slack.fake.state import Channel, Message, Person
from tests.adapters.slack.payloads import TEAM, Payloads
from tests.adapters.slack.transports import Stop, start_http, start_socket

CHANNEL = "CCLASS"


class Workspace(Payloads):
    """A workspace in which ada and bob share a channel with the bot, and each has a DM with it."""

    def __init__(self, slack: FakeSlack, settings: Settings, core: Core) -> None:
        super().__init__(slack)
        self.settings, self.core = settings, core
        self.app: SlackApp
        self.last: tuple[str, dict[str, Any]] | None = None
        self.acks: list[float] = []
        self._stop: Stop | None = None
        state = slack.state
        for user in ("UADA", "UBOB"):
            state.people[user] = Person(user)
            state.dm(user)
        members = {"UADA", "UBOB", state.bot_user}
        state.channels[CHANNEL] = Channel(CHANNEL, members)

    async def start(self) -> None:
        """Start the app, in Socket Mode if the settings have an app token, else over HTTP."""
        client = AsyncWebClient(token=BOT_TOKEN, base_url=self.slack.api)
        self.app = create_app(self.settings, self.core, client, self.now)
        if self.settings.slack_app_token:
            self._stop = await start_socket(self.app, self.slack)
        else:
            self._stop = await start_http(self.app, self.slack)

    async def stop(self) -> None:
        """End the app, letting it finish."""
        if self._stop is not None:
            await self._stop()

    async def restart(self, core: Core | None = None) -> None:
        """End the app and start it again; Slack keeps what it shows."""
        await self.stop()
        self.core = core or self.core
        await self.start()

    def now(self) -> datetime:
        """The fake Slack's time."""
        return datetime.fromtimestamp(self.slack.state.now, UTC)

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.slack.state.now += seconds

    async def quiet(self) -> None:
        """Wait until the app has nothing to do."""
        while tasks := [act.task for act in self.app.desk.work.acts.values()]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def act(self, kind: str, payload: dict[str, Any], retry: int = 0) -> Any:
        """Deliver something that happened, and wait for its acknowledgement alone."""
        self.last = (kind, payload)
        begun = time.perf_counter()
        answer = await self.slack.deliver(kind, payload, retry)
        self.acks.append(time.perf_counter() - begun)
        return answer

    async def redeliver(self, retry: int = 1) -> None:
        """Deliver the last thing once more, as Slack does when it doubts the first time."""
        assert self.last is not None
        await self.act(*self.last, retry=retry)
        await self.quiet()

    async def command(
        self, user: str, text: str, channel: str = "", name: str = "/seminar"
    ) -> None:
        """Send a slash command; "/quiz 1" as a text names its own."""
        if text.startswith("/"):
            name, _, text = text.partition(" ")
        payload = self.command_of(user, name, text, channel or f"D{user}")
        await self.act("slash_commands", payload)
        await self.quiet()

    async def dm(self, user: str, text: str, thread: str = "", **extra: Any) -> str:
        """Write to the bot; return the message's ts."""
        return await self.write(user, text, f"D{user}", thread, "im", **extra)

    async def write(
        self,
        user: str,
        text: str,
        channel: str = CHANNEL,
        thread: str = "",
        kind: str = "channel",
        **extra: Any,
    ) -> str:
        """Write a message anywhere; return its ts."""
        event = self.message_of(user, text, channel, thread)
        await self.event({**event, "type": "message", "channel_type": kind, **extra})
        await self.quiet()
        return str(event["ts"])

    async def mention(self, user: str, text: str, thread: str = "", channel: str = CHANNEL) -> str:
        """Mention the bot in a channel; Slack delivers that as two events."""
        said = f"<@{self.slack.state.bot_user}> {text}"
        event = self.message_of(user, said, channel, thread)
        await self.event({**event, "type": "message", "channel_type": "channel"})
        await self.event({**event, "type": "app_mention"})
        await self.quiet()
        return str(event["ts"])

    async def event(self, event: dict[str, Any], **outer: Any) -> None:
        """Deliver an event."""
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": self.slack.state.name("Ev"),
            "event_time": int(self.slack.state.now),
            "authorizations": [self.grant()],
            "event": event,
            **outer,
        }
        await self.act("events_api", body)

    async def open_home(self, user: str) -> Seen:
        """Open the Home tab."""
        await self._open(user, "home")
        await self.quiet()
        return self.home(user)

    async def open_messages(self, user: str) -> None:
        """Open the Messages tab."""
        await self._open(user, "messages")
        await self.quiet()

    async def press(self, user: str, label: str, where: str = "", ts: str = "") -> dict[str, Any]:
        """Press the newest button, or choose the newest entry, whose label begins with `label`."""
        payload = self.press_payload(user, label, where, ts)
        await self.act("interactive", payload)
        await self.quiet()
        return payload

    def press_payload(self, user: str, label: str, where: str = "", ts: str = "") -> dict[str, Any]:
        """Return what Slack sends for a press, without sending it."""
        if where == "home":
            view = self.slack.state.homes[user]
            return self.press_of(user, element_of(view["blocks"], label), view=view)
        for message in reversed(self.visible(user)):
            if (where and message.channel != where) or (ts and message.ts != ts):
                continue
            element = element_of(message.blocks, label)
            if element is not None:
                return self.press_of(user, element, message=message)
        raise AssertionError(f"{user} sees no button {label!r}")

    async def submit(self, user: str, text: str) -> Any:
        """Write into the open form and send it off; it stays open where that is refused."""
        payload = self.submission_of(user, text)
        answer = await self.act("interactive", payload)
        if isinstance(answer, dict) and answer.get("response_action") == "errors":
            self.slack.state.modals[user].append(payload["view"])
        await self.quiet()
        return answer

    async def shortcut(self, user: str, text: str, channel: str = CHANNEL) -> None:
        """Use "Ask the tutor about this" on a message."""
        payload = self.shortcut_of(user, text, channel)
        await self.act("interactive", payload)
        await self.quiet()

    async def stop_button(self, user: str, channel: str, thread: str) -> None:
        """Press Slack's own Stop; Slack ends the streams of the thread by itself."""
        ended = []
        for message in self.slack.state.messages:
            if message.channel == channel and message.thread == thread and message.streaming:
                message.streaming = False
                ended.append(message.ts)
        event = {
            "type": "agent_session_stopped",
            "channel": channel,
            "thread_ts": thread,
            "user": user,
            "event_ts": self.slack.state.stamp(),
            "streaming_message_ts": ended,
        }
        await self.event(event)
        await self.quiet()

    def visible(self, user: str) -> list[Message]:
        """Every message that a user can see, oldest change first."""
        shown = [
            message
            for message in self.slack.state.messages
            if message.only in ("", user)
            and user in self.slack.state.channels[message.channel].members
            and message.author == self.slack.state.bot_user
        ]
        return sorted(shown, key=lambda message: message.revision)

    def screen(self, user: str, where: str = "") -> list[Seen]:
        """What the bot shows to a user, oldest change first."""
        return [seen(m) for m in self.visible(user) if not where or m.channel == where]

    def home(self, user: str) -> Seen:
        """What a user's Home tab shows."""
        return seen(Message("home", "", "", blocks=self.slack.state.homes[user]["blocks"]))

    def called(self, name: str) -> list[dict[str, Any]]:
        """The arguments of every call of a method."""
        return [args for method, args in self.slack.calls if method == name]

    async def _open(self, user: str, tab: str) -> None:
        event = {
            "type": "app_home_opened",
            "user": user,
            "channel": f"D{user}",
            "tab": tab,
            "event_ts": self.slack.state.stamp(),
        }
        await self.event(event)


@asynccontextmanager
async def workspace(
    core: Core, settings: Settings, slack: FakeSlack | None = None
) -> AsyncIterator[Workspace]:
    """A workspace with the app running in it."""
    async with slack or FakeSlack() as fake:
        space = Workspace(fake, settings, core)
        await space.start()
        try:
            yield space
        finally:
            await space.stop()
