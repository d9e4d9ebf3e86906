"""From the settings to a tutor: a model where one is named, its faults told at the start."""

from __future__ import annotations

import pytest

from bot.errors import StoreError
from bot.settings import Settings
from bot.tutor.model.fallback import FallbackTutor
from bot.tutor.model.opening import open_tutor
from bot.tutor.model.ports import Unlimited
from bot.tutor.offline import OfflineTutor
from bot.tutor.types import Answer, Request
from tests.bot.tutor.lessons import WordLibrary
from tests.bot.tutor.model.school import course

TWO = "Why are there two high tides a day?"


def opened(settings: Settings) -> FallbackTutor:
    """The tutor of some settings on the small course."""
    lessons = course()
    library = WordLibrary(lessons)
    return open_tutor(settings, lessons, library, OfflineTutor(lessons, library), Unlimited())


async def test_a_server_that_is_not_there_leaves_the_answer_to_the_lessons() -> None:
    pytest.importorskip("langchain_openai")
    nowhere = Settings(_env_file=None, model="openai:any", model_base_url="http://127.0.0.1:9/v1")

    pieces = [piece async for piece in opened(nowhere).answer(Request(TWO))]

    answer = pieces[-1]
    assert isinstance(answer, Answer)
    assert answer.covered
    assert "cannot be reached" in answer.text


def test_a_model_that_cannot_be_set_up_stops_the_start() -> None:
    with pytest.raises(StoreError, match="must read provider:name"):
        opened(Settings(_env_file=None, model="nothing"))


@pytest.mark.parametrize("value", ["", None])
def test_an_empty_model_is_none(value: str | None) -> None:
    assert Settings(_env_file=None, model=value).model is None
