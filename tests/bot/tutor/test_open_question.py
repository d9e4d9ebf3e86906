from __future__ import annotations

from dataclasses import replace

import pytest

from bot.tutor.corpus import Corpus
from bot.tutor.open_question import concerns, reveals
from bot.tutor.types import Request
from tests.bot.tutor.lessons import COURSE, HYDRATION, reply

CORPUS = Corpus(COURSE)


@pytest.mark.parametrize(
    "text",
    [
        "A dough has 700 grams of water and 1,000 grams of flour. What is its hydration?",
        "what is 700 by 1000?",
        "hydration of a dough with 700 grams water and 1000 flour",
    ],
)
async def test_the_open_question_is_not_discussed(text: str) -> None:
    answer = await reply(Request(text, open_question=HYDRATION))
    assert (answer.covered, answer.on_subject) == (False, False)
    assert "test question" in answer.text


async def test_its_section_is_not_told_either() -> None:
    answer = await reply(Request("the formula for water and flour?", open_question=HYDRATION))
    assert not answer.covered


async def test_other_subjects_are_answered_as_ever() -> None:
    answer = await reply(Request("why does rye ferment faster?", open_question=HYDRATION))
    assert "because it has more enzymes" in answer.text


async def test_once_it_is_answered_the_tutor_talks_again() -> None:
    assert (await reply("what is the formula for hydration?")).covered


async def test_a_calculation_over_its_lengths_is_not_made() -> None:
    lengths = replace(
        HYDRATION, text="A 16K context costs X. What does a 64K context cost?", section=""
    )
    answer = await reply(Request("attention cost of 64K against 16K", open_question=lengths))
    assert not answer.covered
    assert answer.steps == ()


def test_an_answer_that_says_the_key_is_caught() -> None:
    assert reveals("The hydration of this dough is 70%.", HYDRATION, CORPUS)
    assert not reveals("Rye ferments faster than wheat.", HYDRATION, CORPUS)


def test_a_message_about_something_else_does_not_concern_it() -> None:
    assert not concerns("what is a bulk ferment?", HYDRATION, CORPUS)
