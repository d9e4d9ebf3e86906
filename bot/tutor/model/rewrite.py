"""Turn a follow-up ("and the second one?") into a question that a search can answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.tutor.intent import understand
from bot.tutor.types import Exchange
from bot.tutor.words import clean, stems, words

LONGEST = 300  # characters
SHORT = 6  # words up to which a pronoun is taken to point back
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|they|them|their|those|these|former|latter|the same|"
    r"the (?:first|second|other) (?:one|case)|"
    r"that(?=\W*$|\s+(?:is|was|mean|work|one|number|happen)))\b",
    re.IGNORECASE,
)


def leans(text: str, history: Sequence[Exchange]) -> bool:
    """Tell whether a message cannot be looked up without the talk before it."""
    if not history:
        return False
    asked = understand(text)
    if asked.leans or asked.swaps:
        return True
    return bool(_POINTS_BACK.search(text)) and len(stems(text)) <= SHORT


def accepted(written: str, text: str, history: Sequence[Exchange]) -> str:
    """Return a rewritten question where it is one and adds nothing, else the message itself."""
    line = clean(written.strip().strip("\"'“”").split("\n")[0])
    if not line or len(line) > LONGEST:
        return text
    known = stems(" ".join((text, *(f"{one.question} {one.answer}" for one in history))))
    found = stems(line)
    if not found or not words(line) or not found <= known:
        return text
    return line
