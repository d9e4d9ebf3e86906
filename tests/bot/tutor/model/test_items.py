"""The messages that a tutor is measured on, and the rules by which answers are judged."""

from __future__ import annotations

import re

import pytest

from benchmarks.tutor.items import SETS, Item, items
from benchmarks.tutor.judge import judge
from bot.settings import BUILT_IN_COURSE
from bot.tutor.types import Answer
from knowledge.catalog import load_course

COURSE = load_course(BUILT_IN_COURSE)


@pytest.mark.parametrize("name", SETS)
def test_a_set_asks_much_and_has_much_that_must_be_declined(name: str) -> None:
    asked = [one for one in items(COURSE, name) if one.judged]

    assert len(asked) >= 45
    assert sum(one.declines for one in asked) >= 13
    assert len({one.text for one in asked}) == len(asked)


@pytest.mark.parametrize("name", SETS)
def test_a_question_repeated_is_no_answer_to_it(name: str) -> None:
    for item in items(COURSE, name):
        if item.say:
            assert not judge(item, said(item.text), COURSE, ()).right


def test_the_halves_share_no_message() -> None:
    halves = [{one.text for one in items(COURSE, name)} for name in ("dev", "held out")]

    assert not halves[0] & halves[1]


def test_what_stands_only_in_the_steps_is_no_answer() -> None:
    item = Item("lab", "And compared to 32K?", say=("16 times",))
    answer = Answer("", covered=True, on_subject=True, steps=("That is 16 times as much.",))

    assert not judge(item, answer, COURSE, ()).right
    assert judge(item, said("It is 16 times as much."), COURSE, ()).right


def test_a_message_that_must_be_declined_is_right_only_without_an_answer() -> None:
    item = Item("outside", "What is LoRA?", declines=True)

    assert judge(item, Answer("No.", covered=False, on_subject=False), COURSE, ()).right
    assert not judge(item, said("A method."), COURSE, ()).right


def said(text: str) -> Answer:
    """An answer with this text."""
    assert re.search(r"\w", text)
    return Answer(text, covered=True, on_subject=True)
