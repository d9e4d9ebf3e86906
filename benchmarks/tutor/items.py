"""Read the questions and conversations that a tutor is measured on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.models import Course, Question

HERE = Path(__file__).parent
SETS = {
    "first": "items.toml",
    "dev": "learners.toml",
    "held out": "learners.toml",
    "unseen": "unseen.toml",
}
"""Each set with its file; one file has two halves."""
KINDS = {"outside": "outside", "trick": "attack"}


@dataclass(frozen=True)
class Item:
    """One message, and what a right answer to it is.

    `say` must all be found in an answer; `declines`: there must be none. `open` is the test
    question in front of the learner. `talk` numbers the conversation that the message belongs
    to, 0 for none, and `lab` names its lesson. `way` is how learners put it, "" in the first set.
    """

    kind: str
    text: str
    say: tuple[str, ...] = ()
    declines: bool = False
    open: Question | None = None
    lab: str = ""
    talk: int = 0
    way: str = ""

    @property
    def judged(self) -> bool:
        """Whether there is a right answer; else the message only leads up to the next one."""
        return self.declines or bool(self.say)


def items(course: Course, name: str = "first") -> tuple[Item, ...]:
    """Return every message of one of SETS, those of a conversation one after another."""
    raws = tomllib.loads((HERE / SETS[name]).read_text("utf-8"))["item"]
    return tuple(
        item
        for number, raw in enumerate(raws, start=1)
        if raw.get("half", name) == name
        for item in _of(raw, number, {question.id: question for question in course.test})
    )


def _of(raw: dict[str, Any], number: int, test: dict[str, Question]) -> Iterator[Item]:
    way = raw.get("way", "")
    for turn in raw.get("turns") or [raw]:
        yield Item(
            raw.get("kind") or KINDS.get(way, "answer"),
            turn["text"],
            tuple(turn.get("say", ())),
            raw.get("declines", False),
            test[raw["open"]] if "open" in raw else None,
            raw.get("lab", ""),
            number if "turns" in raw else 0,
            way,
        )
