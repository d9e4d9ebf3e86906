"""How far the search index is, in words for the line that shows slow work."""

from __future__ import annotations

from adapters.terminal import words


class Preparing:
    """Counts what is prepared in the background; any thread may count."""

    def __init__(self) -> None:
        self._done = 0
        self._total = 0

    def count(self, done: int, total: int) -> None:
        """Note that `done` of `total` pieces are ready."""
        self._done, self._total = done, total

    def status(self) -> str:
        """Return what is going on, or "" where nothing is."""
        if self._done >= self._total:
            return ""
        return words.PREPARING.format(percent=self._done * 100 // self._total)
