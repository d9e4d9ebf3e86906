"""The help card: every command in a line."""

from __future__ import annotations

from bot.commands.words import COMMANDS
from bot.flows.base import World, menu
from bot.replies import Button, Card, Reply, Style
from bot.words import count, say


def help_card(world: World) -> tuple[Reply, ...]:
    """Return the help card."""
    lessons = count(len(world.course.lessons), "lesson", "lessons")
    lines = "\n".join(say("help.line", name=name, what=say(f"help.{name}")) for name in COMMANDS)
    return (
        Card(
            title=say("help.title"),
            body=f"{say('help.body', course=world.course.title, lessons=lessons)}\n\n{lines}",
            buttons=(Button(say("menu.home"), menu("learn"), Style.PRIMARY),),
            replaces=True,
        ),
    )
