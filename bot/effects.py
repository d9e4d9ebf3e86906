"""What a flow asks of the world, as data. All but Ask are written in the step's transaction."""

from __future__ import annotations

from dataclasses import dataclass

from bot.gradebook import Kind
from bot.tutor.types import Role, Summary


@dataclass(frozen=True, slots=True)
class Record:
    """Keep an answer: `chosen` is an index into the question's options in the file's order."""

    kind: Kind
    subject: str
    question: str
    attempt: int
    chosen: int
    correct: bool


@dataclass(frozen=True, slots=True)
class Finish:
    """Keep the result of a quiz or test attempt."""

    kind: Kind
    subject: str
    attempt: int
    score: int
    out_of: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Advance:
    """Note how far a lesson or lab has come; complete at `out_of`. It never goes back."""

    kind: Kind
    subject: str
    done: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep an exchange with the tutor, and the talk before it in short where that is new."""

    question: str
    answer: str
    lesson: str
    covered: bool
    counted: bool
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the tutor: slow, so it runs after the commit and comes back as an Outcome.

    `item` is the id of the quiz question that it is about, if any; `chosen` the option that was
    chosen there, or None while it is open.
    """

    question: str
    role: Role
    lesson: str = ""
    item: str = ""
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Stop sending what is typed in this place to this session."""


Effect = Record | Finish | Advance | Remember | Ask | Leave
