"""Hold one conversation with a model: it writes, calls tools, and writes again, within limits."""

from __future__ import annotations

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


@dataclass
class Conversation:
    """One answer in the making; `checker` holds what may be shown of it.

    What a model writes before it calls a tool is no part of the answer.
    """

    caller: Caller
    tools: Sequence[BaseTool]
    new_checker: Callable[[], Checker]
    deadline: Deadline
    meter: Meter

    def __post_init__(self) -> None:
        self.checker = self.new_checker()

    async def run(self, messages: list[BaseMessage]) -> AsyncGenerator[str]:
        """Yield the checked text so far each time it grows. Raises ModelError."""
        for turn in range(ROUNDS + 1):
            tools = self.tools if turn < ROUNDS else ()
            whole = Whole()
            self.checker = self.new_checker()
            stream = self.caller.stream(messages, tools, self.deadline, self.meter, whole)
            async with aclosing(stream) as pieces:
                async for piece in pieces:
                    if self.checker.feed(piece):
                        yield self.checker.text
            if whole.message is None or not whole.message.tool_calls or not tools:
                break
            messages = [*messages, *await _called(whole.message, tools)]
        try:
            self.checker.finish()
        finally:
            self.meter.tally = self.checker.tally


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
