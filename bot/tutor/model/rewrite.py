"""Turn a follow-up ("and the second one?") into a question that a search can answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.tutor.intent import content, understand
from bot.tutor.types import Exchange
from bot.tutor.words import clean, stem, stems, words
from knowledge.models import Course

LONGEST = 300  # characters
SHORTEST_TERM = 2  # letters of a key term that may stand for a pronoun
SHORT = 6  # words up to which a pronoun is taken to point back
OWN = 0.5  # share of a message's own words that its rewriting must keep
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|they|them|their|those|these|former|latter|the same|"
    r"the (?:first|second|other) (?:one|case)|"
    r"that(?=\W*$|\s+(?:is|was|mean|cost|work|one|number|happen)))\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^(?P<name>.+?) \((?P<short>[^)]+)\)$")


def leans(text: str, history: Sequence[Exchange]) -> bool:
    """Tell whether a message cannot be looked up without the talk before it."""
    if not history:
        return False
    asked = understand(text)
    if asked.leans or asked.swaps:
        return True
    return bool(_POINTS_BACK.search(text)) and len(stems(text)) <= SHORT


def accepted(written: str, text: str, history: Sequence[Exchange]) -> str:
    """Return a rewritten question, or nothing where it is none.

    It must add no word to the talk, keep the message's own words, and not be an earlier question.
    """
    line = first_line(written)
    if not line or len(line) > LONGEST:
        return ""
    known = stems(" ".join((text, *(f"{one.question} {one.answer}" for one in history))))
    found, own = stems(line), {stem(word) for word in content(_POINTS_BACK.sub(" ", text))}
    if not found or not words(line) or not found <= known or found == stems(text):
        return ""
    if len(own & found) < OWN * len(own) or any(found == stems(one.question) for one in history):
        return ""
    return line


def named(text: str, history: Sequence[Exchange], course: Course) -> str:
    """Return a message with the key term last asked about in place of its pronoun, or nothing."""
    pointer = _POINTS_BACK.search(text)
    term = next((found for one in reversed(history) if (found := _term(one.question, course))), "")
    if pointer is None or not term:
        return ""
    return f"{text[: pointer.start()]}{term}{text[pointer.end() :]}"


def first_line(written: str) -> str:
    """Return the first line of what a model wrote, without quotation marks."""
    return clean(written.strip().split("\n")[0]).strip("\"'“”*` ")


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
