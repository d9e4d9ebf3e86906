"""Which sentence a question is about: by its names, its titles, its claim, its date."""

from __future__ import annotations

from pathlib import Path

from bot.tutor.bearing import nameless, reasoned
from bot.tutor.corpus import Corpus
from bot.tutor.intent import understand
from bot.tutor.query import query
from bot.tutor.types import Request
from bot.tutor.words import stem, words
from knowledge.models import Course, Lesson, Section
from tests.bot.tutor.lessons import reply, said

OVENS = """
Lids are not heated. A lid is used once, at the end, and no later loaf needs it. The paper \
"Heat Is All You Need" (Miller et al., 2017) calls this a cold lid.

An oven stores heat in its floor, because stone cools slowly. A cold floor makes flat loaves.

Zephyr (Adams and colleagues, 2021) introduced steam. The small Zephyr 2 7B bakes 40 loaves. \
Zephyr stores steam in one pipe. Steam ovens reduce the stored heat with thin floors.

A pizza tray needs little oil, because its bottom is coated. A pizza tray saves flour and oil \
but does not brown the crust, because its metal is thin.
"""

COURSE = Course(
    id="ovens",
    title="Ovens",
    description="Heat.",
    folder=Path("ovens"),
    lessons=(Lesson("1-ovens", 1, "Ovens", "Heat bakes.", (Section("heat", "Heat", OVENS),), ()),),
)


async def test_a_bare_claim_is_told_with_the_sentence_that_explains_it() -> None:
    answer = await reply("why are lids not heated?", COURSE)
    assert answer.text.startswith("Lids are not heated. [1] A lid is used once")


def test_a_reason_counts_only_for_the_claim_beside_it() -> None:
    corpus = Corpus(COURSE)
    own, aside = (one for one in corpus.units if one.text.startswith("A pizza tray"))
    asked = query(understand("why does a pizza tray need less oil?"), corpus)
    assert reasoned(asked, aside, corpus) < 0 < reasoned(asked, own, corpus)
    crust = query(understand("why does it not brown the crust?"), corpus)
    assert reasoned(crust, aside, corpus) > 0


async def test_a_title_of_small_words_leads_to_the_sentence_that_quotes_it() -> None:
    assert "Miller et al., 2017" in (await reply("who wrote heat is all you need?", COURSE)).text


def test_a_sentence_without_the_rarest_name_of_a_question_costs() -> None:
    corpus = Corpus(COURSE)
    asked = query(understand("how does Zephyr store its heat?"), corpus)
    costs = {unit.text: nameless(asked, unit, corpus) for unit in corpus.units}
    assert costs["Zephyr stores steam in one pipe."] == 0
    assert costs["A cold floor makes flat loaves."] > 0


async def test_a_follow_up_to_what_is_not_covered_is_not_covered_either() -> None:
    history = said("what is a zeppelin?", "The course does not cover this.")
    answer = await reply(Request("and how does it store heat?", history=history), COURSE)
    assert not answer.covered


def test_two_numbers_side_by_side_are_not_read_as_one() -> None:
    corpus = Corpus(COURSE)
    assert corpus.spelled(["zephyr", "2", "7b"]) == ["zephyr", "2", "7b"]


def test_how_big_asks_for_a_number_and_not_for_the_word() -> None:
    asked = query(understand("how big is the floor?"), Corpus(COURSE))
    assert set(asked.weights) == {stem("floor")}


def test_a_bare_why_leaves_the_numbers_of_a_sum_behind() -> None:
    asked = query(understand("why?"), Corpus(COURSE), "do 40 loaves need more heat")
    assert "40" not in asked.weights
    assert stem("heat") in asked.weights


def test_what_only_asks_for_a_date_is_set_apart() -> None:
    asked = query(understand("in what year was steam introduced?"), Corpus(COURSE))
    assert asked.dated == {stem("introduce")}


def test_a_root_and_a_plural_acronym_are_read_in_any_spelling() -> None:
    assert words("the square root of dₖ") == words("the sqrt dk") == words("the √dₖ")
    assert stem("ssms") == stem("ssm")
    assert stem("gpus") == stem("gpu")


async def test_why_after_a_question_in_numbers_is_answered_by_the_rule() -> None:
    history = said("how many loaves does Zephyr 2 7B bake?", "Zephyr 2 7B bakes 40 loaves. [1]")
    answer = await reply(Request("why does a floor store heat?", history=history), COURSE)
    assert "because stone cools slowly" in answer.text
