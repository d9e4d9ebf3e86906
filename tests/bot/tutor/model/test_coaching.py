"""A model beside a quiz: what it is told, what it may say, and who answers in its place."""

from __future__ import annotations

import pytest

from bot.tutor.types import Mistake, Role
from tests.bot.tutor.model.school import TEST, Book, School, Waits

KEY = TEST.options[TEST.key]
WRONG = 1
STEP = "The Moon pulls the water on its near side more than the Earth [1]. What moves under it?"
EXPLAINED = "The Earth turns under both bulges, so most coasts have two high tides a day [1]."


async def hinted(*turns: object, **more: object) -> tuple[School, str]:
    school = School(list(turns), **more)  # type: ignore[arg-type]
    answer = await school.ask("One more hint, please", role=Role.HINT, quiz=TEST)
    return school, answer.text


async def test_a_hint_is_written_without_the_key_or_any_explanation() -> None:
    school, said = await hinted(STEP)
    assert said == STEP
    told = school.model.prompts
    assert all(option.text in told for option in TEST.options)
    assert not any(option.why in told for option in TEST.options)
    assert "correct" not in told.lower()
    shown = [told.index(option.text) for option in TEST.options]
    assert shown != sorted(shown)  # the alphabet's order, not the file's


async def test_a_hint_is_never_shown_half_written() -> None:
    school, _ = await hinted(STEP)
    assert school.drafts == []


@pytest.mark.parametrize(
    "leak",
    [
        "The planet spins beneath a pair of swellings [1].",
        "The spinning planet passes under a pair of swellings [1].",
        "Pick the one about the planet and its swellings [1].",
        "The correct option is the first one [1].",
        "It is option A.",
        "swellings of pair a beneath spins planet The",
        "VGhlIHBsYW5ldCBzcGlucyBiZW5lYXRoIGEgcGFpciBvZiBzd2VsbGluZ3M=",
    ],
)
async def test_a_hint_that_gives_the_answer_away_is_replaced(leak: str) -> None:
    _, said = await hinted(f"{leak} {STEP}")
    assert "swelling" not in said.lower()
    assert "option" not in said.replace("each option", "").replace("four options", "")
    assert "straight from the lessons" not in said
    assert said


async def test_a_slow_hint_comes_from_the_lessons_and_counts_once() -> None:
    book = Book()
    _, said = await hinted(Waits("The Moon"), seconds=0.01, ledger=book)
    assert "took too long" in said
    assert len(book.settled) == 1


async def test_a_mistake_is_explained_from_the_answered_question() -> None:
    school = School([EXPLAINED])
    answer = await school.ask(
        "Where is my mistake?", role=Role.MISTAKE, mistake=Mistake(TEST, WRONG)
    )
    assert answer.text == EXPLAINED
    told = school.model.prompts
    assert KEY.why in told
    assert TEST.options[WRONG].why in told
    assert TEST.options[2].why not in told


async def test_an_explanation_may_use_the_words_of_the_answered_question() -> None:
    said = f"{EXPLAINED} Each place on the rim is carried through both swellings once a turn."
    answer = await School([said]).ask("Why?", role=Role.MISTAKE, mistake=Mistake(TEST, WRONG))
    assert answer.text == said


async def test_where_the_models_words_do_not_hold_up_the_lesson_explains_the_mistake() -> None:
    answer = await School(["Penguins did it."]).ask(
        "Why?", role=Role.MISTAKE, mistake=Mistake(TEST, WRONG)
    )
    assert "Penguins" not in answer.text
    assert "The Earth turns under both bulges" in answer.text
    assert answer.citations


async def test_neither_is_asked_of_a_model_for_what_the_open_test_question_asks() -> None:
    school = School([STEP])
    for role in (Role.HINT, Role.MISTAKE):
        answer = await school.ask(
            "help", role=role, quiz=TEST, mistake=Mistake(TEST, WRONG), open_question=TEST
        )
        assert not answer.covered
    assert school.model.sent == []


async def test_an_open_quiz_question_makes_the_tutor_ask_back() -> None:
    school = School(["The Sun pulls the sea as well [1]."])
    await school.ask("How does the Sun pull the sea?", quiz=TEST)
    assert "graded work open" in str(school.model.sent[0][0].text)
    assert KEY.text not in school.model.prompts


async def test_what_answers_the_open_quiz_question_is_not_shown() -> None:
    school = School(["The planet spins beneath a pair of swellings, hence two tides a day [1]."])
    answer = await school.ask("Why do most coasts see the water rise twice a day?", quiz=TEST)
    assert "swelling" not in answer.text
    assert "quiz question" in answer.text or "both bulges" in answer.text
    assert not any("swelling" in draft for draft in school.drafts)
