"""Whether a sentence says of each thing what its source says of it."""

from __future__ import annotations

import pytest

from bot.settings import BUILT_IN_COURSE
from bot.tutor.corpus import Corpus
from bot.tutor.model.bindings import misbound
from bot.tutor.model.citations import rambles
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.roles import exchanged, turned
from bot.tutor.pieces import Kind
from knowledge.catalog import load_course
from knowledge.chunking import passages
from tests.bot.tutor.model.school import course

CORPUS = Corpus(course())
SHARE = "Grouped-query attention (GQA) lets several query heads share one KV head."
SLOWER = "This traffic often takes more time than the arithmetic."
GROWTH = ["The scores grow with n².", "The projections grow with O(n)."]


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("Several KV heads share one query head.", SHARE),
        ("32 KV heads share 8 query heads.", "Its 32 query heads share 8 KV heads."),
        ("The arithmetic often takes more time than this traffic.", SLOWER),
        ("The Earth pulls the Moon.", "The Moon pulls the Earth."),
        ("A neap tide is pulled up by the Sun.", "A neap tide pulls up the Sun."),
        ("The Sun raises a spring tide.", "The Moon raises a spring tide, and the Sun helps."),
    ],
)
def test_parts_that_changed_places_are_noticed(said: str, source: str) -> None:
    assert exchanged(said, source, CORPUS)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        (SHARE, SHARE),
        ("One KV head is shared by several query heads.", SHARE),
        ("The water is pulled by the Moon.", "The Moon pulls the water on its near side."),
        ("A neap tide is a weak tide.", "At a right angle, the result is a weak neap tide."),
        ("Queries, keys and values are made.", "Values, keys and queries are made."),
        (
            "The cache grows with the text.",
            "The weights do not grow with the text; the cache does.",
        ),
    ],
)
def test_other_words_for_the_same_are_no_exchange(said: str, source: str) -> None:
    assert not exchanged(said, source, CORPUS)


def test_one_opposite_word_in_a_clause_turns_it() -> None:
    source = "A token may see itself and the tokens before it, but none after it."
    assert turned("A token sees the tokens after it, but none before it.", source)
    assert not turned("A token may see the tokens before it, but none after it.", source)


@pytest.mark.parametrize(
    ("said", "sources", "wrong"),
    [
        ("A ripe loaf weighs 900 grams.", ["A ripe loaf weighs 700 grams, a roll 900."], True),
        ("A ripe loaf weighs 700 grams.", ["A ripe loaf weighs 700 grams, a roll 900."], False),
        ("The projections grow with n².", GROWTH, True),
        ("The scores grow with n².", GROWTH, False),
    ],
)
def test_a_number_belongs_to_what_the_source_says_it_of(
    said: str, sources: list[str], wrong: bool
) -> None:
    assert misbound(said, sources, (), CORPUS) is wrong


def test_the_learners_own_numbers_belong_where_they_are_put() -> None:
    sources = ["A ripe loaf weighs 700 grams, a roll 900."]
    assert not misbound("A ripe loaf weighs 900 grams.", sources, ["mine weighs 900"], CORPUS)


def test_a_sentence_of_the_same_few_words_rambles() -> None:
    assert rambles("No, the KV cache is not a feature of BERT, but a feature of the KV cache.")
    assert not rambles("A global token attends to every token, and every token attends to it.")


def test_no_sentence_of_the_course_is_held_against_its_own_section() -> None:
    real = load_course(BUILT_IN_COURSE)
    corpus = Corpus(real)
    for (lesson, section), units in corpus.by_section.items():
        grounds = Grounds(real, corpus, ())
        grounds.add(p for p in passages(real) if (p.lesson, p.section) == (lesson, section))
        parts = [x for source in grounds.sources for x in source.parts if not x.pair and not x.myth]
        quotes = [part.quote for part in parts]
        plain = [one for one in units if one.kind is Kind.SENTENCE and not one.myth]
        for unit in (one for one in plain if not one.before):
            assert not misbound(unit.text, quotes, (), corpus), unit.text
            assert not exchanged(unit.text, unit.quote, corpus), unit.text
            assert not turned(unit.text, unit.quote), unit.text
