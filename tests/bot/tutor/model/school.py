"""A small course, a search over it, and scripted chat models: all that a model's tutor needs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr

from bot.tutor.corpus import Corpus
from bot.tutor.model.calls import Caller
from bot.tutor.model.fallback import FallbackTutor, Terms
from bot.tutor.model.meter import Meter
from bot.tutor.model.ports import Call, Ended, Ledger, Limits, Unlimited
from bot.tutor.model.prompting import load_prompts
from bot.tutor.model.standing import RECENT, Standing
from bot.tutor.model.tutor import ModelTutor, Setting
from bot.tutor.offline import OfflineTutor
from bot.tutor.types import Answer, Draft, Request
from knowledge.models import Course, Lab, Lesson, Option, Question, Section, Term
from tests.bot.tutor.lessons import WordLibrary

TIDES = """\
The Moon pulls the water on its near side more than the Earth, so the sea rises there. A second
bulge rises on the far side, where the Moon pulls least. The Earth turns under both bulges, so most
coasts have two high tides a day, about 12 hours and 25 minutes apart.
"""
SUN = """\
The Sun pulls the sea as well, but its tide is only 46% as strong as the Moon's. When Sun and Moon
stand in line, both pulls add up to a spring tide. When they stand at a right angle, the result is
a weak neap tide.

