"""Call a chat model: one deadline for an answer, streamed, closed at once when nobody listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, cast

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool

from bot.observe import metrics
from bot.tutor.model.faults import ModelError, Why, classify
from bot.tutor.model.meter import Meter

CUT = frozenset({"length", "max_tokens", "MAX_TOKENS", "model_length"})
FINISHES = ("finish_reason", "stop_reason", "done_reason")

Chat = Runnable[LanguageModelInput, AIMessage]
Monotonic = Callable[[], float]


@dataclass
class Deadline:
    """Until when an answer may take; made once for all its calls."""

    seconds: float
    monotonic: Monotonic = time.monotonic
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = self.monotonic() + self.seconds

    @property
    def left(self) -> float:
        """Seconds left, 0 or more."""
        return max(0.0, self.ends - self.monotonic())


@dataclass
class Whole:
    """What a streamed call came to, filled in when the stream ends."""

    message: AIMessage | None = None


class Caller:
    """Calls one chat model, and remembers when it turned out to take no tools."""

    def __init__(self, model: BaseChatModel, *, tools: bool = True) -> None:
        self._model = model
        self._tools = tools

    @property
    def takes_tools(self) -> bool:
        """Whether tools are offered to the model."""
        return self._tools

    def decline_tools(self) -> None:
        """Offer the model no tools from now on."""
        self._tools = False

    async def stream(
        self,
        messages: Sequence[BaseMessage],
        tools: Sequence[BaseTool],
        deadline: Deadline,
        meter: Meter,
        whole: Whole,
    ) -> AsyncGenerator[str]:
        """Yield the text of an answer as it is written; `whole` then holds the message.

        Raises ModelError. A provider that refuses tools is asked again without them.
        """
        chat = self._bound(tools)
        try:
            async with aclosing(self._streamed(chat, messages, deadline, meter, whole)) as pieces:
                async for piece in pieces:
                    yield piece
        except ModelError:
            raise
        except Exception as problem:
            if not (self._tools and tools and _refuses_tools(problem)):
                raise ModelError(classify(problem)) from problem
            self._tools = False
        else:
            return
        async with aclosing(self.stream(messages, (), deadline, meter, whole)) as pieces:
            async for piece in pieces:
                yield piece

    async def say(self, messages: Sequence[BaseMessage], deadline: Deadline, meter: Meter) -> str:
        """Return a short answer at once. Raises ModelError."""
        whole = Whole()
        async with aclosing(self.stream(messages, (), deadline, meter, whole)) as pieces:
            return "".join([piece async for piece in pieces])

    def _bound(self, tools: Sequence[BaseTool]) -> Chat:
        if not (self._tools and tools):
            return self._model
        try:
            return self._model.bind_tools(list(tools))
        except NotImplementedError:
            self._tools = False
            return self._model

    async def _streamed(
        self,
        chat: Chat,
        messages: Sequence[BaseMessage],
        deadline: Deadline,
        meter: Meter,
        whole: Whole,
    ) -> AsyncGenerator[str]:
        meter.begin(messages)
        text, total = "", cast("AIMessage | None", None)
        stream = cast("AsyncGenerator[AIMessage]", chat.astream(list(messages)))
        async with metrics.model_call(), aclosing(stream):
            async for chunk in _in_time(stream, deadline):
                total = chunk if total is None else _joined(total, chunk)
                piece = str(chunk.text)
                if piece:
                    text += piece
                    meter.receive(piece)
                    yield piece
        if total is None:
            raise ModelError(Why.EMPTY)
        meter.correct(messages, text, total)
        if _reason(total) in CUT:
            raise ModelError(Why.CUT)
        whole.message = total


async def _in_time(
    stream: AsyncIterator[AIMessage], deadline: Deadline
) -> AsyncIterator[AIMessage]:
    while True:
        try:
            async with asyncio.timeout(deadline.left):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as late:
            raise ModelError(Why.TIMEOUT) from late
        yield chunk


def _joined(total: AIMessage, chunk: AIMessage) -> AIMessage:
    if isinstance(total, AIMessageChunk) and isinstance(chunk, AIMessageChunk):
        return total + chunk
    return chunk


def _reason(message: AIMessage) -> str:
    facts: dict[str, Any] = message.response_metadata
    return next((str(facts[name]) for name in FINISHES if facts.get(name)), "")


def _refuses_tools(problem: Exception) -> bool:
    """Whether a provider's error is about the tools it was offered."""
    text = str(problem).lower()
    return "tool" in text or "function call" in text or isinstance(problem, NotImplementedError)
