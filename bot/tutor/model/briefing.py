"""Write down for a model what it is to do: rules and role, the talk, passages, the question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from bot.tutor.model.grounds import Grounds
from bot.tutor.model.memory import Memory, told
from bot.tutor.model.prompting import ROLES, Prompts
from bot.tutor.model.quoting import passage, quoted
from bot.tutor.model.wording import say
from bot.tutor.types import Mistake, Request, Role
from knowledge.models import Course, Question

WORDS = 150  # most words of an answer that a model is asked for
LEANED_ON = 2  # exchanges that a follow-up is rewritten from
_ASKS = {Role.HINT: "context.asks_hint", Role.MISTAKE: "context.asks_mistake"}


@dataclass(frozen=True, slots=True)
class Briefing:
    """Writes messages for one course.

    Of a test nothing is among them, and of a quiz nothing but what a hint or an explained mistake
    is asked for: for a hint, the question and its options without which is right.
    """

    course: Course
    prompts: Prompts

    def question(
        self, request: Request, text: str, grounds: Grounds, memory: Memory
    ) -> list[BaseMessage]:
        """Return the messages that ask for the answer itself."""
        talk: list[BaseMessage] = [SystemMessage(self._system(request, grounds))]
        for one in memory.recent:
            talk += [HumanMessage(quoted(one.question)), AIMessage(quoted(one.answer))]
        passages = (passage(s.number, s.passage.heading, s.passage.text) for s in grounds.sources)
        if request.role in _ASKS and (request.quiz or request.mistake):
            text = say(_ASKS[request.role])
        asked = self.prompts.fill(
            "question",
            passages="\n".join(passages),
            extra="\n".join(self._extra(request, grounds, memory)),
            question=quoted(text),
        )
        return [*talk, HumanMessage(asked)]

    def rewrite(self, request: Request, text: str) -> list[BaseMessage]:
        """Return the message that asks for a follow-up in full words."""
        asked = self.prompts.fill(
            "rewrite",
            course=quoted(self.course.title),
            talk=told(request.history[-LEANED_ON:]),
            question=quoted(text),
        )
        return [HumanMessage(asked)]

    def restate(self, text: str) -> list[BaseMessage]:
        """Return the message that asks for a question in the course's language and terms."""
        asked = self.prompts.fill(
            "restate", course=quoted(self.course.title), question=quoted(text)
        )
        return [HumanMessage(asked)]

    def summary(self, talk: str) -> list[BaseMessage]:
        """Return the message that asks for a talk in short."""
        return [HumanMessage(self.prompts.fill("summary", talk=talk))]

    def rules(self) -> list[str]:
        """Return every prompt without what is filled in: none of it may come back in an answer."""
        texts = self.prompts.texts.values()
        return [text.replace("{", " ").replace("}", " ") for text in texts]

    def _system(self, request: Request, grounds: Grounds) -> str:
        rules = self.prompts.fill("rules", course=quoted(self.course.title), words=str(WORDS))
        lesson = self.course.lesson(request.lesson)
        if request.role in _ASKS:
            return self.prompts.fill(ROLES[request.role], rules=rules)
        if request.open_question is not None or request.quiz is not None:
            return self.prompts.fill("socratic", rules=rules)
        if request.role is Role.LAB and lesson and lesson.lab:
            return self.prompts.fill("lab_guide", rules=rules, mission=quoted(lesson.lab.mission))
        role = Role.ASK if request.role is Role.LAB else request.role
        if role is Role.ASK and grounds.calculations:
            role = Role.CALCULATION
        return self.prompts.fill(ROLES[role], rules=rules)

    def _extra(self, request: Request, grounds: Grounds, memory: Memory) -> Iterator[str]:
        lesson = self.course.lesson(request.lesson)
        if lesson is not None:
            yield say("context.lesson", lesson=quoted(lesson.title))
        if memory.summary:
            yield say("context.summary", text=memory.summary.text)
        if request.role is Role.HINT and request.quiz is not None:
            yield _open(request.quiz)
        if request.role is Role.MISTAKE and request.mistake is not None:
            yield _answered(request.mistake)
        for made in grounds.calculations:
            worked = "\n".join((made.text, *made.steps, *made.notes))
            yield say("context.calculation", text=quoted(worked))


def _open(item: Question) -> str:
    """An open question as a hint may know it: its options by the alphabet, so none stands out."""
    options = sorted(option.text for option in item.options)
    return say(
        "context.item",
        question=quoted(item.text),
        options="\n".join(f"- {quoted(option)}" for option in options),
        hints="\n".join(f"- {quoted(hint)}" for hint in item.hints),
    )


def _answered(mistake: Mistake) -> str:
    chosen = mistake.question.options[mistake.chosen]
    right = mistake.question.options[mistake.question.key]
    return say(
        "context.mistake",
        question=quoted(mistake.question.text),
        chosen=quoted(chosen.text),
        why=quoted(chosen.why),
        right=quoted(right.text),
        right_why=quoted(right.why),
    )
