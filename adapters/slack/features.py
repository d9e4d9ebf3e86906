"""What a team's Slack can do, and how busy it is: learnt from its answers, and remembered."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

LACKING = frozenset(
    {
        "unknown_method",
        "method_deprecated",
        "feature_not_enabled",
        "not_allowed_token_type",
        "missing_scope",
        "no_permission",
        "paid_only",
        "team_not_allowed",
        "not_an_agent",
    }
)
"""Errors that will be the same the next time."""


FAILURES = (SlackApiError, SlackRequestError, aiohttp.ClientError, TimeoutError)
"""What a call may end in; where it is a courtesy, the answer goes on without."""


def code(error: Exception) -> str:
    """Return Slack's word for a refusal; "" where the failure was no refusal of Slack's.

    What a failing server or proxy says is no JSON, and the SDK hands it over as it came.
    """
    response = getattr(error, "response", None)
    answer = getattr(response, "data", response)
    return str(answer.get("error") or "") if isinstance(answer, Mapping) else ""


class Features:
    """One team's methods that turned out not to be there, and the drafts being written in it."""

    def __init__(self) -> None:
        self._missing: set[str] = set()
        self._drafts = 0

    def has(self, method: str) -> bool:
        """Whether the method is worth a call."""
        return method not in self._missing

    def lacks(self, method: str, error: Exception) -> bool:
        """Remember the method as missing if `error` says so; return whether it did."""
        missing = code(error) in LACKING
        if missing:
            self._missing.add(method)
        return missing

    def begin_draft(self) -> None:
        """Count a draft in."""
        self._drafts += 1

    def end_draft(self) -> None:
        """Count a draft out."""
        self._drafts -= 1

    def gap(self, seconds: float) -> float:
        """Return the pause between two writes of one draft: a team's drafts share its limit."""
        return seconds * max(self._drafts, 1)
