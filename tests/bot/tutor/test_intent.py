from __future__ import annotations

import pytest

from bot.tutor.intent import Wants, understand
from bot.tutor.reading import last_question, parts
from bot.tutor.types import Exchange


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("what is GQA?", Wants.DEFINITION),
        ("sliding window?", Wants.DEFINITION),
        ("wat is a kv cache", Wants.DEFINITION),
        ("can you tell me what a rolling buffer is?", Wants.DEFINITION),
        ("why is attention quadratic?", Wants.WHY),
        ("how come it grows", Wants.WHY),
        ("GQA vs MQA", Wants.COMPARISON),
        ("how does Mamba differ from S4?", Wants.COMPARISON),
        ("how many layers does it have?", Wants.COUNT),
        ("who invented MQA", Wants.PERSON),
        ("when was Longformer published?", Wants.TIME),
        ("in what year was S4 introduced", Wants.TIME),
        ("when?", Wants.TIME),
        ("when would Mamba beat a transformer", Wants.EXAMPLE),
        ("when does the window matter", Wants.FACT),
        ("which sparse patterns are there?", Wants.LIST),
        ("how does FlashAttention work?", Wants.HOW),
        ("is BigBird strided?", Wants.CHECK),
        ("what's the formula for the cache", Wants.FORMULA),
        ("say more", Wants.MORE),
        ("I don't get it", Wants.SIMPLER),
        ("an example?", Wants.EXAMPLE),
    ],
)
def test_a_question_is_understood(text: str, wants: Wants) -> None:
    assert understand(text).wants is wants


def test_both_sides_of_a_comparison_are_found() -> None:
    assert understand("What is the difference between GQA and MQA?").sides == ("GQA", "MQA")


@pytest.mark.parametrize("text", ["why?", "say more", "and?", "can you give an example?"])
def test_a_message_without_content_leans_on_the_talk(text: str) -> None:
    assert understand(text).leans


def test_a_message_of_two_questions_has_two_parts() -> None:
    found = parts("Design a task where A wins, and then design a task where B wins. Why each?", ())
    assert [part.asked.text for part in found] == [
        "Design a task where A wins",
        "design a task where B wins.",
    ]


def test_a_whole_question_after_and_is_no_follow_up() -> None:
    assert understand("and linear attention?").swaps
    whole = understand("And how many layers of Jamba use attention?")
    assert not whole.swaps
    assert len(parts("When did it appear? And how many layers use attention?", ())) == 2


def test_the_last_question_that_asked_something_is_the_one_to_lean_on() -> None:
    history = (Exchange("what is GQA?", "…"), Exchange("why?", "…"), Exchange("say more", "…"))
    assert last_question(history) == "what is GQA?"
