from __future__ import annotations

from bot.tutor.corpus import Corpus
from bot.tutor.pieces import Kind, pieces, row_in_words
from bot.tutor.sentences import units
from tests.bot.tutor.lessons import COURSE


def test_a_paragraph_becomes_sentences_under_its_label() -> None:
    found = list(pieces("**A warning.** Stir well (see Fig. 2, et al.). Then wait 2.5 hours. Why?"))
    assert [piece.text for piece in found] == [
        "Stir well (see Fig. 2, et al.).",
        "Then wait 2.5 hours.",
    ]
    assert found[0].context == "A warning"


def test_pictures_and_headings_are_not_quoted() -> None:
    body = '### A heading\n\n![alt](figures/a.png "caption")\n\nA sentence.'
    assert [piece.text for piece in pieces(body)] == ["A sentence."]


def test_a_row_that_begins_with_a_measure_names_its_column() -> None:
    assert row_in_words(("From", "To", "Work"), ("8K", "32K", "16×")) == (
        "From: 8K; To: 32K; Work: 16×."
    )
    assert row_in_words(("Flour", "Rise"), ("Rye", "3 hours")) == "Rye – Rise: 3 hours."


def test_a_sentence_that_leans_brings_the_one_before_it() -> None:
    corpus = Corpus(COURSE)
    leaning = next(unit for unit in corpus.units if unit.text.startswith("It rises"))
    assert [unit.text for unit in corpus.bundle(leaning)] == [
        "A starter is a living mix of flour and water.",
        "It rises because wild yeast makes gas.",
    ]


def test_a_mistake_and_its_correction_are_one_bundle() -> None:
    corpus = Corpus(COURSE)
    myth = next(unit for unit in corpus.units if unit.myth)
    assert [unit.text[:7] for unit in corpus.bundle(myth)] == ["It is o", "In fact"]


def test_an_announced_example_is_said_with_the_example() -> None:
    corpus = Corpus(COURSE)
    announced = next(unit for unit in corpus.units if "good example" in unit.text)
    assert len(corpus.bundle(announced)) == 3


def test_key_terms_are_units_that_quote_their_meaning() -> None:
    term = next(unit for unit in units(COURSE) if unit.kind is Kind.TERM)
    assert term.text == "**Starter**: A mix of flour and water in which wild yeast lives."
    assert term.quote == "A mix of flour and water in which wild yeast lives."


def test_learners_words_are_read_as_the_course_spells_them() -> None:
    corpus = Corpus(COURSE)
    assert corpus.spelled(["startr"]) == ["starter"]
    assert corpus.spelled(["wildyeast"]) == ["wild", "yeast"]
    assert corpus.mended("hydartion") == ("hydration",)
