"""The tutor that needs no language model: it answers with the course's own sentences."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Protocol

from bot.calculator.calculation import Calculation
from bot.calculator.charts import encode
from bot.calculator.door import answer as calculate
from bot.calculator.errors import CalculatorError
from bot.errors import LearnerError
from bot.tutor import guiding, open_question
from bot.tutor.answering import HITS, Desk, explanation, from_course, next_question
from bot.tutor.corpus import Corpus
from bot.tutor.hint import hint
from bot.tutor.intent import Wants, understand
from bot.tutor.mistake import explained
from bot.tutor.number_guard import numbers
from bot.tutor.refusals import talk, turned_down
from bot.tutor.types import Answer, Draft, Request
from bot.tutor.wording import say
from bot.tutor.words import clean, words
from knowledge.models import Course, Question
from knowledge.retrieve import Found
from knowledge.sentences import sentences

LONGEST_QUESTION = 2000  # characters; the rest of a longer message is not read


class Finds(Protocol):
    """What the tutor needs of a library: a search that is safe to call from a thread."""

    def find(
        self, question: str, previous: str = "", k: int = 5, lesson: str | None = None
    ) -> Found:
        """Return the passages that answer a question, best first."""
        ...


class OfflineTutor:
    """Answers every request by itself, from one course and its library."""

    def __init__(self, course: Course, library: Finds) -> None:
        self._course = course
        self._corpus = Corpus(course)
        self._desk = Desk(self._corpus, lambda text, before: library.find(text, before, HITS))

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer, None]:
        """Yield one Answer. Raises LearnerError where there is no question to read."""
        yield await asyncio.to_thread(self.reply, request)

    def reply(self, request: Request) -> Answer:
        """Return the answer to a request; blocks while it searches."""
        item = guiding.item_of(request)
        if item is not None:
            return self._coached(request, item)
        raw = request.question[: 2 * LONGEST_QUESTION]
        text = clean(raw)
        if not words(text):
            topic = next((t.name for one in self._course.lessons for t in one.terms), "attention")
            raise LearnerError(say("limit.empty", topic=topic))
        answer = self._decide(request, text[:LONGEST_QUESTION], raw)
        if len(request.question) > LONGEST_QUESTION:
            cut = say("limit.cut", count=f"{LONGEST_QUESTION:,}")
            answer = replace(answer, text=f"{cut}\n\n{answer.text}")
        return answer

    def _decide(self, request: Request, text: str, raw: str) -> Answer:
        kind = talk(text)
        if kind:
            return self._aside(say(f"talk.{kind}", text, course=self._course.title))
        refused = turned_down(raw, self._corpus.knows)
        if refused:
            return self._refused(request, text, refused)
        return self._honest(request, text)

    def _coached(self, request: Request, item: Question) -> Answer:
        """Give a hint for an open quiz question, or explain a mistake."""
        if guiding.touches_test(request, self._corpus):
            return self._aside(say("decline.open_question", request.question))
        if request.mistake is not None:
            return explained(request.mistake, self._corpus)
        return hint(item, self._corpus)

    def _aside(self, text: str) -> Answer:
        return Answer(text, covered=False, on_subject=False)

    def _refused(self, request: Request, text: str, group: str) -> Answer:
        """Turn down what may not be had; an honest question beside it still gets its answer."""
        reason = say(f"refuse.{group}", text, course=self._course.title)
        rest = [one for one in sentences(text) if not turned_down(one, self._corpus.knows)]
        asked = " ".join(one for one in rest if _asks(one))
        if asked and len(rest) < len(sentences(text)):
            answer = self._honest(request, asked)
            if answer.covered:
                return replace(answer, text=f"{answer.text}\n\n{say('refuse.also', reason=reason)}")
        return self._aside(reason)

    def _honest(self, request: Request, text: str) -> Answer:
        question = request.open_question
        if question and open_question.concerns(text, question, self._corpus):
            return self._aside(say("decline.open_question", text))
        answer = self._calculated(request, text) or from_course(request, text, self._desk)
        if question and self._gives_away(answer, request):
            return self._aside(say("decline.open_question", text))
        if request.quiz is not None:
            return guiding.guided(answer, text, request.quiz, self._corpus)
        return answer

    def _gives_away(self, answer: Answer, request: Request) -> bool:
        """Tell whether an answer teaches the open question: same section, or the key itself."""
        question = request.open_question
        if question is None or not answer.covered:
            return False
        taught = (question.lesson, question.section)
        if any((one.lesson, one.section) == taught for one in answer.citations):
            return True
        said = " ".join((answer.text, *answer.steps, answer.follow_up))
        return open_question.reveals(said, question, self._corpus)

    def _calculated(self, request: Request, text: str) -> Answer | None:
        previous = request.history[-1].question if request.history else ""
        try:
            made = calculate(text, previous)
        except CalculatorError as fault:
            return Answer(str(fault), True, True, numbers=numbers(str(fault)))
        return self._told(request, text, made) if made else None

    def _told(self, request: Request, text: str, made: Calculation) -> Answer:
        said = made.text
        stated = tuple(dict.fromkeys((*made.numbers, *numbers(said))))
        steps = (*made.steps, *made.notes)
        chart = encode(made.chart) if made.chart else ""
        answer = Answer(said, True, True, numbers=stated, steps=steps, chart=chart)
        added = explanation(request, text, self._desk)
        if added is None:
            return answer
        said = f"{said}\n\n{added.written.text}"
        return replace(
            answer,
            text=said,
            citations=added.written.citations,
            numbers=tuple(dict.fromkeys((*stated, *numbers(added.written.text)))),
            follow_up=next_question(request, text, said, added, self._corpus),
        )


def _asks(sentence: str) -> bool:
    """Tell whether a sentence asks something of the course by itself."""
    asked = understand(sentence)
    plain = asked.wants not in (Wants.FACT, Wants.MORE, Wants.SIMPLER, Wants.EXAMPLE)
    return not asked.leans and (sentence.endswith("?") or plain)
