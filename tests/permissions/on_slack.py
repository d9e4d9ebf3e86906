"""The class in a Slack workspace, where everybody can give every slash command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from adapters.slack.moderators import FRESH
from bot.events import Learner
from bot.ports import Core
from tests.adapters.slack.eyes import seen
from tests.adapters.slack.fake.state import Message, Person
from tests.adapters.slack.transports import socket_settings
from tests.adapters.slack.workspace import CHANNEL, Workspace, workspace
from tests.permissions.stage import Shown, Staffed, in_words, moderates

ELSEWHERE = "T9"
PEOPLE = {
    "learner": Person("UADA"),
    "guest": Person("UGUE", flags=("is_admin", "is_restricted")),
    "elsewhere": Person("UZOE", team=ELSEWHERE, flags=("is_admin", "is_owner")),
    "manager": Person("UEVE", flags=("is_admin",)),
    "owner": Person("UOWN", flags=("is_owner",)),
    "named": Person("UNAN"),
}


class SlackStage:
    """See tests.permissions.stage.Stage."""

    refused: tuple[str, ...] = ("learner", "guest", "elsewhere", "demoted")
    allowed: tuple[str, ...] = ("manager", "owner", "named")

    def __init__(self, space: Workspace, room: Staffed) -> None:
        self.space, self.room = space, room
        for person in PEOPLE.values():
            space.slack.state.people[person.id] = person
            space.slack.state.dm(person.id)
            space.slack.state.channels[CHANNEL].members.add(person.id)

    def user(self, role: str) -> str:
        """The id of a person."""
        return PEOPLE["manager" if role == "demoted" else role].id

    async def open(self) -> None:
        """Have the learner in the class with a finished test."""
        await self.space.command("UADA", "/learn", CHANNEL)
        await self.room.take_test([True] * 5, Learner("slack", "T1", "UADA", "Ada"))

    async def give(self, role: str, sub: str) -> list[Shown]:
        """Give a command in words; a guest from elsewhere has none, and mentions the bot."""
        words = in_words(sub, "<@UADA>")
        user, before = self.user(role), self._newest()
        if role == "elsewhere":
            said = self.space.message_of(user, f"<@UBOT> {words}", CHANNEL, "")
            await self.space.event({**said, "type": "app_mention", "user_team": ELSEWHERE})
            await self.space.quiet()
        else:
            await self.space.command(user, f"/{words}", CHANNEL)
        return self._shown(user, before)

    async def press(self, role: str, number: int) -> list[Shown]:
        """Press what stands on the manager's card; send off the form, if it opens."""
        user, before = self.user(role), self._newest()
        message, element = self._pressable()[number]
        payload = self.space.press_of(user, element, message=message)
        payload["response_url"] = self.space.url_of(CHANNEL, user, None)
        await self._act(role, payload)
        if self.space.slack.state.modals.get(user):
            await self._act(role, self.space.submission_of(user, "was ill"))
        return self._shown(user, before)

    def pressable(self) -> int:
        """How many buttons and entries of lists the manager sees."""
        return len(self._pressable())

    async def demote(self) -> None:
        """Make the manager a plain member, and wait until that is known."""
        self.space.slack.state.people["UEVE"] = Person("UEVE")
        self.space.later(FRESH.total_seconds())

    async def _act(self, role: str, payload: dict[str, Any]) -> None:
        if role == "elsewhere":
            payload["user"]["team_id"] = ELSEWHERE
        await self.space.act("interactive", payload)
        await self.space.quiet()

    def _pressable(self) -> list[tuple[Message, dict[str, Any]]]:
        found: list[tuple[Message, dict[str, Any]]] = []
        for message in self.space.visible(self.user("manager")):
            rows = [block for block in message.blocks if block["type"] == "actions"]
            for element in (element for row in rows for element in row["elements"]):
                entries = element.get("options", [])[:1]
                found += [(message, {**element, "selected_option": entry}) for entry in entries]
                found += [(message, element)] if element["type"] == "button" else []
        return [(message, element) for message, element in found if moderates(_value(element))]

    def _newest(self) -> int:
        return max((m.revision for m in self.space.slack.state.messages), default=0)

    def _shown(self, user: str, before: int) -> list[Shown]:
        new = [m for m in self.space.visible(user) if m.revision > before]
        return [Shown(seen(m).text, seen(m).private) for m in new]


@asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[SlackStage]:
    """Start the app in a Slack of its own."""
    room = Staffed(folder, named=frozenset({"slack:UNAN"}))
    await room.engine.start()
    async with workspace(cast(Core, room.engine), socket_settings(moderators=room.named)) as space:
        stage = SlackStage(space, room)
        await stage.open()
        yield stage
        assert space.slack.refused == []
    await room.engine.close()


def _value(element: dict[str, Any]) -> str:
    return str((element.get("selected_option") or element)["value"])
