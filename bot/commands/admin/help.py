"""`/admin` alone: every command of moderators in a line, and a list to give one from."""

from __future__ import annotations

from bot.commands.admin.base import Args, Desk, Done, home_button, quoted, to
from bot.commands.words import ADMIN_COMMANDS, nearest_admin
from bot.errors import LearnerError
from bot.replies import Button, Card, Choice, Menu
from bot.words import say

NEEDS_MORE = frozenset({"reset", "grant"})
"""The commands that say nothing without a learner."""

WHOLE = {"course": "course reload"}
"""Commands of two words, by the first."""

MOST_SHOWN = 40
"""Characters of a misspelled command that are said again."""


def help_card(desk: Desk, args: Args) -> Done:
    """Return the card with every command."""
    lines = (
        say("admin.help_line", name=WHOLE.get(name, name), what=say(f"admin.help_{name}"))
        for name in ADMIN_COMMANDS
    )
    choices = (
        Choice(say("admin.help_choice", name=WHOLE.get(name, name)), to(name))
        for name in ADMIN_COMMANDS
        if name not in NEEDS_MORE
    )
    card = Card(
        title=say("admin.help_title"),
        body="\n".join((say("admin.help_body"), "", *lines)),
        buttons=(home_button(), Button(say("admin.go_settings"), to("settings"))),
        menu=Menu(say("admin.help_menu"), tuple(choices)),
    )
    return Done((card,))


def unknown(written: str) -> LearnerError:
    """Return what is told of a command that there is not: the nearest, or all there are."""
    near = nearest_admin(written)
    if near is None:
        return LearnerError(say("admin.which", names=", ".join(ADMIN_COMMANDS)))
    name = quoted(written[:MOST_SHOWN])
    return LearnerError(say("admin.nearest", name=name, near=WHOLE.get(near, near)))
