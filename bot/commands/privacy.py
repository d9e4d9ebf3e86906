"""What is kept about a learner: say it, hand it over, delete it."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.flows.base import World, menu
from bot.replies import Button, Card, Document, Reply, Say, Style, Tone
from bot.store.unit import Unit
from bot.words import say

EXPORT, DELETE, DELETE_NOW = "privacy-export", "privacy-delete", "privacy-delete-now"
EXPORT_NAME = "seminar-my-data.json"


def privacy(world: World) -> tuple[Reply, ...]:
    """Return the card that says what is kept."""
    return (
        Card(
            title=say("privacy.title"),
            body=say("privacy.body"),
            buttons=(
                Button(say("privacy.export"), menu(EXPORT)),
                Button(say("privacy.delete"), menu(DELETE), Style.DANGER),
                Button(say("menu.home"), menu("learn"), Style.PRIMARY),
            ),
            replaces=True,
        ),
    )


def _export(unit: Unit, learner: int) -> tuple[Reply, ...]:
    text = json.dumps(unit.export(learner), indent=2, ensure_ascii=False)
    return (Document(EXPORT_NAME, text, say("privacy.export_body")),)


def _ask_first(unit: Unit, learner: int) -> tuple[Reply, ...]:
    return (
        Card(
            title=say("privacy.confirm_title"),
            body=say("privacy.confirm"),
            buttons=(
                Button(say("privacy.confirm_button"), menu(DELETE_NOW), Style.DANGER),
                Button(say("privacy.keep"), menu("privacy")),
            ),
            tone=Tone.WARN,
            replaces=True,
        ),
    )


def _delete(unit: Unit, learner: int) -> tuple[Reply, ...]:
    unit.forget(learner)
    return (Say(say("privacy.deleted"), Tone.GOOD),)


STEPS: dict[str, Callable[[Unit, int], tuple[Reply, ...]]] = {
    EXPORT: _export,
    DELETE: _ask_first,
    DELETE_NOW: _delete,
}
"""What the card's buttons do; the name is the choice of the button's action."""
