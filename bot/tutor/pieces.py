"""A section's Markdown as pieces that can be quoted: sentences, rows, lists, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.sentences import sentences

_LABEL = re.compile(r"^\*\*([^*]+?)[.:]\*\*\s+")
_PIPE = re.compile(r"(?<!\\)\|")
_MEASURE = re.compile(r"[\d.,]+ ?[A-Za-z%×]{0,3}")
_MARKER = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
# "This table compares …" and "This lesson does …" say nothing where they are quoted.
_POINTS_AT_A_FIGURE = re.compile(
    r"^(?:this|the(?: next)?) (?:table|figure|chart|lesson|section)\b|\bin the table\b.{0,80}$",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a piece is in the lesson."""

    SENTENCE = "sentence"
    ROW = "row"
    LIST = "list"
    FORMULA = "formula"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: `text` as it is said, `quote` as it stands in the file.

    `context` holds the words it inherits: a paragraph's label, a table's header, the lead-in
    of a list. `header` and `cells` are a table row's. `opens`: the first of its paragraph.
    """

    kind: Kind
    text: str
    quote: str
    context: str = ""
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    opens: bool = False


def pieces(body: str) -> Iterator[Piece]:
    """Yield the pieces of a Markdown body in order; headings and pictures are left out."""
    lines = body.split("\n")
    lead = ""
    for token in _reader().parse(body):
        if token.level or token.map is None or token.nesting < 0:
            continue
        raw = "\n".join(lines[token.map[0] : token.map[1]]).strip("\n")
        yield from _block(token, raw, lead)
        lead = " ".join(raw.split()) if token.type == "paragraph_open" else ""


def row_in_words(header: tuple[str, ...], cells: tuple[str, ...], only: int | None = None) -> str:
    """Return a table row as a sentence: its first cell, then columns with their values."""
    columns = [i for i in range(1, len(cells)) if cells[i] and only in (None, i)]
    told = "; ".join(f"{_named(header[i])}: {cells[i]}" for i in columns)
    if _MEASURE.fullmatch(cells[0]):
        return f"{_named(header[0])}: {cells[0]}; {told}."
    return f"{cells[0]} – {told}."


def _named(heading: str) -> str:
    return heading.rstrip("?")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _block(token: Token, raw: str, lead: str) -> Iterator[Piece]:
    match token.type:
        case "paragraph_open":
            yield from _paragraph(raw)
        case "blockquote_open":
            yield from _paragraph(re.sub(r"(?m)^\s*>\s?", "", raw))
        case "bullet_list_open" | "ordered_list_open":
            yield from _list(raw, lead)
        case "table_open":
            yield from _table(raw, lead)
        case "fence":
            content = token.content.strip()
            lines = [" ".join(line.split()) for line in content.splitlines()]
            said = " and ".join(f"`{line}`" for line in lines)
            yield Piece(Kind.FORMULA, f"{said}.", content, context="formula equation")
        case _:
            return


def _paragraph(raw: str) -> Iterator[Piece]:
    flat = " ".join(raw.split())
    if flat.startswith("!["):
        return
    label = _LABEL.match(flat)
    context = label.group(1) if label else ""
    for index, sentence in enumerate(sentences(flat[label.end() :] if label else flat)):
        if not sentence.endswith("?") and not _POINTS_AT_A_FIGURE.search(sentence):
            yield Piece(Kind.SENTENCE, sentence, sentence, context, opens=index == 0)


def _list(raw: str, lead: str) -> Iterator[Piece]:
    """Yield a list of sentences one by one, and a list of phrases as one piece."""
    items: list[str] = []
    for line in raw.splitlines():
        if _MARKER.match(line) or not items:
            items.append(_MARKER.sub("", line).strip())
        else:
            items[-1] += f" {line.strip()}"
    opening = sentences(lead)[-1] if lead.endswith(":") else ""
    if any(item.endswith(".") for item in items):
        for sentence in (said for item in items for said in sentences(item)):
            yield Piece(Kind.SENTENCE, sentence, sentence, opening, opens=True)
        return
    told = "; ".join(item.rstrip(";,") for item in items)
    yield Piece(Kind.LIST, told if told.endswith("?") else f"{told}.", raw, opening)


def _table(raw: str, lead: str) -> Iterator[Piece]:
    lines = raw.splitlines()
    header = _cells(lines[0])
    context = f"{' '.join(header)} {sentences(lead)[-1] if lead else ''}"
    for line in lines[2:]:
        cells = _cells(line)
        if len(cells) == len(header) > 1:
            quote = line.strip().strip("|").strip()
            yield Piece(Kind.ROW, row_in_words(header, cells), quote, context, header, cells)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _PIPE.split(line.strip().strip("|")))
