"""What a learner wrote before, kept in the data folder for the up arrow."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

FOLDER = "history"
LEAST = 2
"""A single letter or digit is an answer: nobody wants it back."""


class LineHistory(FileHistory):
    """Lines in a file; a disk that is full or read-only costs the history and nothing else."""

    def append_string(self, string: str) -> None:
        """Keep a line worth having again."""
        if len(string) >= LEAST and not string.isdecimal():
            super().append_string(string)

    def store_string(self, string: str) -> None:
        """Write a line to the file."""
        with suppress(OSError):
            super().store_string(string)

    def forget(self) -> None:
        """Drop every line, from memory and from the file."""
        self._loaded_strings.clear()
        with suppress(OSError):
            Path(os.fsdecode(self.filename)).write_bytes(b"")


def history_of(user: str, data: Path) -> History:
    """Return the history of one user; nobody sees another's lines."""
    name = hashlib.sha256(user.encode()).hexdigest()[:16]
    path = data / FOLDER / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return LineHistory(str(path))
