"""The tutors that are measured: the offline one, a model with its guards, and the model bare."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence

from langchain_core.messages import BaseMessage
from langchain_core.tools import BaseTool

from bot.settings import Settings
from bot.tutor.corpus import Corpus
from bot.tutor.model.calls import Caller, Deadline, Whole
from bot.tutor.model.chat_model import open_chat_model
from bot.tutor.model.checking import NOT_COVERED
from bot.tutor.model.fallback import FallbackTutor, Terms
from bot.tutor.model.faults import Why
from bot.tutor.model.meter import Meter
from bot.tutor.model.ports import Call, Ended, Limits, Unlimited
from bot.tutor.model.prompting import load_prompts
from bot.tutor.model.standing import Standing
from bot.tutor.model.tutor import ModelTutor, Setting
from bot.tutor.offline import OfflineTutor
from bot.tutor.types import Answer, Citation
from knowledge.chunking import INTRODUCTION, KEY_TERMS
from knowledge.models import Course
from knowledge.retrieve import Library

_PASSAGE = re.compile(r'<passage number="(\d+)" from="([^"]*)">')


class Recorder(Caller):
    """A caller that keeps what the model wrote last, before any guard saw it."""

    written = ""
    asked = ""

    async def stream(
        self,
        messages: Sequence[BaseMessage],
        tools: Sequence[BaseTool],
        deadline: Deadline,
        meter: Meter,
        whole: Whole,
    ) -> AsyncGenerator[str]:
        """Stream as ever, and keep the text of an answer: not that of a rewording."""
        answers = "<passages>" in str(messages[-1].text)
        if answers:
            self.written, self.asked = "", str(messages[-1].text)
        async for piece in super().stream(messages, tools, deadline, meter, whole):
            self.written += piece if answers else ""
            yield piece


class Account(Unlimited):
    """A ledger that admits every call and remembers how each ended."""

    def __init__(self) -> None:
        super().__init__()
        self.ended: list[tuple[int, Why | None]] = []

    async def settle(self, call: Call, ended: Ended) -> Standing:
        """Keep how it ended."""
        self.ended.append((ended.spent, ended.why))
        return await super().settle(call, ended)


class Contender:
    """A model's tutor with all that is needed to look into it."""

    def __init__(self, settings: Settings, course: Course, library: Library) -> None:
        self.recorder = Recorder(open_chat_model(settings), tools=settings.model_tools)
        self.account = Account()
        corpus = Corpus(course)
        setting = Setting(course, corpus, library, load_prompts(), settings.model_timeout)
        terms = Terms(settings.model or "", Limits(), settings.model_max_tokens)
        offline = OfflineTutor(course, library)
        self.tutor = FallbackTutor(
            ModelTutor(setting, self.recorder), offline, corpus, self.account, terms
        )

    def bare(self, course: Course) -> Answer | None:
        """Return what the model wrote last as it is; None where it was not asked."""
        text = self.recorder.written.strip()
        if not self.recorder.asked:
            return None
        places = _places(self.recorder.asked, course)
        cited = [places.get(int(n)) for n in dict.fromkeys(re.findall(r"\[(\d+)\]", text))]
        covered = bool(text) and not text.startswith(NOT_COVERED)
        return Answer(text, covered, covered, tuple(one for one in cited if one))


def _places(asked: str, course: Course) -> dict[int, Citation]:
    """The passages that a prompt numbered, as citations of their sections."""
    slugs = {
        f"{lesson.title} / {title}": (lesson, slug, title)
        for lesson in course.lessons
        for slug, title in (
            *((section.slug, section.title) for section in lesson.sections),
            INTRODUCTION,
            KEY_TERMS,
        )
    }
    found = {}
    for number, heading in _PASSAGE.findall(asked):
        if heading in slugs:
            lesson, slug, title = slugs[heading]
            found[int(number)] = Citation(int(number), lesson.slug, slug, lesson.title, title, "")
    return found
