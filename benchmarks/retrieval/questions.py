"""The questions that search is measured with, and which of them may be learned from.

Each line of a `.jsonl` file holds "id", "question", perhaps "previous", and either "answer"
(patterns, one of which the right passage matches, so the set survives another chunking) or
"covered": false. Weights are fitted on DEV alone; HELD_OUT was never looked at for it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from bot.settings import BUILT_IN_COURSE

HERE = Path(__file__).parent
COURSES = HERE / "courses"


@dataclass(frozen=True)
class Asked:
    """One question; `answer` is empty where the course does not cover it."""

    question: str
    previous: str
    answer: tuple[re.Pattern[str], ...]

    def answered_by(self, text: str) -> bool:
        """Tell whether a text holds the answer."""
        return any(pattern.search(text) for pattern in self.answer)


@dataclass(frozen=True)
class QuestionSet:
    """Questions about one course."""

    name: str
    course: Path
    questions: tuple[Asked, ...]


def _read(name: str, course: Path, *files: str, keep: str = "") -> QuestionSet:
    lines = [
        json.loads(line)
        for file in files
        for line in (HERE / file).read_text(encoding="utf-8").splitlines()
    ]
    asked = tuple(
        Asked(
            line["question"],
            line.get("previous", ""),
            tuple(re.compile(pattern) for pattern in line.get("answer", ())),
        )
        for line in lines
        if line.get("set", keep) == keep
    )
    return QuestionSet(name, course, asked)


OUTSIDE = "long-context.outside.jsonl"
DEV = (
    _read("long-context, dev", BUILT_IN_COURSE, "long-context.dev.jsonl", OUTSIDE, keep="dev"),
    _read("first-aid, dev", COURSES / "first-aid", "first-aid.jsonl"),
    _read("git, dev", COURSES / "git", "git.jsonl"),
)
HELD_OUT = (
    _read(
        "long-context, held out",
        BUILT_IN_COURSE,
        "long-context.heldout.jsonl",
        OUTSIDE,
        keep="heldout",
    ),
    _read("sourdough, held out", COURSES / "sourdough", "sourdough.jsonl"),
)
