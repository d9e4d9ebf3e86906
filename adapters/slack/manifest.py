"""The app's manifest, as data: what Slack is told that this program does and needs."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml  # type: ignore[import-untyped]


@cache
def manifest() -> dict[str, Any]:
    """Return the manifest that ships with the program."""
    text = resources.files("adapters.slack").joinpath("manifest.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def scopes() -> list[str]:
    """Return the bot scopes that the program asks for."""
    return list(manifest()["oauth_config"]["scopes"]["bot"])


def bot_events() -> list[str]:
    """Return the events that Slack is to deliver."""
    return list(manifest()["settings"]["event_subscriptions"]["bot_events"])
