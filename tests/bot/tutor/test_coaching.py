"""The offline tutor beside a quiz: a hint that leads, a mistake explained, no key told."""

from __future__ import annotations

import re
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
from tests.bot.tutor.lessons import COURSE, HYDRATION, reply

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
BREAD = Corpus(COURSE)
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


def test_a_hint_does_not_turn_to_works_that_nobody_asked_about() -> None:
    [asked] = (question for question in QUIZZES if question.id == "l2-window-cost")
    assert not {"Longformer", "BERT", "Mistral"} & set(re.findall(r"\w+", hint(asked, CORPUS).text))


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


MISTAKES = [
    Mistake(question, chosen)
    for question in QUIZZES
    for chosen in range(len(question.options))
    if chosen != question.key
]


def by_option(mistake: Mistake) -> str:
    return f"{mistake.question.id}-{mistake.chosen}"


def card(mistake: Mistake) -> list[str]:
    """The sentences that stand on the card above an explained mistake."""
    options = mistake.question.options
    told = (options[mistake.chosen], options[mistake.question.key])
    texts = (mistake.question.text, *(part for one in told for part in (one.text, one.why)))
    return [part.rstrip(".") for text in texts for part in re.split(r"(?<=[.?!]) ", text)]


def lines(question: str, chosen: str) -> list[str]:
    """The paragraphs of an explained mistake of the built-in course; `chosen` begins the option."""
    found = next(one for one in QUIZZES if one.id == question)
    at = next(i for i, one in enumerate(found.options) if one.text.startswith(chosen))
    return explained(Mistake(found, at), CORPUS).text.split("\n\n")


@pytest.mark.parametrize("mistake", MISTAKES, ids=by_option)
def test_an_explained_mistake_quotes_the_lesson_and_does_not_repeat_the_card(
    mistake: Mistake,
) -> None:
    answer = explained(mistake, CORPUS)
    assert not [said for said in card(mistake) if len(said) >= 20 and said in answer.text]
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)}
    assert marks == {cited.number for cited in answer.citations}
    places = {(cited.lesson, cited.section) for cited in answer.citations}
    assert (mistake.question.lesson, mistake.question.section) in places


@pytest.mark.parametrize(
    ("question", "chosen", "term", "subject"),
    [
        ("l2-flash-how", "It scores only", "Sparse attention", "FlashAttention"),
        ("l3-mamba-inference", "Its memory per token", "KV cache", "Mamba"),
        ("l3-linear-attention-trick", "It computes", "FlashAttention", "Linear attention"),
        ("l4-paging-throughput", "It stored", "KV cache quantization", "PagedAttention"),
        ("l4-bandwidth-bound", "Arithmetic units are", "Compute bound", "Memory bandwidth bound"),
    ],
)
def test_what_was_taken_for_what_is_named_and_both_meanings_stand_side_by_side(
    question: str, chosen: str, term: str, subject: str
) -> None:
    lead, meanings, *_ = lines(question, chosen)
    assert f"belongs to **{term}**, and the question asks about **{subject}**" in lead
    first, second = meanings.splitlines()
    assert first.startswith(f"- **{term}**: ")
    assert second.startswith(f"- **{subject}")


@pytest.mark.parametrize(
    ("question", "chosen", "said"),
    [
        ("l1-cost-ratio", "4X", "the length ratio itself"),
        ("l1-cost-ratio", "8X", "your number is 2 × 4"),
        ("l1-cost-ratio", "64X", "4 × 4 × 4"),
        ("l1-qkt-shape", "A dₖ", "the shape of KᵀQ"),
        ("l1-gpt3-window", "It was most", "easy to believe"),
        ("l2-window-cost", "O(n + w)", "you added n and w"),
        ("l2-global-token", "Tokens in a window", "a matter of order, and it is one of distance"),
        ("l4-gqa-factor", "Each run", "a matter of tokens, and it is one of heads"),
        ("l4-gqa-factor", "All 64", "turns on **Head dimension"),
    ],
)
def test_the_first_sentence_says_what_was_confused(question: str, chosen: str, said: str) -> None:
    assert said in lines(question, chosen)[0]


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("l1-cost-ratio", "4² = **16 times**"),
        ("l1-gpt3-window", "n / (n + 6·d) = **2.7%**"),
        ("l4-gqa-factor", "64 / 8 = **8**"),
    ],
)
def test_where_the_question_has_numbers_the_calculator_shows_the_sum(
    question: str, result: str
) -> None:
    found = next(one for one in QUIZZES if one.id == question)
    wrong = [i for i in range(len(found.options)) if i != found.key]
    for chosen in wrong:
        told = explained(Mistake(found, chosen), CORPUS).text.split("\n\n")[-1]
        assert told.startswith("By the calculator: ")
        assert result in told


def test_a_number_that_stands_in_no_simple_relation_is_said_to_be_too_small_or_too_large() -> None:
    question = next(one for one in QUIZZES if one.id == "l1-cost-ratio")
    options = (*question.options, Option("2X", False, "No."), Option("160X", False, "No."))
    wider = replace(question, options=options)
    small, large = (explained(Mistake(wider, at), CORPUS).text for at in (4, 5))
    assert "8 times too small" in small
    assert "10 times too large" in large


def test_a_sum_that_does_not_bear_out_the_key_is_not_shown() -> None:
    question = next(one for one in QUIZZES if one.id == "l1-cost-ratio")
    wrong = tuple(
        replace(one, text="5X", why="So it is.") if one.correct else one for one in question.options
    )
    assert "calculator" not in explained(Mistake(replace(question, options=wrong), 0), CORPUS).text


def test_a_mistake_in_any_course_is_explained_or_sent_back_to_the_section() -> None:
    for section in ("two-flours", ""):
        for chosen in (1, 2):
            answer = explained(Mistake(replace(YEAST, section=section), chosen), BREAD)
            assert answer.text
            assert answer.covered


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
