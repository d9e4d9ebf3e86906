"""Who acts: Slack's team, enterprise and user ids as one key per learner.

A learner of an Enterprise Grid organisation is keyed by the enterprise, so they are the same in
each of its workspaces; anybody else by their own workspace. Someone who comes through Slack
Connect is keyed by where they come from, never by the workspace they visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.events import Learner

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Identity:
    """What one payload tells of its sender; `team` may be empty, or an enterprise's id.

    `org_wide`: the app is installed for a whole Enterprise Grid organisation, not a workspace.
    """

    user: str
    team: str
    installed_team: str
    installed_enterprise: str
    name: str = ""
    org_wide: bool = False

    @property
    def local(self) -> bool:
        """Whether the payload itself shows that the sender belongs to where the app lives."""
        return self.team in {"", self.installed_team, self.installed_enterprise}

    @property
    def installed(self) -> str:
        """The key of the organisation that the app is installed in."""
        return self.installed_enterprise or self.installed_team

    @property
    def host(self) -> str:
        """The key of whose class it is: a workspace, or the organisation that the app is in."""
        return self.installed if self.org_wide else self.installed_team or self.installed

    def learner(self, home: str | None = None) -> Learner:
        """Return the learner, from `home` where that had to be asked for."""
        own = self.installed if self.local else self.team
        return Learner(PLATFORM, home or own, self.user, self.name)


def of_event(body: Mapping[str, Any]) -> Identity:
    """Read the sender of an Events API delivery."""
    event = body["event"]
    grant = (body.get("authorizations") or [{}])[0]
    return Identity(
        user=event.get("user") or "",
        team=event.get("user_team") or event.get("source_team") or event.get("team") or "",
        installed_team=grant.get("team_id") or body.get("team_id") or "",
        installed_enterprise=grant.get("enterprise_id") or body.get("enterprise_id") or "",
        org_wide=_is_true(grant.get("is_enterprise_install")),
    )


def of_interaction(body: Mapping[str, Any]) -> Identity:
    """Read the sender of a press, a form or a shortcut."""
    user, team = body["user"], body.get("team") or {}
    enterprise = body.get("enterprise") or {}
    own = user.get("team_id") or team.get("id") or ""
    return Identity(
        user=user["id"],
        team=own,
        installed_team=team.get("id") or own,
        installed_enterprise=enterprise.get("id") or team.get("enterprise_id") or "",
        name=user.get("name") or user.get("username") or "",
        org_wide=_is_true(body.get("is_enterprise_install")),
    )


def of_command(body: Mapping[str, Any]) -> Identity:
    """Read the sender of a slash command, which only members can send."""
    team = body.get("team_id") or ""
    return Identity(
        user=body["user_id"],
        team=team,
        installed_team=team,
        installed_enterprise=body.get("enterprise_id") or "",
        name=body.get("user_name") or "",
        org_wide=_is_true(body.get("is_enterprise_install")),
    )


def _is_true(value: object) -> bool:
    """Whether a flag is set: a form has it as a word."""
    return value in (True, "true")
