"""A card's buttons, sources and menu as rows within Discord's limits; no label is lost."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.discord import words
from adapters.discord.ids import button_id, select_id
from adapters.discord.render.limits import (
    MAX_LABEL,
    MAX_OPTION,
    MAX_PLACEHOLDER,
    MAX_ROW,
    MAX_SELECT,
    SHORT_LABEL,
    WHOLE_LABEL,
    fit,
    size,
)
from adapters.discord.render.page import Entry, Press, Row, Select
from bot.replies import Button, Card, Source

MAX_BUTTONS = 10
"""Buttons before the rest move into a list: two rows, so that an embed has room for lists."""

MAX_SOURCES = 5
MAX_SELECTS = 6


def rows(card: Card) -> tuple[Row, ...]:
    """Return what can be pressed on a card: sources, answers, other buttons, then lists."""
    taken: set[str] = set()
    shown = card.buttons[:MAX_BUTTONS]
    sources = _source_row(card.sources, taken)
    options = _buttons([button for button in shown if button.detail], taken)
    others = _buttons([button for button in shown if not button.detail], taken)
    return (*sources, *options, *others, *_selects(card))


def label(button: Button) -> str:
    """Return a button's words: with its detail where a phone shows both whole."""
    both = f"{button.label} · {_one_line(button.detail)}"
    return both if button.detail and size(both) <= SHORT_LABEL else _label(button.label)


def are_listed(sources: tuple[Source, ...]) -> bool:
    """Whether the sources' words stand in the text, because a phone would cut long buttons."""
    return any(size(source_label(source)) > WHOLE_LABEL for source in sources)


def _source_row(sources: tuple[Source, ...], taken: set[str]) -> tuple[Row, ...]:
    shown = sources if len(sources) <= MAX_SOURCES else ()
    listed = are_listed(sources)
    ids = ((source, button_id(source.action, taken)) for source in shown)
    presses = tuple(
        Press(words.OPEN.format(number=source.number) if listed else source_label(source), known)
        for source, known in ids
        if known
    )
    return (presses,) if presses else ()


def _buttons(buttons: list[Button], taken: set[str]) -> tuple[Row, ...]:
    ids = ((button, button_id(button.action, taken)) for button in buttons)
    presses = tuple(Press(label(button), known, button.style) for button, known in ids if known)
    return tuple(presses[i : i + MAX_ROW] for i in range(0, len(presses), MAX_ROW))


def _selects(card: Card) -> tuple[Row, ...]:
    """The card's menu, and whatever has no room as a button, in lists of 25 entries."""
    lists: list[tuple[str, list[Entry]]] = []
    if card.menu:
        entries = [Entry(c.label, c.action.encode(), c.description) for c in card.menu.choices]
        lists.append((card.menu.placeholder, entries))
    if len(card.sources) > MAX_SOURCES:
        lists.append(
            (words.SOURCES, [Entry(source_label(s), s.action.encode()) for s in card.sources])
        )
    if len(card.buttons) > MAX_BUTTONS:
        more = card.buttons[MAX_BUTTONS:]
        lists.append((words.MORE, [Entry(label(b), b.action.encode()) for b in more]))
    parts = [part for placeholder, entries in lists for part in _parts(placeholder, entries)]
    return tuple(
        Select(select_id(number), placeholder, entries)
        for number, (placeholder, entries) in enumerate(parts[:MAX_SELECTS])
    )


def _parts(placeholder: str, entries: list[Entry]) -> Iterable[tuple[str, tuple[Entry, ...]]]:
    known = list({entry.value: _fitted(entry) for entry in reversed(entries)}.values())[::-1]
    for start in range(0, len(known), MAX_SELECT):
        part = tuple(known[start : start + MAX_SELECT])
        counted = f" ({start + 1}–{start + len(part)})" if len(known) > MAX_SELECT else ""
        yield fit(_one_line(placeholder), MAX_PLACEHOLDER - len(counted)) + counted, part


def _fitted(entry: Entry) -> Entry:
    return Entry(
        fit(_one_line(entry.label) or entry.value, MAX_OPTION),
        entry.value,
        fit(_one_line(entry.description), MAX_OPTION),
    )


def source_label(source: Source) -> str:
    """Return the words of a source, whole."""
    return f"[{source.number}] {_one_line(source.label)}"


def _label(text: str) -> str:
    return fit(_one_line(text), MAX_LABEL) or "…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
