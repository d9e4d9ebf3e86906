"""Read a section's Markdown as blocks of plain text: prose, lists, formulas, table rows."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `rows` holds a table's rows, each with its header: "Pattern: axial; …"."""

    text: str
    formula: bool = False
    rows: tuple[str, ...] = ()


def blocks(body: str) -> Iterator[Block]:
    """Yield the blocks of a section in order; pictures and rules are left out."""
    for node in SyntaxTreeNode(_reader().parse(body)).children:
        if node.type == "table":
            yield Block("", rows=tuple(_rows(node)))
        elif node.type in ("fence", "code_block"):
            yield Block(node.content.strip(), formula=True)
        else:
            text = _text(node).strip()
            if text:
                yield Block(text, formula=text.startswith(("$$", "\\[")))


def plain(markdown: str) -> str:
    """Return one line of Markdown without its marks."""
    return " ".join(_inline(token) for token in _reader().parseInline(markdown)).strip()


@functools.cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _text(node: SyntaxTreeNode) -> str:
    """Return the words of a block; list items and paragraphs each on a line of their own."""
    if node.type == "inline":
        return "".join(_inline(token) for token in node.to_tokens())
    if node.type in ("fence", "code_block"):
        return node.content.strip()
    joined = "\n".join(filter(None, (_text(child) for child in node.children)))
    return f"- {joined}" if node.type == "list_item" and joined else joined


def _inline(token: Token) -> str:
    """Return what a reader sees of one line of text."""
    shown = {"softbreak": "\n", "hardbreak": "\n"}
    parts = (
        shown.get(child.type, child.content)
        for child in token.children or []
        if child.type not in ("image", "html_inline")
    )
    return "".join(parts)


def _rows(table: SyntaxTreeNode) -> Iterator[str]:
    """Yield each row of a table as "header: cell" pairs; an empty cell is left out."""
    lines = [
        [_text(cell).strip() for cell in row.children] for row in table.walk() if row.type == "tr"
    ]
    header, *rows = lines
    for row in rows:
        pairs = zip(header, row, strict=False)
        yield "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
