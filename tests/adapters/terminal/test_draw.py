"""Cards at three widths: nothing lost, nothing wider than the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from adapters.terminal.choices import Choices, number
from adapters.terminal.draw import draw_card, draw_document, draw_picture, draw_say
from bot.replies import Button, Card, Document, Field, Picture, Say, Style, Tone
from tests.adapters.terminal.harness import drawn
from tests.adapters.terminal.test_choices import ANSWER, HOME, QUESTION

BODY = """
## What grows

Only **two products** grow with `n²`, and *nothing else* does.

```formula
pairs = n · (n + 1) / 2
```

| Technique | What it stores | Why it helps when the context is long |
| --- | --- | --- |
| MHA | every head | it does not: each head keeps its own keys and its own values |
| GQA | groups of heads | several query heads read the same keys and the same values |

- **KV head**: a head that stores keys and values
1. first

> Half of n² still grows four times.
"""

CARD = Card(
    "The memory of a long conversation, and what it costs to keep",
    body=BODY,
    fields=(Field("Best", "3 of 3"), Field("This time", "2 of 3")),
    buttons=(Button("Next page", HOME, Style.PRIMARY), Button("Home", HOME)),
    pictures=(Picture("figure:1/a.png", "Two grids side by side.", "Half of the grid is filled."),),
    footer="page 3 of 10",
    tone=Tone.GOOD,
)

SAID = (
    "memory of a long conversation",
    "What grows",
    "two products",
    "pairs = n · (n + 1) / 2",
    "groups of heads",
    "KV head",
    "Half of n² still grows",
    "3 of 3",
    "Two grids side by side.",
    "Half of the grid is filled.",
    "page 3 of 10",
    "[1] Next page · Enter ↵",
    "[2] Home",
)


def card_text(card: Card, width: int, *, folded: bool = False) -> str:
    drawing = draw_card(card, number(card, Choices()), lambda _: None)
    return drawn(width, *drawing.said, *(drawing.folded if folded else drawing.offered))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_card_says_all_of_itself_within_the_window(width: int) -> None:
    text = card_text(CARD, width)
    flowing = " ".join(text.replace("│", " ").split())
    assert [part for part in SAID if part not in flowing] == []
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_a_table_stands_in_columns_where_they_are_readable() -> None:
    text = card_text(CARD, 120)
    assert any("Technique" in line and "What it stores" in line for line in text.splitlines())


def test_a_table_is_told_row_by_row_where_they_are_not() -> None:
    text = card_text(CARD, 40)
    assert "  What it stores: groups of heads" in text.splitlines()
    assert not any("Technique" in line for line in text.splitlines())


def test_a_title_is_never_cut() -> None:
    lines = card_text(CARD, 40).splitlines()
    assert lines[0].startswith("✓ The memory of a long conversation")
    assert "keep ──" in lines[1]


def test_answers_stand_one_a_line_with_number_and_letter() -> None:
    lines = card_text(QUESTION, 80).splitlines()
    assert lines[-4:] == ["[1] A. linear", "[2] B. quadratic", "", "[3] Hint"]


def test_a_long_answer_wraps_clear_of_its_letter() -> None:
    card = Card("Q", buttons=(Button("A", HOME, detail="one two three four five"),))
    assert card_text(card, 24).splitlines()[-2:] == ["[1] A. one two three", "       four five"]


def test_sources_are_listed_under_the_numbers_in_the_text() -> None:
    text = card_text(ANSWER, 80)
    assert "[1] Lesson 1 › Cost\n[2] Lesson 2 › Cache" in text


def test_a_menu_shows_what_it_says_about_each_choice() -> None:
    assert "Go on\n[4] Lesson 1 · read" in card_text(ANSWER, 80)


def test_a_folded_menu_takes_one_line_and_keeps_its_numbers() -> None:
    text = card_text(ANSWER, 80, folded=True)
    assert "[4] Go on · type list to see them" in text
    assert "Lesson 1 · read" not in text


@pytest.mark.parametrize(("tone", "mark"), [(Tone.GOOD, "✓"), (Tone.BAD, "✗"), (Tone.WARN, "!")])
def test_a_tone_is_told_by_a_sign_too(tone: Tone, mark: str) -> None:
    assert drawn(80, *draw_say(Say("So it is.", tone)).said) == f"{mark} So it is."


def test_a_picture_shows_where_its_file_is_unbroken() -> None:
    path = Path("/somewhere/quite/far/away/in/the/folders") / "a.png"
    text = drawn(40, *draw_picture(CARD.pictures[0], path))
    assert str(path) in text


def test_a_document_that_cannot_be_written_is_printed() -> None:
    document = Document("data.json", '{"learner": 1}', "This is all that is kept.")
    assert '{"learner": 1}' in drawn(80, *draw_document(document, None).said)


def test_course_text_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in card_text(Card("a\x1b[2Jb", body="c\x1b]0;d\x07"), 80)


def test_text_that_looks_like_the_markup_of_the_drawing_library_is_text() -> None:
    assert "[bold]not bold[/bold]" in card_text(Card("T", body="[bold]not bold[/bold]"), 80)
