"""Search whose time is measured."""

from __future__ import annotations

from bot.observe import metrics
from knowledge.retrieve import PATIENCE, Found, Library


class TimedLibrary(Library):
    """A library that notes how long each search takes."""

    def find(
        self,
        question: str,
        previous: str = "",
        k: int = 5,
        lesson: str | None = None,
        patience: float = PATIENCE,
    ) -> Found:
        """Search as the library does."""
        with metrics.RETRIEVAL.time():
            return super().find(question, previous, k, lesson, patience)
