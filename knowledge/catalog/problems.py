"""What is wrong in a course folder: each problem with its file, its line and its remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

MAX_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `file` is relative to the course folder; `line` counts from 1."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}; {self.remedy}"


class Problems:
    """Collects the problems of one course, in the order in which its files are read."""

    def __init__(self) -> None:
        self._by_file: dict[str, list[Problem]] = {}

    def add(self, file: str, line: int, message: str, remedy: str) -> None:
        """Note one problem."""
        shown = printable(file)
        self._by_file.setdefault(shown, []).append(Problem(shown, line, message, remedy))

    def found(self) -> tuple[Problem, ...]:
        """Return every problem, file by file, each file's in the order of its lines."""
        return tuple(
            problem
            for problems in self._by_file.values()
            for problem in sorted(problems, key=lambda problem: problem.line)
        )


class BadFileError(Exception):
    """A file that cannot be used at all, with the line (from 1) and the remedy."""

    def __init__(self, message: str, remedy: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.line = line


def printable(text: str) -> str:
    """Return `text` with every character that could disturb a terminal written as an escape."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def quoted(text: str) -> str:
    """Return `text` in quotes, safe to print and short enough for one line."""
    shown = printable(text)
    return f'"{shown if len(shown) <= MAX_QUOTED else shown[: MAX_QUOTED - 1] + "…"}"'


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: "1 option", "2 options"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was most likely meant to be, or None."""
    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word[:MAX_QUOTED].casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None
