"""A form as a modal, and what was written in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import discord
from discord import ui

from adapters.discord.render.limits import (
    MAX_FORM_FIELDS,
    MAX_FORM_LABEL,
    MAX_FORM_PLACEHOLDER,
    MAX_FORM_TEXT,
    MAX_FORM_TITLE,
    fit,
)
from bot.replies import Form, TextField

OPEN_FOR = 900.0
"""Seconds that the library remembers a modal; what is sent off later is read all the same."""


def modal(form: Form) -> ui.Modal:
    """Return a form as a modal.

    Its id is its action, so it is understood even where the program was started again
    while it stood open.
    """
    drawn = ui.Modal(
        title=fit(form.title, MAX_FORM_TITLE) or "…",
        custom_id=form.action.encode(),
        timeout=OPEN_FOR,
    )
    for field in form.fields[:MAX_FORM_FIELDS]:
        drawn.add_item(
            ui.Label(text=fit(field.label, MAX_FORM_LABEL) or "…", component=_input(field))
        )
    return drawn


def written(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of each field by name, from the data of a modal's interaction."""
    return dict(_fields(data.get("components", ())))


def _fields(components: Any) -> Iterator[tuple[str, str]]:
    for component in components:
        if "custom_id" in component and "value" in component:
            yield str(component["custom_id"]), str(component["value"] or "")
        yield from _fields(component.get("components", ()))
        if "component" in component:
            yield from _fields((component["component"],))


def _input(field: TextField) -> ui.TextInput[Any]:
    most = min(max(field.max_length, 1), MAX_FORM_TEXT)
    return ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.long else discord.TextStyle.short,
        placeholder=fit(field.placeholder, MAX_FORM_PLACEHOLDER) or None,
        default=fit(field.value, most) or None,
        required=field.required,
        max_length=most,
    )
