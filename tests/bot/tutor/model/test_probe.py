"""Whether a model answers, and the one sentence about what is wrong where it does not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from bot.settings import Settings
from bot.tutor.model.chat_model import open_chat_model
from bot.tutor.model.probe import probe
from tests.bot.tutor.model.school import Scripted


class RefusedError(Exception):
    """What a provider's client raises for an HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__("sk-secret is no good")
        self.status_code = status


class Silent(Scripted):
    """A model that takes the question and says nothing."""

    async def _astream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Any:
        await asyncio.Event().wait()
        yield


async def probed(turn: Any) -> str:
    return (await probe(Scripted(turns=[turn]), "fake:model")).wrong


async def test_a_model_that_answers_is_fine() -> None:
    assert await probed("yes") == ""


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (RefusedError(401), "refuses the key"),
        (RefusedError(429), "takes no more questions"),
        (RefusedError(400), "answers with an error"),
        (ConnectionError("refused"), "cannot be reached"),
    ],
)
async def test_what_is_wrong_is_told_in_a_sentence_without_the_providers_words(
    turn: Exception, words: str
) -> None:
    wrong = await probed(turn)
    assert words in wrong
    assert "fake:model" in wrong
    assert "sk-secret" not in wrong


async def test_a_model_that_keeps_silent_is_not_waited_for_long() -> None:
    silent = await probe(Silent(turns=[]), "fake:model", seconds=0.01)
    assert "did not answer within" in silent.wrong


async def test_a_server_that_is_not_there_is_told() -> None:
    pytest.importorskip("langchain_openai")
    own = Settings(_env_file=None, model="openai:any", model_base_url="http://127.0.0.1:9/v1")
    found = await probe(open_chat_model(own), "openai:any")
    assert "cannot be reached" in found.wrong
