"""What the app listens to: one file per kind of payload, each with `register`.

A listener returns what Slack is told of the delivery; Bolt waits for it (see adapters.slack.app).
"""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from adapters.slack.desk import Desk
from adapters.slack.listeners import actions, chat, commands, forms, home, shortcuts, stop


def register(app: AsyncApp, desk: Desk) -> None:
    """Register every listener."""
    for part in (actions, chat, commands, forms, home, shortcuts, stop):
        part.register(app, desk)
