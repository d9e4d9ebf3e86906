"""The tutor on a language model: search, ask, check each sentence, cite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.messages import BaseMessage

from bot.calculator.calculation import Calculation
from bot.calculator.charts import encode
from bot.calculator.door import answer as calculate
from bot.tutor.answering import declined
from bot.tutor.corpus import Corpus
from bot.tutor.model.briefing import Briefing
from bot.tutor.model.calls import Caller, Deadline
from bot.tutor.model.checking import Checker
from bot.tutor.model.conversation import Conversation
from bot.tutor.model.faults import ModelError, Why
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.leak_filter import LeakFilter
from bot.tutor.model.memory import Remembering
from bot.tutor.model.meter import Meter
from bot.tutor.model.prompting import Prompts
from bot.tutor.model.rewrite import accepted, leans
from bot.tutor.model.tools import allowed, tools
from bot.tutor.number_guard import numbers
from bot.tutor.offline import Finds
from bot.tutor.types import Answer, Draft, Request
from bot.tutor.words import clean
from knowledge.models import Course
from knowledge.retrieve import Found

HITS = 5  # passages that a question is asked with
SHORT_CALL = 10.0  # seconds that rewriting or summarising may take
LONGEST_QUESTION = 2000


@dataclass(frozen=True, slots=True)
class Setting:
    """What a ModelTutor is made of; `seconds` is how long an answer may take."""

    course: Course
    corpus: Corpus
    library: Finds
    prompts: Prompts
    seconds: float = 60.0


class ModelTutor:
    """Answers through a chat model; raises ModelError where nothing may be shown.

    What `gate.keeps` must be answered before this one is asked.
    """

    def __init__(self, setting: Setting, caller: Caller) -> None:
        self._of = setting
        self._caller = caller
        self._briefing = Briefing(setting.course, setting.prompts)
        self._filter = LeakFilter(setting.course, setting.corpus, self._briefing.rules())
        self._remembering = Remembering()

    async def answer(
        self, request: Request, meter: Meter | None = None
    ) -> AsyncGenerator[Draft | Answer]:
        """Yield drafts of checked sentences, then the answer; `meter` counts the tokens."""
        meter, deadline = meter or Meter(), Deadline(self._of.seconds)
        text = clean(request.question)[:LONGEST_QUESTION]
        grounds = self._grounds(request, text)
        found = await self._found(request, text, deadline, meter)
        if not found.covered and not grounds.calculations:
            yield declined(text, found.hits, self._of.corpus)
            return
        _take(found, request, grounds)
        lead = grounds.calculations[0].text if grounds.calculations else ""
        if lead:
            yield Draft(lead)
        talk = self._conversation(request, grounds, deadline, meter)
        messages = await self._messages(request, text, grounds, deadline, meter)
        async with aclosing(talk.run(messages)) as texts:
            async for said in texts:
                yield Draft(_joined(lead, said))
        if talk.checker.says_not_covered and not lead:
            yield declined(text, found.hits, self._of.corpus)
        else:
            yield _answer(lead, talk.checker, grounds.calculations)

    def _grounds(self, request: Request, text: str) -> Grounds:
        asked = [clean(one.question) for one in request.history]
        grounds = Grounds(self._of.course, self._of.corpus, (*asked, text))
        made = calculate(text, asked[-1] if asked else "")
        grounds.calculations += [made] if made else []
        return grounds

    async def _found(self, request: Request, text: str, deadline: Deadline, meter: Meter) -> Found:
        sought = text
        if leans(text, request.history):
            written = await self._short(self._briefing.rewrite(request, text), deadline, meter)
            sought = accepted(written, text, request.history)
        previous = request.history[-1].question if request.history and sought == text else ""
        return await asyncio.to_thread(self._of.library.find, sought, previous, HITS)

    async def _short(
        self, messages: Sequence[BaseMessage], deadline: Deadline, meter: Meter
    ) -> str:
        """Ask for a line or two; nothing where only this call was of no use."""
        most = Deadline(min(SHORT_CALL, deadline.left), deadline.monotonic)
        try:
            return await self._caller.say(messages, most, meter)
        except ModelError as fault:
            if fault.why in (Why.EMPTY, Why.CUT, Why.TIMEOUT) and deadline.left:
                return ""
            raise

    async def _messages(
        self, request: Request, text: str, grounds: Grounds, deadline: Deadline, meter: Meter
    ) -> list[BaseMessage]:
        async def summarise(talk: str) -> str:
            return await self._short(self._briefing.summary(talk), deadline, meter)

        memory = await self._remembering.of(request.history, summarise)
        return self._briefing.question(request, text, grounds, memory)

    def _conversation(
        self, request: Request, grounds: Grounds, deadline: Deadline, meter: Meter
    ) -> Conversation:
        question = request.open_question

        def checker() -> Checker:
            return Checker(
                grounds,
                lambda said: self._filter.leaks(said, question),
                strict=question is not None,
            )

        offered = tools(grounds, self._of.library, _withheld(request))
        return Conversation(self._caller, offered, checker, deadline, meter)


def _withheld(request: Request) -> tuple[str, str] | None:
    """The section that teaches the open question: a model does not get to see it."""
    question = request.open_question
    return (question.lesson, question.section) if question else None


def _take(found: Found, request: Request, grounds: Grounds) -> None:
    """Take the passages found as grounds; ModelError where they teach the open question."""
    withheld = _withheld(request)
    best = found.hits[0].passage if found.hits else None
    if best is not None and (best.lesson, best.section) == withheld:
        raise ModelError(Why.LEAK)
    grounds.add(allowed((hit.passage for hit in found.hits), withheld))


def _joined(lead: str, said: str) -> str:
    return "\n\n".join(part for part in (lead, said.strip()) if part)


def _answer(lead: str, checker: Checker, made: Sequence[Calculation]) -> Answer:
    text = _joined(lead, checker.text)
    first = made[0] if made else None
    stated = dict.fromkeys((*(first.numbers if first else ()), *numbers(text)))
    return Answer(
        text,
        covered=True,
        on_subject=True,
        citations=tuple(checker.citations),
        numbers=tuple(stated),
        steps=(*first.steps, *first.notes) if first else (),
        chart=encode(first.chart) if first and first.chart else "",
    )
