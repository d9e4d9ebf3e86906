"""A small Discord with the real bot in it: one server, one channel, and people who act."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.backend.serializers import message_payload
from simcord.interactions import base_payload

from adapters.discord import create_bot
from bot.ports import Core
from bot.settings import Settings
from tests.adapters.discord.screens import Screen, parts, screen, walk

PRIVATE_THREAD = 12


class World:
    """The server, its channel and the bot; `people` act in it."""

    def __init__(self, env: simcord.Env, core: Core, settings: Settings) -> None:
        self.env = env
        self.core = core
        self.settings = settings
        self.guild = env.create_guild(name="Study hall")
        self.channel = self.guild.create_text_channel("course")
        self.delivered: dict[int, tuple[str, Any]] = {}
        self.edited: list[int] = []
        self._watch_deliveries()

    def member(self, name: str) -> Person:
        """Return a person who acts in the server's channel."""
        user = self.env.create_user(name.lower(), global_name=name)
        return Person(self, self.guild.add_member(user), self.channel)

    def moderator(self, name: str) -> Person:
        """Return a person who may manage the server."""
        role = self.guild.create_role(
            "Teachers", permissions=discord.Permissions(manage_guild=True)
        )
        return self.holder(name, role)

    def holder(self, name: str, *roles: Any) -> Person:
        """Return a person who has these roles of the server."""
        user = self.env.create_user(name.lower(), global_name=name)
        return Person(self, self.guild.add_member(user, roles=roles), self.channel)

    def strip(self, person: Person) -> None:
        """Take all roles from a person."""
        self.env.backend.get_guild(self.guild.id).members[person.id].role_ids.clear()

    def allow(self, command: str, *whom: Any) -> None:
        """Let roles or people use a command, as under Server Settings > Integrations."""
        found = self.env.backend.find_command(command, None, type=1)
        assert found is not None
        self.guild.set_command_permissions(int(found["id"]), dict.fromkeys(whom, True))

    def set(self, **changed: Any) -> None:
        """Change settings of the running bot."""
        self.settings = self.settings.model_copy(update=changed)
        self.env.bot.settings = self.settings

    def join(self, thread: Any, person: Person) -> None:
        """Let somebody into a private thread; nobody tells the bot."""
        stored = self.env.backend.get_channel(thread.id)
        stored.thread_members[person.id] = self.env.backend.now_iso()

    def direct(self, name: str) -> Person:
        """Return a person who writes direct messages to the bot; they share its server."""
        return self.member(name).in_direct()

    def thread(self, name: str, *others: str) -> Person:
        """Return a person in a private thread of their own, with the bot and perhaps others."""
        person = self.member(name)
        backend = self.env.backend
        thread = backend.create_thread(
            self.channel.id, "Lab", person.id, type=PRIVATE_THREAD, broadcast=False
        )
        for user in (self.bot_id, *(self.member(other).id for other in others)):
            thread.thread_members[user] = backend.now_iso()
        backend.announce_thread_create(thread)
        person.channel = next(t for t in self.channel.threads if t.id == thread.id)
        return person

    async def restart(self, core: Core | None = None) -> None:
        """End the program and start it again; Discord keeps its messages."""
        self.core = core or self.core
        await self.env.restart_bot(create_bot(self.settings, self.core))

    def sent(self) -> list[Any]:
        """Every request that the bot made of Discord."""
        return self.env.http_requests

    @property
    def desk(self) -> Any:
        """The running bot's desk."""
        return self.env.bot.desk

    @property
    def bot_id(self) -> int:
        """The bot's user id."""
        return int(self.env.backend.bot_user.id)

    def rename_button(self, shown: Screen, custom_id: str) -> None:
        """Make the first button of a message one that some other version had made."""
        stored = self.stored(shown)
        next(part for part in walk(stored.components) if part["type"] == 2)["custom_id"] = custom_id

    def take_permission(self, name: str) -> None:
        """Take a permission from every role of the server."""
        for role in self.env.backend.get_guild(self.guild.id).roles.values():
            role.permissions &= ~discord.Permissions(**{name: True}).value

    def show_to_all(self, shown: Screen) -> None:
        """Make a private message public, so that somebody else can reach its buttons."""
        self.stored(shown).flags &= ~discord.MessageFlags(ephemeral=True).value

    def stored(self, shown: Screen) -> Any:
        """The message as Discord keeps it."""
        return self.env.backend.get_message(shown.message.channel.id, shown.message.id)

    def _watch_deliveries(self) -> None:
        """Remember what each person's newest act was delivered as, and every edit."""
        backend = self.env.backend
        emit = backend.emit

        def watched(name: str, payload: Any, *args: Any, **kwargs: Any) -> Any:
            if name in ("INTERACTION_CREATE", "MESSAGE_CREATE"):
                who = payload.get("member", payload).get("user") or payload.get("author") or {}
                self.delivered[int(who.get("id", 0))] = (name, payload)
            elif name == "MESSAGE_UPDATE":
                self.edited.append(int(payload["id"]))
            return emit(name, payload, *args, **kwargs)

        backend.emit = watched


