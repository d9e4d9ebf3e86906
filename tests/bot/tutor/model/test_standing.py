"""A model has to earn that its words may stand beside the lesson's."""

from __future__ import annotations

import pytest

from bot.tutor.corpus import Corpus
from bot.tutor.model.completing import completed
from bot.tutor.model.faults import Why
from bot.tutor.model.meter import Tally
from bot.tutor.model.standing import LEAST, RECENT, Standing, held_up
from bot.tutor.types import Answer
from tests.bot.tutor.model.school import School, course

TWO = "Why are there two high tides a day?"
HALF = "Most coasts have two high tides a day [1]."
GOOD = "The Earth turns under both bulges, so most coasts have two high tides a day [1]."


async def test_an_unproven_model_that_lacks_the_nearest_sentence_gives_way_to_the_lesson() -> None:
    answer = await School([HALF], proven=False).ask(TWO)

    assert answer.text.startswith("The Earth turns under both bulges")
    assert "In the lesson’s words" not in answer.text


async def test_an_unproven_model_that_has_the_nearest_sentence_is_shown() -> None:
    answer = await School(
        [f"{GOOD} They come about 12 hours and 25 minutes apart [1]."], proven=False
    ).ask(TWO)

    assert "They come about 12 hours" in answer.text


@pytest.mark.parametrize("proven", [True, False])
def test_what_the_offline_tutor_declines_only_a_proven_model_answers(proven: bool) -> None:
    moon = "The Moon pulls the water on its near side more than the Earth [1]."
    question = "Which crater of the Moon is on its near side and has water?"
    plain = Answer("No.", covered=False, on_subject=False)
    model = Answer(moon, covered=True, on_subject=True)

    kept = completed(question, model, plain, Corpus(course()), proven=proven)

    assert kept.covered is proven


async def test_bad_answers_cost_a_proven_model_its_standing() -> None:
    school = School([""] * LEAST + [HALF])
    for _ in range(LEAST):
        await school.ask(TWO)

    answer = await school.ask(TWO)

    assert answer.text.startswith("The Earth turns under both bulges")


def test_a_model_is_proven_by_enough_answers_that_hold() -> None:
    standing = Standing()
    for _ in range(LEAST - 1):
        standing = standing.after(held_up(Tally(kept=2), None))
    assert not standing.proven

    assert standing.after(held_up(Tally(kept=2), None)).proven


@pytest.mark.parametrize(
    ("tally", "why"),
    [(Tally(kept=3, dropped=1), None), (Tally(), Why.UNGROUNDED), (Tally(kept=1), Why.CUT)],
)
def test_an_answer_fails_by_a_dropped_sentence_or_as_a_whole(tally: Tally, why: Why | None) -> None:
    standing = Standing((True,) * (RECENT - 4))
    for _ in range(5):
        standing = standing.after(held_up(tally, why))

    assert not standing.proven


@pytest.mark.parametrize("why", [Why.TIMEOUT, Why.BUSY, None])
def test_no_answer_counts_for_nothing(why: Why | None) -> None:
    standing = Standing()
    for _ in range(RECENT):
        standing = standing.after(held_up(Tally(), why))

    assert standing == Standing()


def test_only_the_last_answers_count() -> None:
    standing = Standing((False,) * RECENT)
    for _ in range(RECENT):
        standing = standing.after(True)

    assert standing == Standing((True,) * RECENT)
