"""One visit that touches every surface and calls every method."""

from __future__ import annotations

from bot.replies import Button, Card, Document, Partial, Picture
from tests.adapters.slack.scripted import FORM, ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace

REPLY = Button("Reply", FORM, opens_form=True)


def core() -> ScriptedCore:
    """A core with something of every kind to say."""
    return ScriptedCore()


async def everything(space: Workspace) -> None:
    """Act everywhere once."""
    core = space.core
    assert isinstance(core, ScriptedCore)
    core.scripts = [[Card("Home")]]
    await space.open_home("UADA")
    core.scripts = [[Card("Welcome")]]
    await space.open_messages("UADA")
    core.scripts = [[Partial("So"), Partial("So far"), Card("Answer", buttons=(REPLY,))]]
    await space.dm("UADA", "why?")
    core.scripts = [[Card("Again", replaces=True)]]
    await space.press("UADA", "Reply")
    await space.submit("UADA", "because")
    figure = Picture("f", "A curve.", png=b"PNG")
    core.scripts = [[Card("Figure", pictures=(figure,))]]
    await space.command("UADA", "/lesson 1", CHANNEL)
    core.scripts = [[Card("Yours")]]
    await space.mention("UADA", "progress")
    core.scripts = [[Document("mine.json", "{}", "Yours.")]]
    await space.command("UADA", "/privacy", CHANNEL)
    core.scripts = [[Card("About that")]]
    await space.shortcut("UADA", "What is this?")
