"""When the model fails, the offline tutor answers, says so, and everything counts once."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace

import httpx
import pytest
import structlog.testing

from bot.errors import LearnerError
from bot.tutor.model.faults import Why, classify
from bot.tutor.types import Draft, Exchange, Request
from knowledge.errors import NotReadyError
from knowledge.retrieve import Found
from tests.bot.tutor.model.school import Book, Dies, Ends, School, Waits

TWO = "Why are there two high tides a day?"
GOOD = "The Earth turns under both bulges, so most coasts have two high tides a day [1]. "


class RefusedError(Exception):
    """A provider's error with an HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__("Incorrect API key provided: sk-secret-123")
        self.status_code = status


FAULTS = [
    (RefusedError(401), Why.KEY, "cannot be reached"),
    (RefusedError(429), Why.RATE, "cannot be reached"),
    (RefusedError(500), Why.DOWN, "cannot be reached"),
    (RefusedError(400), Why.BROKEN, "did not come through whole"),
    (httpx.ConnectError("refused"), Why.DOWN, "cannot be reached"),
    (httpx.ReadTimeout("slow"), Why.TIMEOUT, "took too long"),
    (TimeoutError(), Why.TIMEOUT, "took too long"),
    ("", Why.EMPTY, "did not come through whole"),
    (Ends(GOOD, "length"), Why.CUT, "did not come through whole"),
    ("The Earth turns under both", Why.CUT, "did not come through whole"),
    (Dies(GOOD, httpx.RemoteProtocolError("gone")), Why.DOWN, "cannot be reached"),
    (Dies(GOOD, ValueError("bad chunk")), Why.BROKEN, "did not come through whole"),
    ("Penguins cause tides by swimming.", Why.UNGROUNDED, "did not hold up"),
]


@pytest.mark.parametrize(("turn", "why", "words"), FAULTS, ids=lambda value: str(value)[:30])
async def test_the_offline_tutor_answers_says_so_and_the_call_is_settled_once(
    turn: object, why: Why, words: str
) -> None:
    book = Book()
    school = School([turn], ledger=book)

    answer = await school.ask(TWO)

    assert answer.covered
    assert answer.on_subject
    assert answer.citations
    assert words in answer.text.split("\n\n")[0]
    assert [(why_, stopped) for _, why_, stopped in book.settled] == [(why, False)]


async def test_a_good_answer_is_settled_once_and_paid_for() -> None:
    book = Book()

    await School([GOOD], ledger=book).ask(TWO, learner=7, workspace="slack:T1")

    [(spent, why, stopped)] = book.settled
    assert spent > 100
    assert (why, stopped) == (None, False)
    assert (book.admitted[0].learner, book.admitted[0].workspace) == (7, "slack:T1")


async def test_an_answer_that_takes_too_long_is_given_up() -> None:
    book = Book()
    school = School([Waits(GOOD)], seconds=0.05, ledger=book)

    answer = await school.ask(TWO)

    assert "took too long" in answer.text
    assert school.model.broken_off == [True]
    assert book.settled[0][1] is Why.TIMEOUT


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.DOWN, "cannot be reached"),
        (Why.BUSY, "Many questions"),
        (Why.LEARNER_BUDGET, "today's share"),
        (Why.WORKSPACE_BUDGET, "This workspace has used up"),
    ],
)
async def test_a_call_that_is_not_admitted_is_not_made(why: Why, words: str) -> None:
    book = Book(refuses=why)
    school = School([], ledger=book)

    answer = await school.ask(TWO)

    assert words in answer.text
    assert school.model.sent == []
    assert book.settled == []


async def test_leaving_in_the_middle_ends_the_providers_call_and_counts_no_fault() -> None:
    book = Book()
    school = School([Waits(f"{GOOD}The Moon pulls")], ledger=book)

    async with aclosing(school.tutor.answer(Request(TWO))) as pieces:
        assert isinstance(await anext(pieces), Draft)

    assert school.model.broken_off == [True]
    assert [(why, stopped) for _, why, stopped in book.settled] == [(None, True)]


async def test_a_cancelled_task_ends_the_providers_call() -> None:
    book = Book()
    school = School([Waits(f"{GOOD}The Moon pulls")], ledger=book)
    begun = asyncio.Event()

    async def listen() -> None:
        async with aclosing(school.tutor.answer(Request(TWO))) as pieces:
            async for _ in pieces:
                begun.set()

    task = asyncio.create_task(listen())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert school.model.broken_off == [True]
    assert [stopped for _, _, stopped in book.settled] == [True]


async def test_a_search_that_is_not_ready_says_nothing_against_the_model() -> None:
    book = Book()
    school = School([], ledger=book)

    class Closed:
        def find(self, *args: object, **more: object) -> Found:
            raise NotReadyError("Search is still getting ready.")

    school.bare._of = replace(school.bare._of, library=Closed())
    with pytest.raises(NotReadyError):
        await school.ask(TWO)

    assert [(why, stopped) for _, why, stopped in book.settled] == [(None, True)]


async def test_an_empty_question_is_turned_back_in_a_sentence() -> None:
    with pytest.raises(LearnerError):
        await School([]).ask("   ")


async def test_an_answer_that_was_declined_carries_no_notice() -> None:
    school = School([], ledger=Book(refuses=Why.DOWN))

    answer = await school.ask("Who won the football championship in Brazil?")

    assert not answer.covered
    assert "language model" not in answer.text


async def test_the_log_holds_neither_keys_nor_the_learners_words() -> None:
    with structlog.testing.capture_logs() as logs:
        await School([RefusedError(401)]).ask(f"{TWO} My name is Zebedee")

    assert logs
    assert "sk-secret" not in str(logs)
    assert "Zebedee" not in str(logs)


async def test_the_notice_is_not_told_to_the_model_again() -> None:
    school = School([RefusedError(500), GOOD, GOOD])
    first = await school.ask(TWO)
    await school.ask("Why do most coasts have two bulges?", history=(Exchange(TWO, first.text),))

    assert "cannot be reached" not in str(school.model.sent[-1])


def test_a_cause_deep_in_the_chain_is_found() -> None:
    outer = RuntimeError("request failed")
    outer.__cause__ = ConnectionRefusedError()

    assert classify(outer) is Why.DOWN
