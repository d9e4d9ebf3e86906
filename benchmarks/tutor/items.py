"""Read the questions and conversations that a tutor is measured on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from knowledge.models import Course, Question

FILE = Path(__file__).with_name("items.toml")


@dataclass(frozen=True)
class Item:
    """One message, and what a right answer to it is.

    `say` must all be found in an answer; `declines`: there must be none. `open` is the test
    question in front of the learner. `talk` numbers the conversation that the message belongs
    to, 0 for none, and `lab` names its lesson.
    """

    kind: str
    text: str
    say: tuple[str, ...] = ()
    declines: bool = False
    open: Question | None = None
    lab: str = ""
    talk: int = 0


def items(course: Course) -> tuple[Item, ...]:
    """Return every message, those of a conversation one after another."""
    test = {question.id: question for question in course.test}
    found: list[Item] = []
    for number, raw in enumerate(tomllib.loads(FILE.read_text("utf-8"))["item"], start=1):
        turns = raw.get("turns") or [raw]
        found += [
            Item(
                raw["kind"],
                turn["text"],
                tuple(turn.get("say", ())),
                raw.get("declines", False),
                test[raw["open"]] if "open" in raw else None,
                raw.get("lab", ""),
                number if "turns" in raw else 0,
            )
            for turn in turns
        ]
    return tuple(found)
