"""What a question names exactly: titles of works, and versions that a course does not have."""

from __future__ import annotations

import pytest

from knowledge.naming import Naming
from knowledge.retrieve import Library

NAMING = Naming(
    [
        'The paper "Bread Is All You Knead" (Miller, 2017) begins it. See "the dough".',
        "Oven-3 and Oven-4 bake alike. At 8 the oven 2 is lit. Llama 7B is no oven.",
        "Tokens of dough are kneaded for 10 minutes, and quantized.",
    ]
)


@pytest.mark.parametrize(
    "question", ["who wrote bread is all you knead", "Bread Is All You Knead: when?"]
)
def test_a_title_made_of_small_words_is_found_by_its_words(question: str) -> None:
    assert NAMING.works(question) == {0}


@pytest.mark.parametrize("question", ["bread is all", "is all you knead bread", "the dough", ""])
def test_part_of_a_title_or_a_short_quotation_is_no_title(question: str) -> None:
    assert NAMING.works(question) == set()


@pytest.mark.parametrize("question", ["how hot is Oven-5?", "oven5", "what is a tokenizer?"])
def test_a_version_or_a_thing_that_the_course_does_not_have_is_foreign(question: str) -> None:
    naming = Naming(["Oven-3 and Oven-4 bake alike. Tokens of dough."])
    assert naming.foreign(question)


@pytest.mark.parametrize(
    "question",
    ["how hot is Oven-4?", "oven 3x hotter", "oven 4,096", "oven 20 times", "llama 70b", "at 9",
     "token", "what is dough", "oven"],
)  # fmt: skip
def test_numbers_that_are_no_versions_are_not_foreign(question: str) -> None:
    assert not NAMING.foreign(question)


def test_a_library_finds_a_title_and_doubts_another_version(library: Library) -> None:
    asked = library.find("what does yeast ferment")
    assert asked.covered
    assert library.find("how does a fermentizer ferment").score < asked.score
