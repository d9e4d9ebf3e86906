"""Put the key term that a talk is about in the place of the pronoun that points back to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.tutor.intent import understand
from bot.tutor.types import Exchange
from bot.tutor.words import words
from knowledge.models import Course

SHORTEST_TERM = 2  # letters of a key term that may stand for a pronoun
POINTS_BACK = re.compile(
    r"\b(?:it|its|this|they|them|their|those|these|former|latter|the same|"
    r"the (?:first|second|other) (?:one|case)|"
    r"that(?=\W*$|\s+(?:is|was|mean|cost|work|one|number|happen)))\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^(?P<name>.+?) \((?P<short>[^)]+)\)$")


def named(text: str, history: Sequence[Exchange], course: Course) -> str:
    """Return a message with the key term last asked about in place of its pronoun, or nothing."""
    pointer = POINTS_BACK.search(text)
    term = _last_term(history, course) if pointer else ""
    return f"{text[: pointer.start()]}{term}{text[pointer.end() :]}" if pointer and term else ""


def _last_term(history: Sequence[Exchange], course: Course) -> str:
    """The key term that a talk is about: none where it has turned to something else since."""
    for one in reversed(history):
        term = _term(one.question, course)
        if term or not (POINTS_BACK.search(one.question) or understand(one.question).leans):
            return term
    return ""


def _term(text: str, course: Course) -> str:
    """The key term that a text names first, the longest one there."""
    flat = f" {' '.join(words(text))} "
    found = [(flat.find(form), -len(form), name) for form, name in _forms(course) if form in flat]
    return min(found)[2] if found else ""


def _forms(course: Course) -> Iterator[tuple[str, str]]:
    for lesson in course.lessons:
        for term in lesson.terms:
            both = _ACRONYM.match(term.name)
            name = both["name"] if both else term.name
            for form in (name, both["short"] if both else name):
                told = " ".join(words(form))
                if len(told) >= SHORTEST_TERM:
                    yield f" {told} ", name
                    yield f" {told}s ", name
