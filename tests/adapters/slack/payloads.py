"""What Slack sends when somebody does something: one method per kind of payload."""

from __future__ import annotations

import itertools
from typing import Any

from tests.adapters.slack.fake.server import FakeSlack
from tests.adapters.slack.fake.state import URL_SECONDS, Message, ResponseUrl

TEAM = "T1"


class Payloads:
    """Payloads of a fake Slack's own ids, triggers and response_urls.

    `enterprise` is the Grid organisation that the workspace is part of; with `org_wide` the app
    is installed for all of it.
    """

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.enterprise, self.org_wide = "", False
        self._ids = itertools.count(1)

    def command_of(self, user: str, name: str, text: str, channel: str) -> dict[str, Any]:
        """Return what Slack sends for a slash command."""
        return {
            "command": name,
            "text": text,
            "team_id": TEAM,
            "user_id": user,
            "user_name": user.lower(),
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "class",
            "trigger_id": self.slack.state.trigger(user),
            "response_url": self.url_of(channel, user, None),
            "api_app_id": "A1",
            "is_enterprise_install": str(self.org_wide).lower(),
            **({"enterprise_id": self.enterprise} if self.enterprise else {}),
        }

    def installation(self) -> dict[str, Any]:
        """Return what a press, a form or a shortcut tells of where the app is installed."""
        found: dict[str, Any] = {
            "team": None if self.org_wide else {"id": TEAM},
            "is_enterprise_install": self.org_wide,
        }
        return {**found, "enterprise": {"id": self.enterprise}} if self.enterprise else found

    def grant(self) -> dict[str, Any]:
        """Return what an event tells of it."""
        found = {"team_id": TEAM, "is_enterprise_install": self.org_wide}
        return {
            **found,
            "enterprise_id": self.enterprise or None,
            "user_id": self.slack.state.bot_user,
        }

    def message_of(self, user: str, text: str, channel: str, thread: str) -> dict[str, Any]:
        """Put a message into a conversation, and return what its event tells of it."""
        ts = self.slack.state.stamp()
        message = Message(channel, ts, user, text, thread=thread)
        self.slack.state.messages.append(message)
        event = {
            "user": user,
            "text": text,
            "channel": channel,
            "ts": ts,
            "event_ts": ts,
            "team": TEAM,
            "client_msg_id": f"client-{next(self._ids)}",
        }
        return {**event, "thread_ts": thread} if thread else event

    def press_of(
        self,
        user: str,
        element: dict[str, Any] | None,
        message: Message | None = None,
        view: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Return what Slack sends for a press of this element of this message or view."""
        assert element is not None, "no such button"
        stamp = self.slack.state.stamp()
        payload: dict[str, Any] = {
            "type": "block_actions",
            **self.installation(),
            "user": {"id": user, "team_id": TEAM, "username": user.lower()},
            "trigger_id": self.slack.state.trigger(user),
            "actions": [{**element, "block_id": "b", "action_ts": stamp}],
        }
        if view is not None:
            container = {"type": "view", "view_id": view["id"]}
            return {**payload, "view": view, "container": container}
        assert message is not None
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": bool(message.only),
        }
        if message.thread:
            container["thread_ts"] = message.thread
        payload |= {
            "container": container,
            "channel": {"id": message.channel},
            "response_url": self.url_of(message.channel, user, message),
        }
        if not message.only:
            body = {"ts": message.ts, "text": message.text, "user": message.author}
            payload["message"] = {**body, "thread_ts": message.thread} if message.thread else body
        return payload

    def url_of(self, channel: str, user: str, message: Message | None) -> str:
        state = self.slack.state
        id_ = state.name("R")
        state.urls[id_] = ResponseUrl(channel, user, state.now + URL_SECONDS, message)
        return self.slack.response_url(id_)

    def submission_of(self, user: str, text: str) -> dict[str, Any]:
        """Return what Slack sends when the open form is sent off, with `text` in every field."""
        view = self.slack.state.modals[user].pop()
        values = {
            block["block_id"]: {
                block["element"]["action_id"]: {"type": "plain_text_input", "value": text}
            }
            for block in view["blocks"]
        }
        return {
            "type": "view_submission",
            **self.installation(),
            "user": {"id": user, "team_id": TEAM, "username": user.lower()},
            "trigger_id": self.slack.state.trigger(user),
            "view": {**view, "state": {"values": values}},
        }

    def shortcut_of(self, user: str, text: str, channel: str) -> dict[str, Any]:
        """Return what Slack sends for the shortcut on a message."""
        return {
            "type": "message_action",
            "callback_id": "ask_about",
            **self.installation(),
            "user": {"id": user, "team_id": TEAM, "name": user.lower()},
            "channel": {"id": channel},
            "message": {"ts": self.slack.state.stamp(), "text": text, "user": "UBOB"},
            "message_ts": "1",
            "trigger_id": self.slack.state.trigger(user),
            "response_url": self.url_of(channel, user, None),
        }
