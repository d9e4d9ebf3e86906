"""What is asked of a tutor and what it answers; shared by every tutor and every flow."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.models import Question


class Role(StrEnum):
    """Why the tutor is asked: it decides the tone, not the facts."""

    ASK = "ask"
    LAB = "lab"
    HINT = "hint"
    MISTAKE = "mistake"
    CALCULATION = "calculation"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of the learner and the answer that was delivered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what the tutor may know about it.

    `lesson` is the slug of the lesson or lab in hand, or empty; `history` is oldest first;
    `open_question` is the test question that the learner has not answered yet: the tutor
    declines to discuss it. `learner` is the store's id of who asks, 0 for nobody known, and
    `workspace` whose budget it goes to: both are for counting alone.
    """

    question: str
    role: Role = Role.ASK
    lesson: str = ""
    history: tuple[Exchange, ...] = ()
    open_question: Question | None = None
    learner: int = 0
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence of the answer stands: `number` is the [n] in its text.

    `lesson` and `section` are slugs; `quote` is the sentence of the course it rests on.
    """

    number: int
    lesson: str
    section: str
    lesson_title: str
    section_title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, in Markdown, with [n] where it cites.

    `covered` is false where the course does not cover the question or the tutor declines;
    `nearest` then holds the section closest to it, if any. `on_subject` says whether a lab
    counts it as an exchange. `numbers` lists every number that the text states. `chart`
    encodes the picture that belongs to a calculation, or is empty.
    """

    text: str
    covered: bool
    on_subject: bool
    citations: tuple[Citation, ...] = ()
    nearest: Citation | None = None
    numbers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    follow_up: str = ""
    chart: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer so far, while it is being written."""

    text: str


class Tutor(Protocol):
    """Answers one request: any number of drafts, then exactly one Answer."""

    def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Yield the drafts and the answer."""
        ...
