"""Hold one conversation with a model: it writes, calls tools, and writes again, within limits."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.tools import BaseTool
from pydantic import ValidationError

from bot.tutor.model.calls import Caller, Deadline, Whole
from bot.tutor.model.checking import Checker
from bot.tutor.model.meter import Meter
from bot.tutor.model.wording import say

ROUNDS = 3  # times that a model may call tools for one answer
CALLS = 4  # tools that it may call in one round
# How an answer begins in which a model writes a call of a tool down instead of making it.
_WRITTEN_CALL = re.compile(
    r"\s*(?:```(?:json|tool_call)?\s*|<tool_call>\s*)?[{[]\s*\"|\s*\"\w+\":\s"
)


@dataclass
class Conversation:
    """One answer in the making; `checker` holds what may be shown of it.

    What a model writes before it calls a tool is no part of the answer. A model that writes its
    calls down as text is asked again without tools, now and ever after.
    """

    caller: Caller
    tools: Sequence[BaseTool]
    new_checker: Callable[[], Checker]
    deadline: Deadline
    meter: Meter

    def __post_init__(self) -> None:
        self.checker = self.new_checker()
        self._written = ""

    async def run(self, messages: list[BaseMessage]) -> AsyncGenerator[str]:
        """Yield the checked text so far each time it grows. Raises ModelError."""
        for turn in range(ROUNDS + 1):
            tools = self.tools if turn < ROUNDS else ()
            whole = Whole()
            async with aclosing(self._shown(messages, tools, whole)) as texts:
                async for text in texts:
                    yield text
            if self._writes_calls(tools):
                self.caller.decline_tools()
                self.tools = ()
                continue
            if whole.message is None or not whole.message.tool_calls or not tools:
                break
            messages = [*messages, *await _called(whole.message, tools)]
        try:
            self.checker.finish()
        finally:
            self.meter.tally = self.checker.tally

    async def _shown(
        self, messages: list[BaseMessage], tools: Sequence[BaseTool], whole: Whole
    ) -> AsyncGenerator[str]:
        """Yield what may be shown of one stream; it is left where it turns out to be a call."""
        self.checker, self._written = self.new_checker(), ""
        stream = self.caller.stream(messages, tools, self.deadline, self.meter, whole)
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                self._written += piece
                if self._writes_calls(tools):
                    return
                if self.checker.feed(piece):
                    yield self.checker.text

    def _writes_calls(self, tools: Sequence[BaseTool]) -> bool:
        offered = bool(tools) and self.caller.takes_tools
        return offered and _WRITTEN_CALL.match(self._written) is not None


async def _called(message: AIMessage, offered: Sequence[BaseTool]) -> list[BaseMessage]:
    """Run the tools that a model called, at most a few, and return the talk that goes on."""
    by_name = {tool.name: tool for tool in offered}
    calls = message.tool_calls[:CALLS]
    talk: list[BaseMessage] = [AIMessage(content=message.content, tool_calls=calls)]
    for call in calls:
        tool = by_name.get(call["name"])
        try:
            result = str(await tool.ainvoke(call["args"])) if tool else say("tool.nothing_found")
        except ValidationError:
            result = say("tool.bad_call")
        talk.append(ToolMessage(result, tool_call_id=call["id"] or call["name"]))
    return talk
