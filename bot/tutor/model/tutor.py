"""The tutor on a language model: search, ask, check each sentence, cite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from langchain_core.messages import BaseMessage

from bot.calculator.calculation import Calculation
from bot.calculator.charts import encode
from bot.calculator.door import answer as calculate
from bot.tutor import guiding
from bot.tutor.answering import declined
from bot.tutor.corpus import Corpus
from bot.tutor.model.briefing import Briefing
from bot.tutor.model.calls import Caller, Deadline
from bot.tutor.model.checking import Checker, Leaks
from bot.tutor.model.conversation import Conversation
from bot.tutor.model.faults import ModelError, Why
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.leak_filter import LeakFilter
from bot.tutor.model.memory import Memory, remembered
from bot.tutor.model.meter import Meter
from bot.tutor.model.prompting import Prompts
from bot.tutor.model.tools import allowed, tools
from bot.tutor.model.understanding import HITS, Understanding, Understood
from bot.tutor.number_guard import numbers
from bot.tutor.offline import Finds
from bot.tutor.types import Answer, Draft, Request, Role, Summary
from bot.tutor.words import clean
from knowledge.chunking import passages
from knowledge.models import Course, Question
from knowledge.retrieve import Found, Hit

SECTION = 8  # passages of the section that teaches a quiz question
SHORT_CALL = 10.0  # seconds that rewriting or summarising may take
LONGEST_QUESTION = 2000


@dataclass
class Sought:
    """What a message turned out to ask, filled in before anything is said of it.

    `question` stands in for its text with the offline tutor, or is empty. `notice` is what its
    writer is told first. `restated`: the course was found only in the model's words for it.
    """

    question: str = ""
    notice: str = ""
    restated: bool = False


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

    async def answer(
        self, request: Request, meter: Meter | None = None, sought: Sought | None = None
    ) -> AsyncGenerator[Draft | Answer]:
        """Yield drafts of checked sentences, then the answer.

        `meter` counts the tokens; `sought` is told what the message was taken to ask.
        """
        meter, deadline = meter or Meter(), Deadline(self._of.seconds)
        text = clean(request.question)[:LONGEST_QUESTION]
        item = guiding.item_of(request)
        grounds = self._grounds(request, text, item)
        asked = await self._understood(request, text, item, grounds, deadline, meter)
        _tell(asked, sought or Sought())
        if asked.question != text:
            made = calculate(asked.question)
            grounds.calculations += [made] if made else []
        if not asked.found.covered and not grounds.calculations:
            yield _noticed(declined(text, asked.found, self._of.corpus), asked.notice)
            return
        _take(asked.found, request, grounds)
        leaks = self._leaks(request, (text, asked.question), asked.found, grounds)
        lead = grounds.calculations[0].text if grounds.calculations else ""
        if lead and leaks(lead):
            raise ModelError(Why.LEAK)
        lead = _joined(asked.notice, lead)
        if lead:
            yield Draft(lead)
        talk = self._conversation(request, grounds, leaks, deadline, meter)
        memory = await self._memory(request, deadline, meter)
        messages = self._briefing.question(request, asked.question, grounds, memory)
        async with aclosing(talk.run(messages)) as texts:
            async for said in texts:
                if request.role is not Role.HINT:  # one or two sentences, judged as a whole
                    yield Draft(_joined(lead, said))
        if talk.checker.says_not_covered and not grounds.calculations:
            yield _noticed(declined(text, asked.found, self._of.corpus), asked.notice)
        else:
            fresh = memory.summary if memory.fresh else None
            yield _answer(lead, talk.checker, grounds.calculations, fresh)

    def _grounds(self, request: Request, text: str, item: Question | None) -> Grounds:
        if item is not None:
            return Grounds(
                self._of.course, self._of.corpus, (item.text, *item.hints), given=_given(request)
            )
        asked = [clean(one.question) for one in request.history]
        grounds = Grounds(self._of.course, self._of.corpus, (*asked, text))
        made = calculate(text, asked[-1] if asked else "")
        grounds.calculations += [made] if made else []
        return grounds

    async def _understood(
        self,
        request: Request,
        text: str,
        item: Question | None,
        grounds: Grounds,
        deadline: Deadline,
        meter: Meter,
    ) -> Understood:
        if item is not None:
            return Understood(text, await asyncio.to_thread(self._taught, item))
        if grounds.calculations:  # it was understood
            before = request.history[-1].question if request.history else ""
            return Understood(
                text, await asyncio.to_thread(self._of.library.find, text, before, HITS)
            )

        async def short(messages: Sequence[BaseMessage]) -> str:
            return await self._short(messages, deadline, meter)

        of = self._of
        reader = Understanding(of.course, of.corpus, of.library, self._briefing)
        return await reader.of(request, text, short)

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

    def _taught(self, item: Question) -> Found:
        """The section that teaches a question, or what is found for it where none is named."""
        if not item.section:
            found = self._of.library.find(item.text, "", HITS, item.lesson)
            return replace(found, covered=True)
        taught = (item.lesson, item.section)
        section = (one for one in passages(self._of.course) if (one.lesson, one.section) == taught)
        return Found(tuple(Hit(one, 1.0) for one in section)[:SECTION], covered=True, score=1.0)

    async def _memory(self, request: Request, deadline: Deadline, meter: Meter) -> Memory:
        async def summarise(talk: str) -> str:
            return await self._short(self._briefing.summary(talk), deadline, meter)

        return await remembered(request.history, request.summary, summarise)

    def _leaks(
        self, request: Request, texts: Sequence[str], found: Found, grounds: Grounds
    ) -> Leaks:
        """Return what tells whether a text says too much for this request."""
        known = request.mistake.question if request.mistake else None
        quiz = request.quiz if known is None else None
        places = [(hit.passage.lesson, hit.passage.section) for hit in found.hits[:1]]
        near = request.role is Role.HINT or (
            quiz is not None
            and any(guiding.near(text, places, quiz, self._of.corpus) for text in texts)
        )
        test, at_first = request.open_question, len(grounds.sources)

        def leaks(said: str) -> bool:
            sought = grounds.sources[at_first:]  # what the model itself has looked up
            taught = any(guiding.teaches(one.passage, quiz) for one in sought)
            return self._filter.leaks(said, test, quiz, known, near=near or taught)

        return leaks

    def _conversation(
        self,
        request: Request,
        grounds: Grounds,
        leaks: Leaks,
        deadline: Deadline,
        meter: Meter,
    ) -> Conversation:
        def checker() -> Checker:
            return Checker(grounds, leaks, strict=request.open_question is not None)

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


def _tell(asked: Understood, sought: Sought) -> None:
    sought.question = asked.question if asked.replaced else ""
    sought.notice, sought.restated = asked.notice, asked.restated


def _noticed(answer: Answer, notice: str) -> Answer:
    return replace(answer, text=_joined(notice, answer.text))


def _joined(lead: str, said: str) -> str:
    return "\n\n".join(part for part in (lead, said.strip()) if part)


def _given(request: Request) -> tuple[str, ...]:
    """What an answered question says for itself; of an open one nothing is known."""
    if request.mistake is None:
        return ()
    options = request.mistake.question.options
    told = (options[request.mistake.chosen], options[request.mistake.question.key])
    return tuple(f"{request.mistake.question.text} {one.text}. {one.why}" for one in told)


def _answer(
    lead: str, checker: Checker, made: Sequence[Calculation], summary: Summary | None
) -> Answer:
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
        summary=summary,
    )
