"""A card's Markdown body as rich text blocks and native tables.

Rich text is drawn, never parsed, so nothing a learner or a model wrote can mention, link or
format. A `table` block is native and scrolls on a phone; where Slack takes none (Home, a second
table in one message) each row becomes a line that repeats the header's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from adapters.slack.render.text import Block, chunks, clean, elements, units, weight
from bot import markup
from bot.markup import Bullets, Fenced, Heading, Paragraph, Quote, Span, Spans, Table

MAX_BLOCK_TEXT = 3000
MAX_TABLE_ROWS = 100
MAX_TABLE_CELLS = 20
MAX_TABLE_TEXT = 6000
"""Above this a table leaves no room for the rest of its message, and is drawn as lines."""

MAX_TABLE_LINES = 9000
"""What a table may take as lines, where Slack refuses it: they stand in the same message."""

MAX_LIST_ITEMS = 30
PHONE_COLUMNS = 38
"""Characters of fixed width that stand on one line of a phone."""

SHORT_CELL = 24
GAP = "  "
_NUMBER = re.compile(r"^[\s≈~<>±+-]*[\d.,]+\s*(%|×|x|[A-Za-zµ/]{0,8})$")


def body(markdown: str, *, tables: bool = True) -> list[Block]:
    """Return the blocks of a Markdown body, with at most one native table, or none."""
    drawn: list[Block] = []
    for block in markup.parse(markdown):
        native = tables and not any(done["type"] == "table" for done in drawn)
        drawn.extend(_block(block, native=native))
    # "3." alone is an empty list in Markdown, yet it was meant to be read.
    return drawn or [rich(section(part)) for part in _fitting((Span(markdown.strip()),))]


def rich(*parts: Block) -> Block:
    """Return one rich text block of sections, lists, quotes or preformatted text."""
    return {"type": "rich_text", "elements": list(parts)}


def section(spans: Spans) -> Block:
    """Return a run of text as a rich text section."""
    return {"type": "rich_text_section", "elements": elements(spans)}


def _block(block: markup.Block, *, native: bool) -> list[Block]:
    match block:
        case Paragraph(spans=spans):
            return [rich(section(part)) for part in _fitting(spans)]
        case Heading(spans=spans):
            return [rich(section(part)) for part in _fitting(_bold(spans))]
        case Quote(spans=spans):
            return [
                rich({"type": "rich_text_quote", "elements": elements(part)})
                for part in _fitting(spans)
            ]
        case Fenced(text=text):
            return [_preformatted(part) for part in _fitting((Span(text),))]
        case Bullets():
            return _bullets(block)
        case Table():
            return [_table(block)] if native and _fits(block) else rows(block)


def _fitting(spans: Spans) -> list[Spans]:
    return [part for part in chunks(spans, MAX_BLOCK_TEXT) if _visible(part)]


def _visible(spans: Spans) -> bool:
    return bool(clean(markup.plain(spans)).strip())


def _bold(spans: Spans) -> Spans:
    return tuple(Span(span.text, bold=True, italic=span.italic, code=span.code) for span in spans)


def _preformatted(spans: Spans) -> Block:
    return rich({"type": "rich_text_preformatted", "elements": elements(spans), "border": 0})


def _bullets(bullets: Bullets) -> list[Block]:
    """One list, or several where one would be too long; numbering goes on across them."""
    items = [part for item in bullets.items for part in _fitting(item)]
    lists, start = [], 0
    for group in _grouped(items):
        style = "ordered" if bullets.ordered else "bullet"
        drawn: Block = {
            "type": "rich_text_list",
            "style": style,
            "elements": [section(item) for item in group],
        }
        if bullets.ordered and start:
            drawn["offset"] = start
        start += len(group)
        lists.append(rich(drawn))
    return lists


def _grouped(items: list[Spans]) -> Iterator[list[Spans]]:
    group: list[Spans] = []
    size = 0
    for item in items:
        length = units(markup.plain(item))
        if group and (size + length > MAX_BLOCK_TEXT or len(group) == MAX_LIST_ITEMS):
            yield group
            group, size = [], 0
        group.append(item)
        size += length
    if group:
        yield group


def _fits(table: Table) -> bool:
    every = (table.header, *table.rows)
    text = sum(units(markup.plain(cell)) for row in every for cell in row)
    return (
        len(every) <= MAX_TABLE_ROWS
        and 0 < len(table.header) <= MAX_TABLE_CELLS
        and text <= MAX_TABLE_TEXT
        and weight(rows(table)) <= MAX_TABLE_LINES
    )


def _table(table: Table) -> Block:
    """A native table; columns of numbers stand to the right, words wrap."""
    rows = [[_cell(_bold(cell)) for cell in table.header]]
    rows.extend([_cell(cell) for cell in row] for row in table.rows)
    columns = [
        {"align": "right"} if _numeric(table, index) else {"is_wrapped": True}
        for index in range(len(table.header))
    ]
    return {"type": "table", "rows": rows, "column_settings": columns}


def _cell(spans: Spans) -> Block:
    return rich(section(spans if _visible(spans) else (Span(" "),)))


def _numeric(table: Table, column: int) -> bool:
    cells = [markup.plain(row[column]).strip() for row in table.rows]
    return bool(cells) and all(_NUMBER.match(cell) for cell in cells)


def rows(table: Table) -> list[Block]:
    """A table without a table block: in columns where a phone is wide enough, else as lines."""
    texts = [[clean(markup.plain(cell)) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    if sum(widths) + len(GAP) * (len(widths) - 1) <= PHONE_COLUMNS:
        lines = [GAP.join(map(str.ljust, row, widths)).rstrip() for row in texts]
        return [_preformatted(part) for part in _fitting((Span("\n".join(lines)),))]
    told = Bullets(tuple(_line(table, row) for row in table.rows))
    return [*_caption(table.header[0]), *_bullets(told)]


def _caption(name: Spans) -> list[Block]:
    """The name of the first column, which stands beside no value, in italics above the lines."""
    text = markup.plain(name).strip()
    return [rich(section((Span(text, italic=True),)))] if clean(text).strip() else []


def _line(table: Table, row: tuple[Spans, ...]) -> Spans:
    """One row: its first cell in bold, the others after their column's name."""
    long = any(units(markup.plain(cell)) > SHORT_CELL for cell in row[1:])
    spans: list[Span] = list(_bold(row[0]))
    for index, (name, cell) in enumerate(zip(table.header[1:], row[1:], strict=True)):
        spans.append(Span("\n" if long or index == 0 else " · "))
        if called := markup.plain(name).strip():
            spans.append(Span(f"{called} " if called.endswith("?") else f"{called}: "))
        spans.extend(cell)
    return tuple(spans)
