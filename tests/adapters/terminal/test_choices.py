"""Numbers for everything that can be pressed."""

from __future__ import annotations

from adapters.terminal.choices import Choices, Kind, number
from bot.actions import Action
from bot.replies import Button, Card, Choice, Menu, Source, Style

HOME = Action("menu", "learn")

QUESTION = Card(
    "Quiz",
    buttons=(
        Button("A", Action("quiz", "0"), detail="linear"),
        Button("B", Action("quiz", "1"), detail="quadratic"),
        Button("Hint", Action("quiz", "hint")),
    ),
)
ANSWER = Card(
    "Why?",
    buttons=(Button("Home", HOME, Style.PRIMARY),),
    menu=Menu("Go on", (Choice("Lesson 1", Action("menu", "lesson/1"), "read"),)),
    sources=(Source(1, "Lesson 1 › Cost", HOME), Source(2, "Lesson 2 › Cache", HOME)),
)


def numbers(choices: Choices) -> list[tuple[int, str]]:
    return [(entry.number, entry.label) for entry in choices.entries]


def test_buttons_are_numbered_from_one() -> None:
    assert numbers(number(QUESTION, Choices())) == [(1, "A"), (2, "B"), (3, "Hint")]


def test_a_source_is_opened_by_the_number_it_has_in_the_text() -> None:
    assert numbers(number(ANSWER, Choices())) == [
        (1, "Lesson 1 › Cost"),
        (2, "Lesson 2 › Cache"),
        (3, "Home"),
        (4, "Lesson 1"),
    ]


def test_a_second_card_goes_on_counting() -> None:
    first = number(QUESTION, Choices())
    assert [entry.number for entry in number(ANSWER, first).entries] == [4, 5, 6, 7]


def test_an_answer_is_told_from_a_button_by_the_text_behind_it() -> None:
    choices = number(QUESTION, Choices())
    assert [entry.detail for entry in choices.of(Kind.OPTION)] == ["linear", "quadratic"]
    assert [entry.label for entry in choices.of(Kind.BUTTON)] == ["Hint"]


def test_enter_presses_the_primary_button_alone() -> None:
    primary = number(ANSWER, Choices()).primary
    assert primary is not None
    assert primary.label == "Home"
    assert number(QUESTION, Choices()).primary is None


def test_a_card_without_choices_has_no_numbers() -> None:
    assert number(Card("Done"), Choices()).ends is None
