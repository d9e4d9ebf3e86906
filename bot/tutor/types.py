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
    """One question of the learner and the answer that was delivered.

    `id` grows from one exchange to the next; 0 where the exchange is kept nowhere.
    """

    question: str
    answer: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A talk in short, up to and with the exchange `upto`."""

    text: str
    upto: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that was answered wrongly and explained: its key is no secret any more.

    `chosen` is an index into its options, in the file's order.
    """

    question: Question
    chosen: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a class lets its learners have of a language model, beside the operator's limits.

    `model` is false where the offline tutor alone answers. Tokens are those of a UTC day, for
    one learner and for the whole class; 0 sets no limit.
    """

    model: bool = True
    learner_tokens: int = 0
    class_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A question with what the tutor may know about it.

    `lesson` is the slug of the lesson or lab in hand, or empty; `history` is oldest first, and
    goes on where `summary` ends. `open_question` is the test question that the learner has not
    answered yet: the tutor declines to discuss it. `quiz` is the open quiz question in hand: the
    tutor leads towards it and does not say its answer; a hint is for it. `mistake` is what an
    explanation is asked for. `learner` is the store's id of who asks, 0 for nobody known, and
    `workspace` whose budget it goes to, `class_id` the store's id of their class, 0 for none:
    all three are for counting alone. `share` is what the class allows.
    """

    question: str
    role: Role = Role.ASK
    lesson: str = ""
    history: tuple[Exchange, ...] = ()
    open_question: Question | None = None
    quiz: Question | None = None
    mistake: Mistake | None = None
    summary: Summary | None = None
    learner: int = 0
    workspace: str = ""
    class_id: int = 0
    share: Share = Share()


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
    encodes the picture that belongs to a calculation, or is empty. `summary` is the talk in
    short, where it was written anew for this answer.
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
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer so far, while it is being written."""

    text: str


class Tutor(Protocol):
    """Answers one request: any number of drafts, then exactly one Answer."""

    def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Yield the drafts and the answer."""
        ...
