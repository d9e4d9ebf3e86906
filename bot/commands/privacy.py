"""What is kept about a learner: say it, hand it over, delete it."""

from __future__ import annotations

from collections.abc import Callable

from bot.commands import privacy_export, reminder
from bot.flows.base import menu
from bot.replies import Button, Card, Reply, Say, Style, Tone
from bot.store import reminders
from bot.store.unit import Unit
from bot.words import say

NAME = "privacy"
EXPORT, DELETE, DELETE_NOW = "privacy-export", "privacy-delete", "privacy-delete-now"


def privacy(unit: Unit, learner: int) -> tuple[Reply, ...]:
    """Return the card that says what is kept, and whether reminders are wanted."""
    off = reminders.stopped(unit, learner)
    switch = (
        Button(say("reminder.allow"), menu(reminder.ON))
        if off
        else Button(say("reminder.stop"), menu(reminder.OFF))
    )
    told = say("privacy.reminders_off" if off else "privacy.reminders")
    return (
        Card(
            title=say("privacy.title"),
            body="\n\n".join((say("privacy.body"), told)),
            buttons=(
                Button(say("privacy.export"), menu(EXPORT)),
                Button(say("privacy.delete"), menu(DELETE), Style.DANGER),
                switch,
                Button(say("menu.home"), menu("learn"), Style.PRIMARY),
            ),
            replaces=True,
        ),
    )


def _export(unit: Unit, learner: int) -> tuple[Reply, ...]:
    return (privacy_export.document(unit.export(learner)),)


def _ask_first(unit: Unit, learner: int) -> tuple[Reply, ...]:
    return (
        Card(
            title=say("privacy.confirm_title"),
            body=say("privacy.confirm"),
            buttons=(
                Button(say("privacy.confirm_button"), menu(DELETE_NOW), Style.DANGER),
                Button(say("privacy.keep"), menu(NAME)),
            ),
            tone=Tone.WARN,
            replaces=True,
        ),
    )


def _delete(unit: Unit, learner: int) -> tuple[Reply, ...]:
    unit.forget(learner)
    return (Say(say("privacy.deleted"), Tone.GOOD),)


STEPS: dict[str, Callable[[Unit, int], tuple[Reply, ...]]] = {
    NAME: privacy,
    EXPORT: _export,
    DELETE: _ask_first,
    DELETE_NOW: _delete,
    reminder.OFF: reminder.stop,
    reminder.ON: reminder.resume,
}
"""What the card and its buttons do; the name is the choice of a button's action."""
