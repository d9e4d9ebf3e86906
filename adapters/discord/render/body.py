"""A card's Markdown body as pieces of Discord's Markdown, none longer than one message holds."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.discord.render.escape import code, fenced, spans
from adapters.discord.render.limits import size
from adapters.discord.render.tables import table
from bot import markup

MAX_PIECE = 1500
"""Longest piece: short enough that pages fill evenly."""

MAX_LINE = 400
"""Longest line of a formula, so that a cut never falls into its code marks."""

FENCE = len(fenced("")) + 1
LARGEST_HEADING = 3


def body(markdown: str) -> list[str]:
    """Return the pieces of a body in reading order; between two of them stands a blank line."""
    return [piece for block in markup.parse(markdown) for piece in _pieces(block) if piece.strip()]


def split(text: str, most: int = MAX_PIECE) -> Iterator[str]:
    """Cut text into pieces of at most `most` units, at a line or word where there is one."""
    while size(text) > most:
        end = _cut(text, most)
        yield text[:end].rstrip()
        text = text[end:].lstrip("\n ")
    if text:
        yield text


def _cut(text: str, most: int) -> int:
    """Where to cut so that what stands before fits and no mark loses its backslash."""
    end = most
    while size(text[:end]) > most:
        end -= 1
    for mark in ("\n", " "):
        found = text.rfind(mark, end // 2, end)
        if found > 0:
            return found
    while end > 1 and text[end - 1] == "\\":
        end -= 1
    return end


def _pieces(block: markup.Block) -> Iterator[str]:
    match block:
        case markup.Fenced(text=text) if block.is_formula:
            return _formula(text)
        case markup.Fenced(text=text):
            return (fenced(piece) for piece in split(text or " ", MAX_PIECE - FENCE))
        case markup.Heading(spans=runs):
            return split(f"{'#' * LARGEST_HEADING} {_one_line(spans(runs))}")
        case markup.Quote(spans=runs):
            return split("\n".join(f"> {line}" for line in spans(runs).split("\n")))
        case markup.Bullets():
            return split("\n".join(_items(block)))
        case markup.Table():
            return _table(block)
        case markup.Paragraph(spans=runs):
            return split(spans(runs))


def _formula(text: str) -> Iterator[str]:
    """A formula set off as a quotation, each line as code: it wraps where a code block is cut."""
    lines = (part for line in text.splitlines() for part in split(line, MAX_LINE))
    return split("\n".join(f"> {code(line)}" for line in lines if line.strip()))


def _items(bullets: markup.Bullets) -> Iterator[str]:
    for number, item in enumerate(bullets.items, start=1):
        mark = f"{number}." if bullets.ordered else "-"
        yield f"{mark} " + spans(item).replace("\n", "\n  ")


def _table(block: markup.Table) -> Iterator[str]:
    """A table in one piece, or in as many as its rows need."""
    drawn = table(block)
    if size(drawn) <= MAX_PIECE:
        yield drawn
    elif len(block.rows) > 1:
        middle = len(block.rows) // 2
        yield from _table(markup.Table(block.header, block.rows[:middle]))
        yield from _table(markup.Table(block.header, block.rows[middle:]))
    else:
        yield from split(drawn)


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
