"""The port to the course's makers: read its folder anew, bring its index up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.tutor.types import Tutor
from knowledge.models import Course

Progress = Callable[[int, int], None]
"""Told how much of how much is done; may be called from any thread."""


class Workshop(Protocol):
    """Every method blocks, so it is called in a thread; KnowledgeError where it cannot be done."""

    def read(self) -> Course:
        """Read and check the course's folder; CourseError names file, line and remedy."""
        ...

    def prepare(self, course: Course, progress: Progress, *, rebuild: bool = False) -> Tutor:
        """Bring the index of a course up to date, or make it anew; return a tutor that uses it."""
        ...

    def vectors(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """Return a unit vector for each text, or None where there is no encoder to ask."""
        ...
