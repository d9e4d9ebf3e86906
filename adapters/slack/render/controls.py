"""What can be pressed: buttons, menus and citations, each carrying its action's own string."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack import words
from adapters.slack.render.text import Block, clean, plain_text, units
from bot.replies import Button, Choice, Menu, Source, Style

MAX_BUTTONS = 25
MAX_LABEL = 75
MAX_PLACEHOLDER = 150
MAX_OPTION = 75
MAX_LISTED = 2000
MAX_OPTIONS = 50
"""Slack takes 100 options; fewer keep a full menu within a message's text."""

SHORT_DETAIL = 32
"""An option up to this long stands on its button too; longer ones would be cut there."""

PRESS = "press"
FORM = "form"
CHOOSE = "choose"
OPEN = "open"
"""What an action_id begins with: how the press is to be taken."""


def buttons(buttons: Sequence[Button]) -> list[Block]:
    """Return rows of buttons; the action_id says whether a press opens a form."""
    short = all(units(button.detail) <= SHORT_DETAIL for button in buttons)
    drawn = [
        _button(button, f"{FORM if button.opens_form else PRESS}:{index}", short=short)
        for index, button in enumerate(buttons)
    ]
    return _rows(drawn)


def menu(menu: Menu | None) -> list[Block]:
    """Return a drop-down list, or several where one would be too long."""
    if menu is None:
        return []
    groups = [
        menu.choices[at : at + MAX_OPTIONS] for at in range(0, len(menu.choices), MAX_OPTIONS)
    ]
    return _rows([_select(menu, group, index) for index, group in enumerate(groups)])


def sources(sources: Sequence[Source]) -> list[Block]:
    """Return what the citations are, in small print, and a button to open each."""
    if not sources:
        return []
    listed = "\n".join(f"[{source.number}] {source.label}" for source in sources)
    drawn: list[Block] = [
        {
            "type": "button",
            "action_id": f"{OPEN}:{index}",
            "text": plain_text(words.OPEN_SOURCE.format(number=source.number), MAX_LABEL),
            "accessibility_label": plain_text(source.label, MAX_LABEL)["text"],
            "value": source.action.encode(),
        }
        for index, source in enumerate(sources)
    ]
    told: Block = {"type": "context", "elements": [plain_text(listed, MAX_LISTED)]}
    return [told, *_rows(drawn)]


def _button(button: Button, action_id: str, *, short: bool) -> Block:
    whole = bool(button.detail) and short
    label = f"{button.label}.  {button.detail}" if whole else button.label
    drawn: Block = {
        "type": "button",
        "action_id": action_id,
        "text": plain_text(label, MAX_LABEL),
        "value": button.action.encode(),
    }
    if button.detail and not whole:
        drawn["accessibility_label"] = plain_text(f"{button.label}. {button.detail}", MAX_LABEL)[
            "text"
        ]
    if button.style is not Style.SECONDARY:
        drawn["style"] = button.style.value
    return drawn


def _select(menu: Menu, choices: Sequence[Choice], index: int) -> Block:
    return {
        "type": "static_select",
        "action_id": f"{CHOOSE}:{index}",
        "placeholder": plain_text(menu.placeholder, MAX_PLACEHOLDER),
        "options": [_option(choice) for choice in choices],
    }


def _option(choice: Choice) -> Block:
    option: Block = {
        "text": plain_text(choice.label, MAX_OPTION),
        "value": choice.action.encode(),
    }
    if clean(choice.description).strip():
        option["description"] = plain_text(choice.description, MAX_OPTION)
    return option


def _rows(drawn: Sequence[Block]) -> list[Block]:
    return [
        {"type": "actions", "elements": list(drawn[at : at + MAX_BUTTONS])}
        for at in range(0, len(drawn), MAX_BUTTONS)
    ]