class Person:
    """Acts as one person would, and sees what that person would see.

    Every act returns the screens that it added or changed, oldest first; `cards` keeps each
    state of each message with buttons that this person was ever shown, in order.
    """

    def __init__(self, world: World, actor: Any, channel: Any) -> None:
        self.world = world
        self.actor = actor
        self.channel = channel
        self.form: Any = None
        self.cards: list[Screen] = []

    @property
    def id(self) -> int:
        """The person's user id."""
        return int(self.actor.id)

    @property
    def direct(self) -> bool:
        """Whether this person writes direct messages."""
        return self.channel.guild is None

    def in_direct(self) -> Person:
        """Return the same person, writing direct messages to the bot."""
        user = getattr(self.actor, "user", self.actor)
        return Person(self.world, user, user.dm_channel)

    def known_commands(self) -> tuple[str, ...]:
        """The slash commands that Discord offers this person here."""
        return tuple(self.actor.available_commands(*self._where))

    @property
    def screens(self) -> list[Screen]:
        """All messages of the bot that this person sees, oldest first."""
        history = self.channel.history(viewer=self.actor)
        return [screen(m) for m in history if m.author.id == self.world.bot_id]

    async def command(self, name: str, /, **options: Any) -> list[Screen]:
        """Give a slash command."""
        return await self.act(self.actor.slash(*self._where, name, **options))

    async def offered(self, name: str, option: str, typed: str) -> list[str]:
        """Type into an option and return what is offered."""
        found = await self.actor.autocomplete(*self._where, name, option, typed)
        return [choice["name"] for choice in found]

    async def say(self, text: str) -> list[Screen]:
        """Write a message."""
        if self.direct:
            return await self.act(self.actor.send_dm(text))
        return await self.act(self.actor.send(self.channel, text))

    async def press(self, label: str, on: Screen | None = None) -> list[Screen]:
        """Press a button: on the newest message that has it, or on an old one."""
        shown = on or self.card_with(label)
        return await self.act(self.actor.click(shown.message, custom_id=button_id(shown, label)))

    async def press_forged(self, shown: Screen, *labels: str) -> list[Screen]:
        """Press buttons that a message had once, or that no interface shows to this person."""
        return await self.act(self._forge(shown, labels))

    async def press_at_once(self, shown: Screen, *labels: str) -> list[Screen]:
        """Press several buttons of a message before the bot can answer any of them."""
        return await self.act(self._forge(shown, labels))

    async def choose(self, label: str) -> list[Screen]:
        """Choose an entry of a list on the newest message that has it."""
        for shown in reversed(self.screens):
            for part in parts(shown.message):
                values = [o["value"] for o in part.get("options", []) if o["label"] == label]
                if values:
                    act = self.actor.select(shown.message, values, custom_id=part["custom_id"])
                    return await self.act(act)
        raise AssertionError(f"no entry {label!r}")

    async def submit(self, *texts: str) -> list[Screen]:
        """Fill the fields of the open form in order, and send it off."""
        assert self.form is not None, "no form is open"
        names = [c["component"]["custom_id"] for c in self.form.modal["components"]]
        form, self.form = self.form, None
        filled = dict(zip(names, texts, strict=False))
        return await self.act(self.actor.submit_modal(form, filled))

    async def ask_about(self, message: Any) -> list[Screen]:
        """Use the message menu."""
        act = self.actor.context_menu(self.channel, "Ask the tutor about this", message)
        return await self.act(act)

    async def redeliver(self) -> list[Screen]:
        """Have Discord deliver the newest act again, as a resumed connection may."""
        return await self.act(self._again())

    def card_with(self, label: str) -> Screen:
        """Return the newest message with this button."""
        for shown in reversed(self.screens):
            if _find(shown, label) is not None:
                return shown
        raise AssertionError(f"no button {label!r} on {[s.buttons for s in self.screens]}")

    async def act(self, act: Awaitable[Any]) -> list[Screen]:
        """Do anything, and return the screens that it added or changed."""
        before = {shown.message.id: shown for shown in self.screens}
        self.world.edited.clear()
        result = await act
        if getattr(result, "modal", None):
            self.form = result
        edited = self.world.edited
        changed = [
            s for s in self.screens if before.get(s.message.id) != s or s.message.id in edited
        ]
        self.cards.extend(s for s in changed if s.buttons)
        return changed

    @property
    def _where(self) -> tuple[Any, ...]:
        return () if self.direct else (self.channel,)

    async def _forge(self, shown: Screen, labels: tuple[str, ...]) -> None:
        stored = self.world.stored(shown)
        backend = self.world.env.backend
        for label in labels:
            record, payload = base_payload(
                backend,
                type=discord.InteractionType.component.value,
                channel_id=self.channel.id,
                guild_id=None if self.direct else self.world.guild.id,
                user_id=self.id,
                data={"custom_id": button_id(shown, label), "component_type": 2},
            )
            record.source_message_id = stored.id
            payload["message"] = dict(message_payload(backend, stored))
            backend.emit("INTERACTION_CREATE", payload)
        await self.world.env.settle()

    async def _again(self) -> None:
        self.world.env.backend.emit(*self.world.delivered[self.id])
        await self.world.env.settle()


def button_id(shown: Screen, label: str) -> str:
    """Return the id of a message's button, found by its words or by those that it stands for."""
    found = _find(shown, label)
    assert found is not None, f"no button {label!r} among {shown.buttons}"
    return found


def _find(shown: Screen, label: str) -> str | None:
    """A quiz button may be a letter alone; what it stands for is in the text behind that letter."""
    behind = re.findall(rf"^\*\*(\w)\.\*\* {re.escape(label)}$", shown.text, re.MULTILINE)
    for part in parts(shown.message):
        words = part.get("label")
        if words is not None and (
            words.startswith(label) or words in behind or words.split(" · ")[0] in behind
        ):
            return str(part["custom_id"])
    return None


def settings(folder: Path) -> Settings:
    """Settings that touch nothing outside a test's own folder."""
    return Settings(data=folder, discord_token="token", _env_file=None)  # type: ignore[call-arg]
