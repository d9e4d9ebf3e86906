"""A small course about bread, and a library that finds passages by their words alone."""

from __future__ import annotations

import re
from pathlib import Path

from bot.tutor.offline import OfflineTutor
from bot.tutor.types import Answer, Exchange, Request
from bot.tutor.words import stems
from knowledge.chunking import passages
from knowledge.models import Course, Lab, Lesson, Option, Question, Section, Term
from knowledge.retrieve import Found, Hit

STARTER = """
A starter is a living mix of flour and water. It rises because wild yeast makes gas.

**A common mistake.** It is often said that a starter needs sugar. In fact flour feeds the yeast, \
because enzymes turn its starch into sugar.

Maria Speck described the method in 1994. A ripe starter doubles in 6 hours at 26 degrees.

```formula
hydration = water / flour
```

Here water is the mass of the water in grams and flour is the mass of the flour in grams.
"""

FLOURS = """
Two flours are common. Rye ferments faster than wheat, because it has more enzymes.

| Flour | Protein | Rise |
| --- | --- | --- |
| Rye | 8% | 3 hours |
| Wheat | 13% | 5 hours |

Signs of a ripe dough:

- bubbles at the edge
- a domed surface

A salt bath is a good example. Salt slows the yeast. It also tightens the dough.
"""

HYDRATION = Question(
    id="q1",
    text="A dough has 700 grams of water and 1,000 grams of flour. What is its hydration?",
    options=(
        Option("70%", True, "700 / 1,000"),
        Option("30%", False, "no"),
        Option("7%", False, ""),
    ),
    lesson="1-starter",
    section="what-a-starter-is",
)

COURSE = Course(
    id="bread",
    title="Bread",
    description="Baking with wild yeast.",
    folder=Path("bread"),
    lessons=(
        Lesson(
            slug="1-starter",
            number=1,
            title="The Starter",
            intro="Bread begins with a starter.",
            sections=(
                Section("what-a-starter-is", "What a starter is", STARTER),
                Section("flours", "Flours compared", FLOURS),
            ),
            terms=(
                Term("Starter", "A mix of flour and water in which wild yeast lives."),
                Term("Hydration (H)", "The mass of the water for each gram of flour."),
                Term("Bulk ferment (BF)", "The first rise of the whole dough."),
            ),
            lab=Lab(
                title="Bake",
                mission="Plan a loaf. Let me work out its hydration, compare rye with wheat, or "
                "ask how to tell a ripe dough.",
                opening="Shall we bake?",
                start="What is the hydration of my dough?",
            ),
        ),
    ),
    test=(HYDRATION,),
)


class WordLibrary:
    """Finds the passages that share most words with a question; none shared is not covered."""

    def __init__(self, course: Course) -> None:
        self._passages = passages(course)
        self.asked: list[tuple[str, str]] = []

    def find(
        self, question: str, previous: str = "", k: int = 5, lesson: str | None = None
    ) -> Found:
        self.asked.append((question, previous))
        wanted = stems(question) | stems(previous)
        scored = [
            (len(wanted & stems(f"{p.heading} {p.text}")) / (len(wanted) or 1), p)
            for p in self._passages
        ]
        best = sorted(scored, key=lambda pair: -pair[0])[:k]
        hits = tuple(Hit(passage, score) for score, passage in best)
        if best[0][0] >= 0.5:
            return Found(hits, covered=True, score=0.95)
        return Found(hits, covered=False, score=0.1 if best[0][0] else 0.0)


def tutor(course: Course = COURSE) -> OfflineTutor:
    return OfflineTutor(course, WordLibrary(course))


async def reply(request: Request | str, course: Course = COURSE) -> Answer:
    """The one answer to a request."""
    asked = Request(request) if isinstance(request, str) else request
    pieces = [piece async for piece in tutor(course).answer(asked)]
    assert isinstance(pieces[-1], Answer)
    assert [isinstance(piece, Answer) for piece in pieces].count(True) == 1
    return pieces[-1]


def said(question: str, answer: str) -> tuple[Exchange, ...]:
    return (Exchange(question, answer),)


def sentences_without_mark(text: str) -> list[str]:
    """The sentences of an answer that carry no [n]."""
    return [part for part in re.split(r"(?<=\])\s+", text) if not re.search(r"\[\d+\]$", part)]
