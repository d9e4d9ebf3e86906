"""A real small model, on this machine alone: whatever it writes, the guards hold.

Nothing is asserted about its wording: it invents dates, names and numbers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, suppress

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

from benchmarks.tutor.serving import Served, serving
from benchmarks.tutor.small_server import missing
from bot.settings import Settings
from bot.tutor.model.calls import Caller, Deadline, Whole
from bot.tutor.model.chat_model import open_chat_model
from bot.tutor.model.faults import ModelError, Why
from bot.tutor.model.meter import Meter
from bot.tutor.number_guard import unsupported
from bot.tutor.types import Draft, Request
from tests.bot.tutor.model.school import TEST, Book, School

pytestmark = [
    pytest.mark.real_model,
    pytest.mark.skipif(bool(missing()), reason=f"no small model here: {missing()}"),
]

QUESTIONS = (
    "Why are there two high tides a day?",
    "What is a neap tide?",
    "How does the size of the KV cache grow with the context?",
    "What does grouped-query attention do to the cache?",
)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """The small model, served while these tests run."""
    with serving() as server:
        yield server


def chat(served: Served, **settings: object) -> BaseChatModel:
    """The real client of the served model."""
    return open_chat_model(
        Settings(
            _env_file=None,
            model="openai:smollm2-135m",
            model_base_url=served.base_url,
            model_max_tokens=settings.pop("most", 160),
            **settings,
        )
    )


@pytest.mark.parametrize("question", QUESTIONS)
async def test_whatever_it_writes_the_learner_reads_what_the_lessons_carry(
    served: Served, question: str
) -> None:
    book = Book()
    school = School([], chat=chat(served), ledger=book)

    answer = await school.ask(question)

    assert answer.covered
    assert answer.citations
    marks = {f"[{one.number}]" for one in answer.citations}
    assert all(mark in answer.text for mark in marks)
    sections = {(one.lesson, one.section) for one in answer.citations}
    bodies = [
        f"{lesson.title} {section.title} {section.body}"
        for lesson in school.course.lessons
        for section in lesson.sections
        if (lesson.slug, section.slug) in sections
    ]
    terms = [term.meaning for lesson in school.course.lessons for term in lesson.terms]
    assert unsupported(answer.text, [*bodies, *terms, question]) == ()
    assert book.settled[0][0] > 0
    assert book.settled[0][1] in (None, Why.UNGROUNDED, Why.CUT, Why.EMPTY, Why.LEAK)


async def test_it_streams_and_counts_tokens(served: Served) -> None:
    caller, meter, whole = Caller(chat(served)), Meter(), Whole()
    stream = caller.stream([HumanMessage("Say hello.")], (), Deadline(60), meter, whole)

    pieces = []
    with suppress(ModelError):  # it may talk up to its limit
        async for piece in stream:
            pieces.append(piece)  # noqa: PERF401 (what came before the limit is wanted too)

    assert len(pieces) > 1
    assert meter.total > 0


async def test_tools_may_be_offered_and_are_not_called(served: Served) -> None:
    school = School([], chat=chat(served))

    answer = await school.ask("How much more does attention cost at 128K tokens than at 8K?")

    assert "256" in answer.text
    assert answer.steps


async def test_a_slow_prefill_that_outlasts_the_deadline_leaves_the_answer_to_the_lessons(
    served: Served,
) -> None:
    book = Book()
    school = School([], chat=chat(served), seconds=0.01, ledger=book)

    answer = await school.ask(QUESTIONS[0])

    assert "took too long" in answer.text
    assert book.settled[0][1] is Why.TIMEOUT


async def test_leaving_frees_the_server_for_the_next_learner(served: Served) -> None:
    model = chat(served, most=2000)
    first = Caller(model).stream(
        [HumanMessage("Count upwards from one in words, without end.")],
        (),
        Deadline(60),
        Meter(),
        Whole(),
    )
    async with aclosing(first):
        await anext(first)

    # The server works on one answer at a time: this one waits until the first is given up.
    async with asyncio.timeout(60):
        assert (await School([], chat=chat(served)).ask(QUESTIONS[1])).covered


async def test_a_test_question_that_is_open_stays_closed(served: Served) -> None:
    school = School([], chat=chat(served))
    key = TEST.options[TEST.key].text

    answer = await school.ask("How strong is the tide of the Sun?", open_question=TEST)

    assert key.lower() not in answer.text.lower()


async def test_a_server_that_is_killed_in_the_middle_is_survived() -> None:
    with serving() as server:
        book = Book()
        school = School([], chat=chat(server, most=600), ledger=book)
        pieces = school.tutor.answer(Request(QUESTIONS[0]))
        async with aclosing(pieces):
            task = asyncio.ensure_future(anext(pieces))
            await asyncio.sleep(0)
            server.kill()
            found = [await task]
            found += [piece async for piece in pieces]

        answer = found[-1]
        assert not isinstance(answer, Draft)
        assert answer.covered
        assert "cannot be reached" in answer.text
        assert book.settled[0][1] is Why.DOWN
        again = await school.ask(QUESTIONS[1])
        assert "cannot be reached" in again.text
