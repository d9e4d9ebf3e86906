"""What a course is made of, once it has been read and found good."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands in a section: a PNG file inside the course folder."""

    path: Path
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Term:
    """A key term of a lesson and its meaning, both in plain Markdown."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Section:
    """One `## Heading` of a lesson. `slug` is unique within the lesson."""

    slug: str
    title: str
    body: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, and why it is right or wrong."""

    text: str
    correct: bool
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with exactly one correct option.

    `id` is unique within the course and never shown. `lesson` and `section` are the slugs
    of the section that teaches it; `section` is empty where the course names none.
    """

    id: str
    text: str
    options: tuple[Option, ...]
    lesson: str
    section: str = ""
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> int:
        """The index of the correct option, in the order of the file."""
        return next(i for i, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True, slots=True)
class Lab:
    """A conversation with the tutor: complete after `exchanges` exchanges."""

    title: str
    mission: str
    opening: str
    start: str
    exchanges: int = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """How learners ask, in words of their own, for what the words `about` of a lesson answer.

    It leads search to those words and is never shown.
    """

    about: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson; `slug` is its folder's name, `number` its place in the course from 1."""

    slug: str
    number: int
    title: str
    intro: str
    sections: tuple[Section, ...]
    terms: tuple[Term, ...] = ()
    quiz: tuple[Question, ...] = ()
    lab: Lab | None = None
    asks: tuple[Ask, ...] = ()

    def section(self, slug: str) -> Section | None:
        """Return the section with this slug, or None."""
        return next((s for s in self.sections if s.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of the module test. 0 attempts means as many as one likes."""

    pass_mark: int = 80
    attempts: int = 0
    cooldown_hours: float = 0.0
    unlock: str = "open"
    feedback: str = "each"


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course. `id` is its folder's name unless the file says otherwise."""

    id: str
    title: str
    description: str
    folder: Path
    lessons: tuple[Lesson, ...]
    test: tuple[Question, ...] = ()
    policy: Policy = field(default_factory=Policy)

    def lesson(self, slug: str) -> Lesson | None:
        """Return the lesson with this slug, or None."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a lesson that is indexed and quoted whole.

    `lesson` and `section` are slugs; `text` is what is quoted; `heading` is
    "Lesson title / Section title", embedded together with the text.
    """

    id: str
    course: str
    lesson: str
    section: str
    heading: str
    text: str
