"""Buttons and lists that know from their ids alone what they mean, after any restart."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from adapters.discord.events import Interaction
from adapters.discord.ids import ANSWER_TEMPLATE, BUTTON_TEMPLATE, SELECT_TEMPLATE, action_text
from adapters.discord.render.page import Press, Row, Select
from bot.replies import Style

_STYLES = {
    Style.PRIMARY: discord.ButtonStyle.primary,
    Style.SECONDARY: discord.ButtonStyle.secondary,
    Style.DANGER: discord.ButtonStyle.danger,
}

Match = re.Match[str]


class ActionButton(ui.DynamicItem[ui.Button[Any]], template=BUTTON_TEMPLATE):
    """A button; its id is an encoded action."""

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: Match) -> Self:
        """Return the pressed button, as found in its message."""
        return cls(item)  # type: ignore[arg-type]

    async def callback(self, interaction: Interaction) -> None:
        """Hand the press on."""
        await interaction.client.desk.pressed(interaction, action_text(self.custom_id))


class ActionSelect(ui.DynamicItem[ui.Select[Any]], template=SELECT_TEMPLATE):
    """A list; the values of its entries are encoded actions."""

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: Match) -> Self:
        """Return the list that was used, as found in its message."""
        return cls(item)  # type: ignore[arg-type]

    async def callback(self, interaction: Interaction) -> None:
        """Hand the choice on as the press that it is."""
        await interaction.client.desk.pressed(interaction, self.item.values[0])


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template=ANSWER_TEMPLATE):
    """The button under a mention's pointer: it shows the answer to the one who asked."""

    def __init__(self, item: ui.Button[Any], asker: int) -> None:
        super().__init__(item)
        self.asker = asker

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], match: Match) -> Self:
        """Return the pressed button with the user id of the one who asked."""
        return cls(item, int(match["asker"]))  # type: ignore[arg-type]

    async def callback(self, interaction: Interaction) -> None:
        """Hand the press on."""
        await interaction.client.answer_wanted(interaction, self.asker)


ITEMS = (ActionButton, ActionSelect, AnswerButton)


def drawn(row: Row) -> list[ui.Item[Any]]:
    """Return the items of one row."""
    if isinstance(row, Select):
        return [_select(row)]
    return [_button(press) for press in row]


def _button(press: Press) -> ui.Item[Any]:
    button = ui.Button[Any](
        label=press.label, custom_id=press.custom_id, style=_STYLES[press.style]
    )
    match = re.fullmatch(ANSWER_TEMPLATE, press.custom_id)
    return AnswerButton(button, int(match["asker"])) if match else ActionButton(button)


def _select(row: Select) -> ui.Item[Any]:
    options = [
        discord.SelectOption(
            label=entry.label, value=entry.value, description=entry.description or None
        )
        for entry in row.entries
    ]
    return ActionSelect(
        ui.Select(custom_id=row.custom_id, placeholder=row.placeholder, options=options)
    )
