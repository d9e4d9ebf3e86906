"""The offline tutor beside a quiz: a hint that leads, a mistake explained, no key told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.settings import BUILT_IN_COURSE
from bot.tutor.corpus import Corpus
from bot.tutor.giving_away import gives_away
from bot.tutor.hint import hint
from bot.tutor.mistake import explained
from bot.tutor.types import Mistake, Request, Role
from knowledge.catalog import load_course
from knowledge.models import Option, Question
from tests.bot.tutor.lessons import HYDRATION, reply

YEAST = Question(
    id="q2",
    text="Why does a rye dough rise sooner than one of wheat?",
    options=(
        Option("It holds more enzymes, so it ferments faster", True, "Enzymes feed the yeast."),
        Option("It holds more protein, so gas is kept inside", False, "Wheat holds more of it."),
        Option("It is salted later than a wheat dough", False, "Salt comes at the same time."),
    ),
    lesson="1-starter",
    section="two-flours",
    hints=("Think of what feeds the yeast.",),
)
REAL = load_course(BUILT_IN_COURSE)
CORPUS = Corpus(REAL)
QUIZZES = [question for lesson in REAL.lessons for question in lesson.quiz]


def by_id(question: Question) -> str:
    return question.id


@pytest.mark.parametrize("question", QUIZZES, ids=by_id)
def test_a_hint_stands_in_the_lesson_and_does_not_give_the_answer_away(question: Question) -> None:
    answer = hint(question, CORPUS)
    [cited] = answer.citations
    assert (cited.lesson, cited.section) == (question.lesson, question.section)
    assert "[1]" in answer.text
    assert not gives_away(cited.quote, question, CORPUS)
    assert question.options[question.key].text not in answer.text
    assert not any(given in answer.text for given in question.hints)


@pytest.mark.parametrize("question", QUIZZES, ids=by_id)
def test_the_right_option_and_its_explanation_give_a_question_away(question: Question) -> None:
    right = question.options[question.key]
    assert gives_away(right.text, question, CORPUS)
    assert gives_away(f"{right.text} {right.why}", question, CORPUS)


@pytest.mark.parametrize(
    ("question", "paraphrase"),
    [
        ("l1-cost-ratio", "Four times the length makes the cost sixteen, that is 16×, as high."),
        ("l1-qkt-shape", "You end up with n² scores, every token against every token."),
        ("l1-gpt3-window", "Only 2.7% of the work was attention."),
        ("l2-window-cost", "With a constant window the cost is linear in the length: O(n * w)."),
        ("l3-mamba-inference", "Token 1,000,000 needs the same memory as token 1."),
        ("l3-needle-retrieval", "An SSM's hidden state is a lossy summary of the text."),
        ("l4-bandwidth-bound", "The arithmetic units are idle, because they wait for data."),
    ],
)
def test_a_paraphrase_of_the_right_option_gives_it_away(question: str, paraphrase: str) -> None:
    found = next(one for one in QUIZZES if one.id == question)
    assert gives_away(paraphrase, found, CORPUS)


@pytest.mark.parametrize("question", QUIZZES, ids=by_id)
def test_a_mistake_is_explained_with_both_reasons_and_a_place(question: Question) -> None:
    chosen = (question.key + 1) % len(question.options)
    answer = explained(Mistake(question, chosen), CORPUS)
    right = question.options[question.key]
    for said in (question.options[chosen].text, question.options[chosen].why, right.why):
        assert said in answer.text
    places = {(cited.lesson, cited.section) for cited in answer.citations}
    assert places <= {(question.lesson, question.section)}


async def test_a_question_without_a_section_gets_its_hint_from_the_lesson() -> None:
    answer = await reply(Request("hint", Role.HINT, quiz=replace(YEAST, section="")))
    assert answer.covered
    assert "more enzymes" not in answer.text


async def test_what_an_open_quiz_question_asks_is_answered_by_a_step_towards_it() -> None:
    asked = "why does rye ferment faster than wheat?"
    assert "because it has more enzymes" in (await reply(asked)).text
    answer = await reply(Request(asked, quiz=YEAST))
    assert answer.covered
    assert answer.on_subject
    assert "quiz question" in answer.text
    assert "enzymes" not in answer.text


async def test_everything_else_is_answered_as_ever_while_a_quiz_is_open() -> None:
    asked = "who described the method and when?"
    assert (await reply(Request(asked, quiz=YEAST))).text == (await reply(asked)).text


async def test_a_hint_for_what_the_open_test_question_asks_is_not_given() -> None:
    near = replace(YEAST, section=HYDRATION.section)
    for role in (Role.HINT, Role.MISTAKE):
        answer = await reply(
            Request("help", role, quiz=near, mistake=Mistake(near, 1), open_question=HYDRATION)
        )
        assert not answer.covered
        assert "test question" in answer.text


async def test_once_the_test_is_done_the_same_hint_is_given() -> None:
    assert (await reply(Request("help", Role.HINT, quiz=YEAST))).covered
