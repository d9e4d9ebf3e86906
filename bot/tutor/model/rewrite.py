"""Turn a follow-up ("and the second one?") into a question that a search can answer."""

from __future__ import annotations

from collections.abc import Sequence

from bot.tutor.intent import content, understand
from bot.tutor.pointing import POINTS_BACK
from bot.tutor.types import Exchange
from bot.tutor.words import clean, stem, stems, words

LONGEST = 300  # characters
SHORT = 6  # words up to which a pronoun is taken to point back
OWN = 0.5  # share of a message's own words that its rewriting must keep


def leans(text: str, history: Sequence[Exchange]) -> bool:
    """Tell whether a message cannot be looked up without the talk before it."""
    if not history:
        return False
    asked = understand(text)
    if asked.leans or asked.swaps:
        return True
    return bool(POINTS_BACK.search(text)) and len(stems(text)) <= SHORT


def accepted(written: str, text: str, history: Sequence[Exchange]) -> str:
    """Return a rewritten question, or nothing where it is none.

    It must add no word to the talk, keep the message's own words, and not be an earlier question.
    """
    line = first_line(written)
    if not line or len(line) > LONGEST:
        return ""
    known = stems(" ".join((text, *(f"{one.question} {one.answer}" for one in history))))
    found, own = stems(line), {stem(word) for word in content(POINTS_BACK.sub(" ", text))}
    if not found or not words(line) or not found <= known or found == stems(text):
        return ""
    if len(own & found) < OWN * len(own) or any(found == stems(one.question) for one in history):
        return ""
    return line


def first_line(written: str) -> str:
    """Return the first line of what a model wrote, without quotation marks."""
    return clean(written.strip().split("\n")[0]).strip("\"'“”*` ")
