"""Cut a Markdown text at its headings, and find what chat platforms cannot draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Titles, terms and captions are refused at far less, and a longer search would take too long.
MAX_MARKED = 1000

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER_CELL = re.compile(r"\s*:?-+:?\s*")
_CODE_SPAN = re.compile(r"(?<!`)(`++).{1,200}?(?<!`)\1(?!`)")
_MARKS = re.compile(r"(\*\*|__|`)(.+?)\1|(?<!\w)([*_])(?! )(.+?)\3(?!\w)|\[([^\]]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the lines below it. `level` is 1 or 2; `line` counts from 1.

    `lines` holds (number, text) of each line up to the next heading. `level` is 0 for what
    stands before the first heading.
    """

    level: int
    title: str
    line: int
    lines: tuple[tuple[int, str], ...]


class Markdown:
    """A Markdown text (CommonMark with tables; HTML is plain text) read block by block."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self._tokens = _parser().parse(text)

    def parts(self) -> list[Part]:
        """Return the text cut at its `#` and `##` headings, code fences left whole."""
        starts = [(0, "", 0, 0), *self._headings()]
        ends = [start for _, _, start, _ in starts[1:]] + [len(self.lines)]
        return [
            Part(level, plain(title), first + 1, self._numbered(body, end))
            for (level, title, first, body), end in zip(starts, ends, strict=True)
        ]

    def unclosed_fences(self) -> list[int]:
        """Return the line of each code fence that is never closed."""
        return [
            first + 1
            for token, first, end in self._mapped("fence", at_top=False)
            if end - first == 1 or not _closes(self.lines[end - 1], token.markup)
        ]

    def broken_rows(self) -> list[tuple[int, int, int]]:
        """Return (line, cells, cells of the header) of each table row of another width."""
        broken = []
        for token, first, end in self._mapped("table_open", "paragraph_open"):
            rows = self.lines[first:end]
            if token.type == "table_open" or _has_delimiter_row(rows):
                widths = [len(cells(row)) for row in rows]
                broken += [
                    (number, width, widths[0])
                    for number, width in enumerate(widths, start=first + 1)
                    if width != widths[0]
                ]
        return broken

    def headless_tables(self) -> list[int]:
        """Return the first line of each block of rows without a `|---|` row."""
        return [
            first + 1
            for _, first, end in self._mapped("paragraph_open")
            if end - first > 1 and all(_is_row(line) for line in self.lines[first:end])
            if not _has_delimiter_row(self.lines[first:end])
        ]

    def paragraph_lines(self) -> set[int]:
        """Return the lines of paragraphs that stand in no list, quote or table."""
        spans = [(first, end) for _, first, end in self._mapped("paragraph_open")]
        return {number + 1 for first, end in spans for number in range(first, end)}

    def lines_with_images(self) -> list[int]:
        """Return every line that holds an image, code left aside."""
        return [
            first + 1 + offset
            for token, first, _ in self._mapped("inline", at_top=False)
            for offset, line in enumerate(token.content.split("\n"))
            if "![" in line and "![" in _CODE_SPAN.sub("", line)
        ]

    def _headings(self) -> Iterator[tuple[int, str, int, int]]:
        for index, token in enumerate(self._tokens):
            if token.type == "heading_open" and token.level == 0 and token.tag in {"h1", "h2"}:
                first, end = token.map or (0, 0)
                yield int(token.tag[1]), self._tokens[index + 1].content, first, end

    def _numbered(self, first: int, end: int) -> tuple[tuple[int, str], ...]:
        return tuple((number + 1, self.lines[number]) for number in range(first, end))

    def _mapped(self, *types: str, at_top: bool = True) -> Iterator[tuple[Token, int, int]]:
        for token in self._tokens:
            if token.type in types and token.map and not (at_top and token.level):
                yield token, token.map[0], token.map[1]


def plain(text: str) -> str:
    """Return one line of Markdown without its emphasis, code and link marks."""
    if len(text) > MAX_MARKED:
        return text.strip()
    return _MARKS.sub(lambda m: m[2] or m[4] or m[5], text).strip()


def cells(row: str) -> list[str]:
    """Return the cells of a table row, which may or may not stand between outer pipes."""
    parts = _PIPE.split(row.strip())
    if len(parts) > 1 and not parts[0].strip():
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts = parts[:-1]
    return [part.strip() for part in parts]


def _closes(line: str, opening: str) -> bool:
    """Tell whether a line, perhaps in a quote, closes the fence that `opening` opened."""
    marks = line.strip(" \t>")
    return len(marks) >= len(opening) and not marks.strip(opening[0])


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _has_delimiter_row(lines: list[str]) -> bool:
    return len(lines) > 1 and any(
        "|" in line and all(_DELIMITER_CELL.fullmatch(cell) for cell in cells(line))
        for line in lines
    )


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.disable(["reference", "html_block", "lheading"])
