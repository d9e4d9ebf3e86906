"""Ask a language model one word, to see whether it answers: for `seminar doctor`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage

from bot.tutor.model.faults import Why, classify
from bot.tutor.model.wording import say

SECONDS = 20.0
"""How long a model may take for a word; one that is loaded only then may need longer."""

TOLD = {Why.KEY: "key", Why.RATE: "rate", Why.TIMEOUT: "slow", Why.DOWN: "away"}
"""What each fault is called in prompts/model.toml; any other is "broken"."""


@dataclass(frozen=True, slots=True)
class Probed:
    """How it went: the seconds to the first word, and what is wrong in a sentence, or nothing."""

    seconds: float
    wrong: str = ""


async def probe(model: BaseChatModel, name: str, seconds: float = SECONDS) -> Probed:
    """Return whether a model answers; nothing of an error's own text, which may hold a key."""
    begun = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            await _first_word(model)
    except Exception as problem:  # noqa: BLE001 (providers share no base class of errors)
        words = TOLD.get(classify(problem), "broken")
        kind = type(problem).__name__
        wrong = say(f"probe.{words}", model=name, seconds=f"{seconds:.0f}", kind=kind)
        return Probed(time.perf_counter() - begun, wrong)
    return Probed(time.perf_counter() - begun)


async def _first_word(model: BaseChatModel) -> None:
    """Stream as the tutor does, until something comes."""
    stream = cast("AsyncGenerator[BaseMessage]", model.astream([HumanMessage(say("probe.ask"))]))
    async with aclosing(stream):
        async for _ in stream:
            return
