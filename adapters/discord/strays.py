"""Presses on a card that has changed meanwhile, which the library cannot find and so ignores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord

from adapters.discord.ids import action_text


def pressed(interaction: discord.Interaction[Any]) -> str | None:
    """Return the encoded action of a press that is no longer in its message, or None.

    Two presses in a row are enough: the second arrives when the first has changed the card.
    """
    if interaction.type is not discord.InteractionType.component or interaction.message is None:
        return None
    data: dict[str, Any] = dict(interaction.data or {})
    custom_id = str(data.get("custom_id", ""))
    if custom_id in _ids(interaction.message.components):
        return None
    values = data.get("values") or [action_text(custom_id)]
    return str(values[0])


def _ids(components: list[Any]) -> Iterator[str]:
    for component in components:
        known = getattr(component, "custom_id", None)
        if known:
            yield known
        yield from _ids(getattr(component, "children", []))
