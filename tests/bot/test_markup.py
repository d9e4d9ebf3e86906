"""The Markdown of cards, parsed once for all platforms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.markup import Bullets, Fenced, Paragraph, Span, Table, parse, plain
from bot.plain import plain_body


def test_bold_italic_and_code_are_spans() -> None:
    [paragraph] = parse("a **b** *c* `d`")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.spans == (
        Span("a "),
        Span("b", bold=True),
        Span(" "),
        Span("c", italic=True),
        Span(" "),
        Span("d", code=True),
    )


def test_a_table_keeps_its_header_with_its_rows() -> None:
    [table] = parse("| A | B |\n|---|---|\n| 1 | O(n·w) |")
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.rows[0]] == ["1", "O(n·w)"]
    assert plain_body("| A | B |\n|---|---|\n| 1 | 2 |") == "- A: 1; B: 2"


def test_a_formula_keeps_its_lines() -> None:
    [formula] = parse("```formula\na = b\nc = d\n```")
    assert isinstance(formula, Fenced)
    assert formula.is_formula
    assert formula.text == "a = b\nc = d"


def test_a_link_keeps_its_words_and_loses_its_target() -> None:
    [paragraph] = parse("see [the paper](http://example.test/x)")
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.spans) == "see the paper"


def test_html_is_text() -> None:
    [paragraph] = parse("a <b>bold</b> claim")
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.spans) == "a <b>bold</b> claim"


def test_a_nested_list_loses_no_words() -> None:
    [bullets] = parse("- a\n  - b\n- c")
    assert isinstance(bullets, Bullets)
    assert "b" in plain(bullets.items[0])


@given(st.text())
def test_any_text_at_all_can_be_drawn(text: str) -> None:
    parse(text)
    plain_body(text)
