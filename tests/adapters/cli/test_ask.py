from __future__ import annotations

from adapters.cli.ask import answered, fields, plain
from tests.bot.tutor.lessons import tutor


def test_an_answer_is_told_in_the_contracts_words() -> None:
    told = fields(answered(tutor(), "what protein does wheat have?"))
    assert told["covered"] is True
    assert told["numbers"] == ["13%"]
    assert told["citations"][0]["quote"] == "Wheat | 13% | 5 hours"
    assert told["citations"][0]["lesson"] == "The Starter"
    assert told["citations"][0]["section_slug"] == "flours"


def test_the_question_before_is_leant_on() -> None:
    answer = answered(tutor(), "and rye?", "what protein does wheat have?")
    assert "8%" in answer.text


def test_plain_text_names_the_sources_below_the_answer() -> None:
    text = plain(answered(tutor(), "what protein does wheat have?"))
    assert "[1] The Starter / Flours compared" in text


def test_plain_text_has_no_markup() -> None:
    answer = answered(tutor(), "what is a starter?")
    assert "**Starter**: " in answer.text
    assert plain(answer).startswith("Starter: ")
