"""A tutor that is still on its way."""

from __future__ import annotations

import threading

import pytest

from bot.tutor.arriving import Arriving
from bot.tutor.types import Answer, Request, Tutor
from tests.classroom import FakeTutor, good_answer


async def ask(tutor: Arriving) -> list[object]:
    return [piece async for piece in tutor.answer(Request("why two tides?"))]


async def test_a_question_waits_for_the_tutor_and_is_answered() -> None:
    made = threading.Event()

    def make() -> Tutor:
        made.wait()
        return FakeTutor()

    tutor = Arriving(make)
    tutor.begin()
    made.set()
    assert (await ask(tutor))[-1] == good_answer()


async def test_the_tutor_is_made_once_however_often_it_is_asked_for() -> None:
    times: list[int] = []

    def make() -> Tutor:
        times.append(1)
        return FakeTutor()

    tutor = Arriving(make)
    tutor.begin()
    tutor.begin()
    await ask(tutor)
    assert isinstance((await ask(tutor))[-1], Answer)
    assert times == [1]


async def test_what_went_wrong_is_told_to_everyone_who_asks() -> None:
    def make() -> Tutor:
        raise RuntimeError("no index")

    tutor = Arriving(make)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no index"):
            await ask(tutor)
