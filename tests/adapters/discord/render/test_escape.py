"""Text from outside shows exactly what it says, and does nothing else."""

from __future__ import annotations

import pytest

from adapters.discord.render.escape import ZERO_WIDTH, code, escape, fenced, spans, unescape
from bot.markup import Paragraph, Span, parse
from tests.adapters.discord.screens import shown


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _it_ ~~gone~~ ||secret|| `code`",
        "[click](https://evil.example)",
        "# big\n> quote\n- item\n-# small\n1. one",
        "snake_case and 2 * 3 * 4",
        "back\\slash",
    ],
)
def test_markdown_of_a_learner_is_shown_as_it_was_written(text: str) -> None:
    assert shown(escape(text)) == text


@pytest.mark.parametrize("mention", ["@everyone", "@here", "<@123456789012345678>", "<@&5>"])
def test_a_mention_is_broken_so_that_it_calls_nobody(mention: str) -> None:
    assert mention not in escape(mention)
    assert shown(escape(mention)) == mention


@pytest.mark.parametrize("mark", ["<#42>", "<t:0:R>", "</learn:5>", "<:smile:6>", "<https://a.b>"])
def test_what_discord_would_draw_from_angle_brackets_is_text(mark: str) -> None:
    assert escape(mark).startswith("\\<")


@pytest.mark.parametrize(
    "text", ["**bold** [a](b) <c> | `d`", "1) one\n2. two\n> # -", "@everyone"]
)
def test_what_is_read_back_from_a_card_is_what_was_written(text: str) -> None:
    assert unescape(escape(text)) == text


def test_a_line_is_no_list_or_heading_where_it_was_not_meant() -> None:
    assert escape("1. one") == "1\\. one"
    assert escape("3.5 times") == "3.5 times"
    assert escape("a - b") == "a - b"


def test_marks_that_turn_the_direction_of_text_are_gone() -> None:
    assert "\u202e" not in escape("abc\u202edef")


def test_nothing_inside_a_code_block_closes_it() -> None:
    assert fenced("a\n```\nb").count("```") == 2
    assert code("a`b") == "`a'b`"


def test_style_marks_stand_beside_words_and_never_beside_spaces() -> None:
    assert (
        spans(
            (
                Span(
                    "a",
                ),
                Span(" b ", bold=True),
                Span("c"),
            )
        )
        == "a **b** c"
    )
    assert spans((Span("x", bold=True, italic=True),)) == "***x***"


@pytest.mark.parametrize(
    ("markdown", "drawn"),
    [
        ("*next comes *the wall*. Why?*", "*next comes the wall. Why?*"),
        ("**one**\n**two**", "**one** **two**"),
        ("**one***two*", f"**one**{ZERO_WIDTH}*two*"),
        ("*one*`two`", f"*one*{ZERO_WIDTH}`two`"),
    ],
)
def test_where_two_styles_meet_no_mark_is_shown(markdown: str, drawn: str) -> None:
    (paragraph,) = parse(markdown)
    assert isinstance(paragraph, Paragraph)
    assert spans(paragraph.spans) == drawn
