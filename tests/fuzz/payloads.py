"""What Slack sends, with any text wherever a person or another app can put some."""

from __future__ import annotations

from typing import Any

Payload = dict[str, Any]


def press_of(text: str) -> Payload:
    """A press."""
    return {
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1", "username": text, "name": text},
        "trigger_id": "t1",
        "actions": [{"value": text, "action_id": "press:0", "action_ts": "1700000000.000100"}],
        "container": {"message_ts": "1.1", "channel_id": "D1"},
        "channel": {"id": "D1"},
        "message": {"ts": "1.1", "text": text, "user": "UBOT"},
        "response_url": "http://127.0.0.1:9/",
    }


def message_of(text: str, stamp: str = "1.1") -> Payload:
    """A message in the bot's DM."""
    event = {"type": "message", "channel_type": "im", "user": "U1", "text": text, "channel": "D1"}
    return {"team_id": "T1", "event_id": "E1", "event": {**event, "ts": stamp, "event_ts": stamp}}


def command_of(text: str) -> Payload:
    """A slash command."""
    return {
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "D1",
        "command": "/seminar",
        "text": text,
        "trigger_id": "t1",
        "user_name": text,
    }
