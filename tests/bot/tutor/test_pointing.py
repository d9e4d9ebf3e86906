"""A pronoun points back to the key term that the talk is about."""

from __future__ import annotations

import pytest

from bot.tutor.pointing import named
from bot.tutor.types import Exchange, Request
from tests.bot.tutor.lessons import COURSE, reply


def talk(*messages: str) -> tuple[Exchange, ...]:
    return tuple(Exchange(message, "") for message in messages)


@pytest.mark.parametrize(
    ("messages", "text", "full"),
    [
        (["What is a starter?"], "who described it?", "who described Starter?"),
        (["what is BF", "does it take long?"], "why is that?", "why is Bulk ferment?"),
        (["What is a starter?", "and hydration?"], "is it a ratio?", "is Hydration a ratio?"),
        (["What is a starter?"], "who described the method?", ""),
        ([], "who described it?", ""),
    ],
)
def test_the_key_term_last_asked_about_takes_the_place_of_its_pronoun(
    messages: list[str], text: str, full: str
) -> None:
    assert named(text, talk(*messages), COURSE) == full


def test_a_talk_that_has_turned_to_something_else_names_no_term() -> None:
    turned = talk("What is a starter?", "what is the weather in Paris?")
    assert named("who described it?", turned, COURSE) == ""


@pytest.mark.parametrize(
    ("messages", "text", "told"),
    [
        (["What is a starter?"], "so in which year was it first described, then?", "1994"),
        (["What is hydration?", "and bulk ferment?"], "what is it?", "first rise of the whole"),
    ],
)
async def test_a_follow_up_is_answered_of_the_key_term_where_the_talk_alone_finds_nothing(
    messages: list[str], text: str, told: str
) -> None:
    answer = await reply(Request(text, history=talk(*messages)))
    assert told in answer.text


async def test_a_follow_up_that_no_lesson_covers_is_declined_even_with_the_key_term() -> None:
    asked = Request("how much does it weigh on the moon?", history=talk("What is a starter?"))
    assert not (await reply(asked)).covered
