"""A table where Discord draws none: columns of a code block if narrow, else a block a row."""

from __future__ import annotations

import unicodedata
from textwrap import wrap

from adapters.discord.render.escape import fenced, spans
from bot.markup import Spans, Table, plain

PHONE_COLUMNS = 26
"""Monospaced characters that a phone shows in one line of a code block inside a card."""

MAX_ROW_LINE = 60
GAPS = (2, 1)
"""Spaces between two columns: the wider where there is room."""

BETWEEN = " · "


def table(drawn: Table) -> str:
    """Return a table that no screen has to wrap in the middle of a row."""
    if columns := _columns(drawn):
        return fenced("\n".join(columns))
    if len(drawn.header) == 1:
        return "\n".join([*_caption(drawn.header), *(f"- {spans(row[0])}" for row in drawn.rows)])
    if len(drawn.header) == 2:  # noqa: PLR2004 (a name and a value)
        return "\n".join([*_caption(drawn.header), *map(_pair, drawn.rows)])
    return _blocks(drawn)


def _blocks(drawn: Table) -> str:
    """Every row under its own head, each value beside its column's name; the head's comes first."""
    rows = [_values(drawn.header, row) for row in drawn.rows]
    short = all(len(BETWEEN.join(row)) <= MAX_ROW_LINE for row in rows)
    blocks: list[str] = []
    for row, values in zip(drawn.rows, rows, strict=True):
        head = spans(_unstyled(row[0])).strip()
        lines = [BETWEEN.join(values)] if short else [f"- {value}" for value in values]
        blocks.append("\n".join([f"**{head}**", *lines] if head else lines))
    return "\n".join([*_caption(drawn.header[:1]), "\n\n".join(blocks)])


def _values(header: tuple[Spans, ...], row: tuple[Spans, ...]) -> list[str]:
    pairs = zip(header[1:], row[1:], strict=True)
    return [
        f"{_asking(name)} {spans(value)}" if plain(name).strip() else spans(value)
        for name, value in pairs
        if plain(value).strip()
    ]


def _asking(name: Spans) -> str:
    """A column's name before a value: a question stands without a colon."""
    drawn = spans(name).strip()
    return drawn if drawn.endswith("?") else f"{drawn}:"


def _pair(row: tuple[Spans, ...]) -> str:
    head = spans(_unstyled(row[0])).strip()
    return f"- **{head}**: {spans(row[1])}" if head else f"- {spans(row[1])}"


def _caption(header: tuple[Spans, ...]) -> list[str]:
    """The names that stand beside no value, as one small line; none where all are empty."""
    names = [spans(name) for name in header if plain(name).strip()]
    return [f"-# {BETWEEN.join(names)}"] if names else []


def _unstyled(runs: Spans) -> Spans:
    """A head is bold as a whole, so its own style is dropped; code stays code."""
    return tuple(type(run)(run.text, code=run.code) for run in runs)


def _is_wide(text: str) -> bool:
    """Whether text has a line break, or characters that are not one column wide."""
    return any(
        char == "\n"
        or unicodedata.east_asian_width(char) in "WF"
        or unicodedata.combining(char)
        or unicodedata.bidirectional(char) in ("R", "AL")
        for char in text
    )


def _columns(drawn: Table) -> list[str]:
    """The lines of a table in columns; none where a phone has no room for them."""
    names, *rows = [[plain(cell) for cell in row] for row in (drawn.header, *drawn.rows)]
    if any(_is_wide(cell) for row in (names, *rows) for cell in row):
        return []
    for gap in GAPS:
        widths = _widths([names, *rows], PHONE_COLUMNS - gap * (len(names) - 1))
        if widths:
            rule = "─" * (sum(widths) + gap * (len(widths) - 1))
            head = [_line(row, widths, gap) for row in _head(names, widths)]
            return [*head, rule, *(_line(row, widths, gap) for row in rows)]
    return []


def _line(cells: list[str], widths: list[int], gap: int) -> str:
    return (" " * gap).join(map(str.ljust, cells, widths)).rstrip()


def _head(names: list[str], widths: list[int]) -> list[list[str]]:
    """The names in as many lines as the longest needs; a shorter one stands on the rule."""
    wrapped = [
        wrap(name, max(width, 1), break_on_hyphens=False)
        for name, width in zip(names, widths, strict=True)
    ]
    height = max(map(len, wrapped))
    padded = [[""] * (height - len(lines)) + lines for lines in wrapped]
    return [list(line) for line in zip(*padded, strict=True)]


def _widths(rows: list[list[str]], room: int) -> list[int]:
    """Widths that take at most `room` in all, so that names wrap and values do not; else none."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, (*name.split(), *values))) for name, *values in columns]
    wanted = [max(map(len, column)) for column in columns]
    if sum(widths) > room:
        return []
    while widths != wanted and sum(widths) < room:
        short = [most - width for most, width in zip(wanted, widths, strict=True)]
        widths[short.index(max(short))] += 1
    return widths
