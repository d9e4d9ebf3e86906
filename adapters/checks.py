"""What `seminar doctor` looks at: one check, and how its finding reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check came out."""

    GOOD = "ok"
    BAD = "wrong"
    UNSET = "not set"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, what was found, and, where it is wrong, how to mend it."""

    name: str
    verdict: Verdict
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line, or two where there is something to do."""
        line = f"[{self.verdict}] {self.name}: {self.found}"
        return f"{line}\n    {self.remedy}" if self.remedy else line


def good(name: str, found: str) -> Finding:
    """A finding that needs nothing."""
    return Finding(name, Verdict.GOOD, found)


def bad(name: str, found: str, remedy: str) -> Finding:
    """A finding to be mended."""
    return Finding(name, Verdict.BAD, found, remedy)


def unset(name: str, remedy: str) -> Finding:
    """Something optional that is not set up."""
    return Finding(name, Verdict.UNSET, "not set up", remedy)
