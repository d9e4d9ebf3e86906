"""Read a learner's message together with the talk before it: its parts and what they lean on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.tutor.intent import Asked, Wants, content, understand
from bot.tutor.types import Exchange
from bot.tutor.words import words
from knowledge.sentences import sentences

MOST_PARTS = 3
FEW_WORDS = 2

_APART = re.compile(
    r"(?:,|;|\s[–—-])\s*(?:and )?(?:then|also)\s+|;\s+|"
    r",?\s+and\s+(?=(?:then\s+)?(?:how|why|what|when|who|which|where|design|explain|tell|compare|"
    r"does|is|are|do|can)\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|they|them|their|those|these|he|she|his|the (?:same|other|former|"
    r"latter)|"
    r"each case|both cases)\b",
    re.IGNORECASE,
)
_AGAIN = frozenset({Wants.MORE, Wants.SIMPLER, Wants.EXAMPLE, Wants.WHY})


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message, and the learner's words that it leans on (or none)."""

    asked: Asked
    before: str = ""


def parts(text: str, history: Sequence[Exchange]) -> tuple[Part, ...]:
    """Return the questions of a message, at most three, each with what it leans on."""
    earlier = last_question(history)
    found: list[Part] = []
    for piece in _pieces(text):
        asked = understand(piece)
        if found and (asked.leans or _only_points_back(piece)):
            continue  # "Give me an example." colours the part before it and asks nothing new
        found.append(Part(asked, earlier if _leans(asked, piece) else ""))
    if not found:
        found = [Part(understand(text), earlier)]
    return tuple(found[:MOST_PARTS])


def last_question(history: Sequence[Exchange]) -> str:
    """Return the learner's last message that asked something by itself, or nothing."""
    return next(
        (one.question for one in reversed(history) if not understand(one.question).leans), ""
    )


def _pieces(text: str) -> list[str]:
    whole = [piece.strip(" ,;") for said in sentences(text) for piece in _APART.split(said)]
    full = [piece for piece in whole if words(piece)]
    return full if sum(bool(content(piece)) for piece in full) > 1 else [text]


def _only_points_back(piece: str) -> bool:
    return bool(re.search(r"\b(?:each|both) cases?\b", piece, re.IGNORECASE)) or (
        understand(piece).wants in _AGAIN and len(content(piece)) <= 1
    )


def _leans(asked: Asked, piece: str) -> bool:
    if asked.leans or asked.swaps:
        return True
    return len(content(piece)) <= FEW_WORDS and bool(_POINTS_BACK.search(piece))
