"""The small Markdown that cards are written in, parsed once for every platform.

Blocks: paragraphs, headings, bullet and numbered lists, pipe tables, fenced blocks (`formula`
or code) and quotes. Inline: bold, italic, code. Links keep their words and lose their target;
HTML is text. A renderer draws `parse(body)` and escapes each span for its own platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break inside it is a newline in a span."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a body."""

    spans: Spans
    level: int


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered from 1 where `ordered`."""

    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Fenced:
    """Text that keeps its line breaks: a formula, or code in the language `kind`."""

    text: str
    kind: str = ""

    @property
    def is_formula(self) -> bool:
        """Whether the block was fenced as a formula."""
        return self.kind == FORMULA


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    spans: Spans


Block = Paragraph | Heading | Bullets | Table | Fenced | Quote


@lru_cache(maxsize=512)
def parse(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a body; any text at all is accepted."""
    return tuple(_blocks(SyntaxTreeNode(_parser().parse(markdown)).children))


def plain(spans: Iterable[Span]) -> str:
    """Return the text of spans without their style."""
    return "".join(span.text for span in spans)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("html_inline")


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        block = _block(node)
        if block is not None:
            yield block


def _block(node: SyntaxTreeNode) -> Block | None:
    match node.type:
        case "heading":
            return Heading(_inline_of(node), int(node.tag[1]))
        case "bullet_list" | "ordered_list":
            items = tuple(_inline_of(item) for item in node.children)
            return Bullets(items, ordered=node.type == "ordered_list")
        case "table":
            return _table(node)
        case "fence" | "code_block":
            return Fenced(
                node.content.rstrip("\n"), node.info.strip() if node.type == "fence" else ""
            )
        case "blockquote":
            return Quote(_inline_of(node))
        case "hr":
            return None
        case _:
            return Paragraph(_inline_of(node))


def _table(node: SyntaxTreeNode) -> Table:
    rows = [
        tuple(_inline_of(cell) for cell in row.children)
        for part in node.children
        for row in part.children
    ]
    return Table(header=rows[0], rows=tuple(rows[1:]))


def _inline_of(node: SyntaxTreeNode) -> Spans:
    """All inline text under a node; what nests deeper is joined by line breaks."""
    runs = [tuple(_spans(inline.children, Span(""))) for inline in _inlines(node)]
    joined: list[Span] = []
    for run in runs:
        if joined and run:
            joined.append(Span("\n"))
        joined.extend(run)
    return tuple(joined)


def _inlines(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    if node.type == "inline":
        yield node
    elif node.type in {"fence", "code_block"}:
        return
    else:
        for child in node.children:
            yield from _inlines(child)


def _spans(nodes: Iterable[SyntaxTreeNode], style: Span) -> Iterator[Span]:
    for node in nodes:
        if node.type in _STYLES:
            yield from _spans(node.children, replace(style, **_STYLES[node.type]))
        elif node.type in _BREAKS:
            yield replace(style, text=_BREAKS[node.type])
        elif node.type in _LEAVES:
            if node.content:
                yield replace(style, text=node.content, code=node.type == "code_inline")
        else:
            yield from _spans(node.children, style)


_STYLES: dict[str, dict[str, Any]] = {"strong": {"bold": True}, "em": {"italic": True}}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_LEAVES = frozenset({"text", "code_inline", "image"})
