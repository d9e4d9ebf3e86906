"""Who runs a class in Slack: those whom Slack itself calls admins or owners of where it is held."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.identity import Identity
from adapters.slack.memory import MOST_PEOPLE, keep
from bot.ports import Clock

FRESH = timedelta(minutes=1)
"""How long Slack's answer holds: whoever is no admin any more runs no class after that."""

RUNS_IT = ("is_admin", "is_owner", "is_primary_owner")
NEVER = ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot", "deleted")
"""Guests of every kind, programs, and who has left."""

log = logging.getLogger(__name__)


class Moderators:
    """Asks Slack who somebody is, and believes the answer for a minute."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[datetime, bool]] = OrderedDict()

    async def runs(self, client: AsyncWebClient, sender: Identity) -> bool | None:
        """Whether the sender runs the class; None where Slack does not say."""
        key, at = (sender.host, sender.user), self.clock()
        asked, answer = self._known.get(key, (None, False))
        if asked is not None and at - asked < FRESH:
            return answer
        try:
            user = (await client.users_info(user=sender.user))["user"]
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as problem:
            self._known.pop(key, None)
            log.warning("Slack does not say who %s is: %s", sender.user, problem)
            return None
        _, answer = keep(self._known, key, (at, _runs(user, sender)), MOST_PEOPLE)
        return answer


def _runs(user: Mapping[str, Any], sender: Identity) -> bool:
    """Whether a user, as users.info describes them, runs the class of where the app lives.

    A class is held in a workspace or, where the app is installed for all of an Enterprise Grid
    organisation, in the organisation. Admins and owners of the organisation run either; those of
    a workspace run the class of that workspace, not of another, and not of the organisation.
    """
    if any(user.get(flag) for flag in NEVER):
        return False
    everywhere = user.get("enterprise_user") or {}
    organisation = everywhere.get("enterprise_id")
    if organisation and organisation == sender.installed_enterprise and _high(everywhere):
        return True
    here = not sender.org_wide and user.get("team_id") == sender.installed_team
    return here and _high(user)


def _high(user: Mapping[str, Any]) -> bool:
    return any(user.get(role) for role in RUNS_IT)
