"""Where a learner stands: marks per part of the course, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledge.models import Course, Lesson


class Kind(StrEnum):
    """The parts of a course that are marked."""

    LESSON = "lesson"
    QUIZ = "quiz"
    LAB = "lab"
    TEST = "test"


TEST_SUBJECT = "test"


@dataclass(frozen=True, slots=True)
class Mark:
    """A part's standing: sections read, questions right or exchanges held, out of how many.

    `best` and `latest` differ for quizzes and the test alone. `done_at` is when the part was
    first completed (a test: first passed). `changed_at` is when the last attempt ended.
    """

    latest: int
    best: int
    out_of: int
    attempts: int = 0
    done_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """All marks of one learner in one course, by kind and subject (a lesson's slug)."""

    marks: Mapping[tuple[Kind, str], Mark] = field(default_factory=dict)

    def mark(self, kind: Kind, subject: str) -> Mark | None:
        """Return the mark of one part, or None where it was never begun."""
        return self.marks.get((kind, subject))

    def done(self, kind: Kind, subject: str) -> bool:
        """Whether one part is complete."""
        mark = self.mark(kind, subject)
        return mark is not None and mark.done_at is not None


def parts(lesson: Lesson) -> tuple[Kind, ...]:
    """The parts that a lesson has, in the order they are best taken."""
    optional = ((Kind.QUIZ, bool(lesson.quiz)), (Kind.LAB, lesson.lab is not None))
    return (Kind.LESSON, *(kind for kind, there in optional if there))


def pages(lesson: Lesson) -> int:
    """How many pages a lesson has: introduction, sections, key terms if it has any."""
    return 1 + len(lesson.sections) + bool(lesson.terms)


def size(kind: Kind, lesson: Lesson) -> int:
    """Out of how many a part of a lesson is marked: pages, questions or exchanges."""
    if kind is Kind.LESSON:
        return pages(lesson)
    if kind is Kind.QUIZ:
        return len(lesson.quiz)
    return lesson.lab.exchanges if lesson.lab else 0


def all_parts(course: Course) -> tuple[tuple[Kind, str], ...]:
    """Every part of a course in its order: the lessons with theirs, then the test."""
    taught = tuple((kind, lesson.slug) for lesson in course.lessons for kind in parts(lesson))
    return (*taught, (Kind.TEST, TEST_SUBJECT)) if course.test else taught


def next_part(course: Course, progress: Progress) -> tuple[Kind, str] | None:
    """The first part that is not done: lesson, its quiz, its lab, …, the test; None at the end."""
    return next((part for part in all_parts(course) if not progress.done(*part)), None)


def completion(course: Course, progress: Progress) -> tuple[int, int]:
    """How many parts of the course are done, and how many it has."""
    wanted = all_parts(course)
    return sum(progress.done(*part) for part in wanted), len(wanted)


def passes(score: int, out_of: int, pass_mark: int) -> bool:
    """Whether `score` of `out_of` reaches `pass_mark` percent, in whole numbers."""
    return score * 100 >= pass_mark * out_of
