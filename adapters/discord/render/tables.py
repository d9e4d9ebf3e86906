"""A table where Discord draws none: columns of a code block if narrow, else a block a row."""

from __future__ import annotations

import unicodedata

from adapters.discord.render.escape import fenced, spans
from bot.markup import Spans, Table, plain

PHONE_COLUMNS = 26
"""Monospaced characters that a phone shows in one line of a code block inside a card."""

MAX_ROW_LINE = 60
GAP = "  "
BETWEEN = " · "


def table(drawn: Table) -> str:
    """Return a table that no screen has to wrap in the middle of a row."""
    if _is_narrow(drawn):
        return fenced("\n".join(_columns(drawn)))
    if len(drawn.header) == 1:
        return "\n".join(f"- {spans(row[0])}" for row in drawn.rows)
    if len(drawn.header) == 2:  # noqa: PLR2004 (a name and a value)
        return "\n".join((_caption(drawn), *(_pair(row) for row in drawn.rows)))
    return _blocks(drawn)


def _blocks(drawn: Table) -> str:
    """Every row under its own head, each value beside its column's name."""
    rows = [_values(drawn.header, row) for row in drawn.rows]
    short = all(len(BETWEEN.join(row)) <= MAX_ROW_LINE for row in rows)
    blocks: list[str] = []
    for row, values in zip(drawn.rows, rows, strict=True):
        head = spans(_unstyled(row[0])).strip()
        lines = [BETWEEN.join(values)] if short else [f"- {value}" for value in values]
        blocks.append("\n".join([f"**{head}**", *lines] if head else lines))
    return "\n\n".join(blocks)


def _values(header: tuple[Spans, ...], row: tuple[Spans, ...]) -> list[str]:
    pairs = zip(header[1:], row[1:], strict=True)
    return [
        f"{spans(name)}: {spans(value)}" if plain(name).strip() else spans(value)
        for name, value in pairs
        if plain(value).strip()
    ]


def _pair(row: tuple[Spans, ...]) -> str:
    head = spans(_unstyled(row[0])).strip()
    return f"- **{head}**: {spans(row[1])}" if head else f"- {spans(row[1])}"


def _caption(drawn: Table) -> str:
    names = [spans(name) for name in drawn.header if plain(name).strip()]
    return "-# " + BETWEEN.join(names) if names else "-# …"


def _unstyled(runs: Spans) -> Spans:
    """A head is bold as a whole, so its own style is dropped; code stays code."""
    return tuple(type(run)(run.text, code=run.code) for run in runs)


def _is_narrow(drawn: Table) -> bool:
    cells = [cell for row in (drawn.header, *drawn.rows) for cell in row]
    if any(_is_wide(plain(cell)) for cell in cells):
        return False
    return sum(_widths(drawn)) + len(GAP) * (len(drawn.header) - 1) <= PHONE_COLUMNS


def _is_wide(text: str) -> bool:
    """Whether text has a line break, or characters that are not one column wide."""
    return any(
        char == "\n"
        or unicodedata.east_asian_width(char) in "WF"
        or unicodedata.combining(char)
        or unicodedata.bidirectional(char) in ("R", "AL")
        for char in text
    )


def _widths(drawn: Table) -> list[int]:
    rows = (drawn.header, *drawn.rows)
    return [max(len(plain(row[i])) for row in rows) for i in range(len(drawn.header))]


def _columns(drawn: Table) -> list[str]:
    widths = _widths(drawn)
    rows = [[plain(cell) for cell in row] for row in (drawn.header, *drawn.rows)]
    lines = [GAP.join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return [lines[0], "─" * (sum(widths) + len(GAP) * (len(widths) - 1)), *lines[1:]]
