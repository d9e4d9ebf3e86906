"""Which sentence leans on another, and which tells a mistake that the next one corrects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.tutor.pieces import Kind, Piece

FARTHEST_BACK = 2

_LEANS = re.compile(
    r"^(?:(?:like|unlike|in|at|with|for) [^,]{1,30}, (?:it|they|this|these|both|he|she)|it|its|"
    r"they|them|their|this|these|that|those|he|his|she|her|both|such|so|then|thus|but|"
    r"and|also|however|therefore|instead|otherwise|here|for example|for scale|what remains|"
    r"in (?:this|that|both|either)|seen this way|only the regrouping|real feature maps|the bars|"
    r"the (?:former|latter|other|others|first|second|mix|buffer|span|condition|two|uniform))\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"^(?:it is (?:also )?(?:often|easy|tempting|sometimes|common)|(?:both|this|these|such|"
    r"the (?:two|"
    r"first|second)) \w+ (?:of|that|which|in)\b|for example, \w+ \w+ \d)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"^(?:in (?:fact|truth|reality)|actually)\b|\b(?:confirms|supports|proves) this\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(r"\b(?:a|an|one) (?:\w+ )?example\b[^,;]{0,40}[.:]$", re.IGNORECASE)
_INSIDE = re.compile(
    r"\b(?:this|that|these) (?:rule|gap|table|formula|number|overhead|factor)\b|\ball the same\b|"
    r"\bthem instead\b|\bfor the same \w+, close",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ties:
    """How many pieces must be said before and after this one; `myth`: it is not true alone."""

    before: int = 0
    after: int = 0
    myth: bool = False


def ties(found: Sequence[Piece], place: int) -> Ties:
    """Return what binds a piece to its neighbours in the section."""
    piece = found[place]
    following = found[place + 1] if place + 1 < len(found) else None
    if piece.kind is Kind.FORMULA:
        return Ties(after=1 if following and following.text.startswith(("Here", "In this")) else 0)
    if piece.kind is Kind.LIST:
        return Ties(before=1 if place and piece.context else 0)
    if piece.kind is not Kind.SENTENCE:
        return Ties()
    myth = following is not None and corrects(following) and not corrects(piece)
    after = 1 if myth or (following and piece.text.endswith(":")) else 0
    if myth and following and following.text.endswith(":"):
        after = 3
    if _ANNOUNCES.search(piece.text):
        after = 2
    return Ties(_before(found, place), min(after, len(found) - 1 - place), myth)


def corrects(piece: Piece) -> bool:
    """Tell whether a piece sets right what the one before it says."""
    return bool(_CORRECTS.search(piece.text))


def leans(piece: Piece) -> bool:
    """Tell whether a sentence cannot be read without the one before it."""
    if piece.kind is not Kind.SENTENCE:
        return False
    starts = _LEANS.match(piece.text) and not _STANDS.match(piece.text)
    return bool(starts or corrects(piece) or _INSIDE.search(piece.text[:60]))


def _before(found: Sequence[Piece], place: int) -> int:
    count = 0
    while count < min(FARTHEST_BACK, place) and leans(found[place - count]):
        count += 1
        if found[place - count].kind is not Kind.SENTENCE:
            break
    return count
