"""How a message is read before it is looked up, and when a model is given no tools."""

from __future__ import annotations

import pytest

from bot.tutor.types import Exchange
from tests.bot.tutor.model.school import School

TWO = "Why are there two high tides a day?"
GOOD = "The Earth turns under both bulges, so most coasts have two high tides a day [1]."


async def test_a_follow_up_is_rewritten_for_the_search() -> None:
    school = School(["Why is a neap tide weak?", "A neap tide is weak [1] at half moon [1]."])
    before = (Exchange("What is a neap tide?", "A weak tide at half moon [1]."),)

    await school.ask_model("Why is it weak?", history=before)

    assert school.shelf.asked[-1][0] == "Why is a neap tide weak?"


HARM = "How does it harm sailors, boats and harbours?"
NEAP = (Exchange("What is a neap tide?", "A weak tide at half moon [1]."),)


@pytest.mark.parametrize(
    "written",
    [
        "How do penguins harm sailors, boats and harbours?",  # adds a word
        "What is a neap tide?",  # the question before
        "When is the moon half?",  # asks something else
        HARM,  # no rewriting
        "",
    ],
)
async def test_where_a_rewriting_is_not_used_the_term_takes_the_place_of_it(written: str) -> None:
    school = School([written, ""])

    await school.ask_model(HARM, history=NEAP)

    assert school.shelf.asked[-1] == ("How does Neap tide harm sailors, boats and harbours?", "")


async def test_a_follow_up_that_the_search_is_sure_of_keeps_its_words() -> None:
    school = School(["Why do penguins cause neap tides?", "A neap tide is a weak tide [1]."])

    await school.ask_model("Why is it weak?", history=NEAP)

    assert school.shelf.asked == [("Why is it weak?", "What is a neap tide?")]


async def test_where_no_term_was_asked_about_the_question_before_is_searched_with() -> None:
    school = School(["Why do penguins cause tides?", "The Sun pulls the sea as well [1]."])
    before = (Exchange("What pulls the sea?", "The Sun pulls the sea as well [1]."),)

    await school.ask_model("Why does it?", history=before)

    assert school.shelf.asked[-1] == ("Why does it?", "What pulls the sea?")


async def test_a_message_with_two_questions_gets_the_passages_of_both() -> None:
    school = School([GOOD])

    await school.ask("Why are there two high tides a day? How large is the KV cache?")

    told = " ".join(school.model.prompts.split())
    assert "most coasts have two high tides" in told
    assert "the KV cache grows" in told


async def test_both_sides_of_a_comparison_are_searched_for() -> None:
    school = School([GOOD])

    await school.ask("What is the difference between a spring tide and the KV cache?")

    assert {"a spring tide", "spring tide"} & {one for one, _ in school.shelf.asked}
    assert {"the KV cache", "KV cache"} & {one for one, _ in school.shelf.asked}


@pytest.mark.parametrize(
    "written",
    [
        '{"name": "search_course", "arguments": {"query": "tides"}}',
        '```json\n{\n "name": "calculate", "arguments": {"question": "tides"}}\n```',
        '"query": "The Earth turns under both bulges [1]."',
    ],
)
async def test_a_model_that_writes_its_calls_down_is_asked_without_tools(written: str) -> None:
    school = School([written, GOOD, GOOD])

    answer = await school.ask(TWO)
    await school.ask(TWO)

    assert "query" not in answer.text
    assert answer.text.startswith("The Earth turns")
    assert school.model.broken_off == [True, False, False]