| Tide | Moon phase | Range |
| --- | --- | --- |
| Spring tide | new or full | 4.2 m |
| Neap tide | half | 2.1 m |
"""
CACHE = """\
Generation stores the keys and values of every token in a KV cache. The size of the KV cache grows
linearly with the length of the context. Grouped-query attention lets 8 query heads share one KV
head, which makes the cache 8 times smaller.
"""
COST = """\
Full attention compares every query with every key, so its cost grows with the square of the
length. Doubling the length makes attention cost 4 times as much.
"""
TEST = Question(
    "t1",
    "Why do most coasts see the water rise twice within one day?",
    (
        Option(
            "The planet spins beneath a pair of swellings",
            True,
            "Each place on the rim is carried through both swellings once a turn.",
        ),
        Option(
            "The Sun pulls once and the Moon pulls once",
            False,
            "Both act at the same time, and neither acts by turns.",
        ),
        Option(
            "The wind changes its direction at noon",
            False,
            "Wind has no part in the regular rhythm of the sea.",
        ),
        Option(
            "Rivers fill and empty the sea twice",
            False,
            "Rivers bring far too little water for that.",
        ),
    ),
    "1-tides",
    "the-moon",
)


def course() -> Course:
    """Two lessons, on tides and on attention, with a lab and a test question."""
    lab = Lab("Tide lab", "Explain a tide table to a sailor.", "Welcome.", "Why two tides a day?")
    return Course(
        id="tides",
        title="Tides and Tokens",
        description="How the sea moves and what attention costs.",
        folder=Path("nowhere"),
        lessons=(
            Lesson(
                "1-tides", 1, "The Tides", "Why does the sea rise?",
                (Section("the-moon", "The Moon", TIDES), Section("the-sun", "The Sun", SUN)),
                (Term("Neap tide", "a weak tide at half moon"),), lab=lab,
            ),
            Lesson(
                "2-attention", 2, "Attention", "What does a long text cost?",
                (Section("the-cost", "The cost", COST), Section("the-cache", "The cache", CACHE)),
            ),
        ),
        test=(TEST,),
    )  # fmt: skip


class Scripted(GenericFakeChatModel):
    """Gives its turns one by one, and keeps what it was sent.

    A turn is text, streamed word by word; a message with tool calls; or an exception, which
    `after` words of the text before it raises in the middle.
    """

    messages: Any = iter(())
    turns: list[Any]
    takes_tools: bool = True
    _sent: list[list[BaseMessage]] = PrivateAttr(default_factory=list)
    _tools: list[str] = PrivateAttr(default_factory=list)
    _closed: list[bool] = PrivateAttr(default_factory=list)

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """Remember which tools were offered."""
        if not self.takes_tools:
            raise NotImplementedError
        self._tools[:] = [tool.name for tool in tools]
        return self

    async def _astream(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> Any:
        self._sent.append(messages)
        turn = self.turns.pop(0)
        finished = False
        try:
            async for chunk in _chunks(turn):
                yield ChatGenerationChunk(message=chunk)
            finished = True
        finally:
            self._closed.append(not finished)

    @property
    def sent(self) -> list[list[BaseMessage]]:
        """The messages of every call."""
        return self._sent

    @property
    def prompts(self) -> str:
        """All that the model was ever told."""
        return "\n".join(str(message.text) for call in self._sent for message in call)

    @property
    def broken_off(self) -> list[bool]:
        """For each call, whether it was closed before its end."""
        return self._closed


@dataclass(frozen=True)
class Dies:
    """A stream that gives some text and then fails."""

    text: str
    fault: Exception


@dataclass(frozen=True)
class Waits:
    """A stream that gives some text and then nothing until it is closed."""

    text: str = ""


@dataclass(frozen=True)
class Ends:
    """A stream that ends for a reason that the provider names."""

    text: str
    reason: str


async def _chunks(turn: Any) -> AsyncIterator[AIMessageChunk]:
    if isinstance(turn, Exception):
        raise turn
    if isinstance(turn, AIMessage):
        calls = [
            {"name": call["name"], "args": json.dumps(call["args"]), "id": call["id"], "index": i}
            for i, call in enumerate(turn.tool_calls)
        ]
        yield AIMessageChunk(content=turn.content, tool_call_chunks=calls)
        return
    text = turn if isinstance(turn, str) else turn.text
    for word in text.split(" "):
        yield AIMessageChunk(content=f"{word} ")
    match turn:
        case Dies(fault=fault):
            raise fault
        case Waits():
            await asyncio.Event().wait()
        case Ends(reason=reason):
            yield AIMessageChunk(content="", response_metadata={"finish_reason": reason})
        case _:
            yield AIMessageChunk(content="", chunk_position="last")


def calls(name: str, **args: str) -> AIMessage:
    """A message in which a model calls a tool."""
    return AIMessage(content="", tool_calls=[{"name": name, "args": args, "id": "call-1"}])


@dataclass
class School:
    """A tutor on a scripted model, with the offline tutor behind it."""

    turns: list[Any]
    takes_tools: bool = True
    tools: bool = True
    seconds: float = 60.0
    ledger: Ledger | None = None
    limits: Limits = field(default_factory=Limits)
    course: Course = field(default_factory=course)
    chat: BaseChatModel | None = None
    proven: bool = True

    def __post_init__(self) -> None:
        self.model = Scripted(turns=list(self.turns), takes_tools=self.takes_tools)
        self.shelf = WordLibrary(self.course)
        self.corpus = Corpus(self.course)
        setting = Setting(self.course, self.corpus, self.shelf, load_prompts(), self.seconds)
        self.bare = ModelTutor(setting, Caller(self.chat or self.model, tools=self.tools))
        offline = OfflineTutor(self.course, self.shelf)
        terms = Terms("fake:model", self.limits, 500)
        ledger = self.ledger or Unlimited(Standing((self.proven,) * RECENT))
        self.tutor = FallbackTutor(self.bare, offline, self.corpus, ledger, terms)

    async def ask(self, question: str, **request: Any) -> Answer:
        """Ask the whole tutor; return its one answer."""
        self.drafts, answers = [], []
        async with aclosing(self.tutor.answer(Request(question, **request))) as pieces:
            async for piece in pieces:
                if isinstance(piece, Draft):
                    self.drafts.append(piece.text)
                else:
                    answers.append(piece)
        assert len(answers) == 1
        return answers[0]

    async def ask_model(self, question: str, meter: Meter | None = None, **request: Any) -> Answer:
        """Ask the tutor on the model alone; its ModelError is raised."""
        self.drafts = []
        async with aclosing(self.bare.answer(Request(question, **request), meter)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    return piece
                self.drafts.append(piece.text)
        raise AssertionError("no answer")


@dataclass
class Book:
    """A ledger that keeps what it was told, and refuses for one reason if it is given one.

    Its model is proven.
    """

    refuses: Any = None
    settled: list[tuple[int, Any, bool]] = field(default_factory=list)
    admitted: list[Call] = field(default_factory=list)

    async def admit(self, call: Call, limits: Limits) -> Any:
        """Admit, or refuse as told."""
        self.admitted.append(call)
        return self.refuses

    async def settle(self, call: Call, ended: Ended) -> Standing:
        """Keep how the call ended."""
        self.settled.append((ended.spent, ended.why, ended.stopped))
        return Standing((True,) * RECENT)
