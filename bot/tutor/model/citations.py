"""Check each sentence's citations after it was written: keep, repair, add, or drop the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.tutor.model.bindings import misbound
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.support import (
    SUPPORTS,
    Support,
    best_support,
    contradicted,
    misattributed,
    overlap,
    strange_names,
    supported_by,
)
from bot.tutor.words import stem, stems, stopwords, words

CITED = 0.4  # enough where the model itself named the passage
CLAIMED = 0.45  # share of what a reason is given for that the quotes must hold too
GLUE = 0.3  # share of a linking sentence's words that the evidence must know
LONG_ENOUGH, VARIED = 7, 5  # content words, and how many of them must differ
FEW = 3  # content words up to which a sentence states nothing of its own
_REASON = re.compile(r",?\s+because\s+", re.IGNORECASE)
_MARK = re.compile(r"\s*\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence that may stay: its words without marks, and what supports it (or nothing)."""

    text: str
    supports: tuple[Support, ...]


def cited(sentence: str, grounds: Grounds, *, after_fact: bool, strict: bool) -> Cited | None:
    """Return a sentence with the citations that hold, or None where it may not stay.

    A citation must exist and support the sentence; one that does not is replaced by the passage
    that does. Without any support only a question, a linking sentence right `after_fact`, or a
    sentence about the calculation stays; `strict` lets no linking sentence pass.
    """
    numbers = marked_numbers(sentence)
    bare = _MARK.sub("", sentence).strip()
    if strange_names(bare, grounds) or rambles(bare):
        return None
    kept = _holding(bare, sorted(numbers), grounds)
    if not kept:
        best = best_support(bare, grounds)
        kept = (best,) if best else ()
    if contradicted(bare, grounds, max((one.share for one in kept), default=0.0)):
        return None
    states = kept and not _asks(bare)
    if states and not _claim_holds(bare, kept, grounds):
        return None
    if states and (misattributed(bare, grounds) or _misbound(bare, grounds)):
        return None
    if kept or _may_stand_alone(bare, grounds, after_fact=after_fact, strict=strict):
        return Cited(bare, () if _asks(bare) else kept)
    return None


def _claim_holds(bare: str, kept: tuple[Support, ...], grounds: Grounds) -> bool:
    """Whether what a reason is given for is supported by itself: a true reason may hide it."""
    claim, *reason = _REASON.split(bare, maxsplit=1)
    quotes = [one.evidence for one in kept]
    return not reason or overlap(claim, (*quotes, *grounds.worked), grounds.corpus) >= CLAIMED


def _misbound(bare: str, grounds: Grounds) -> bool:
    parts = (part for source in grounds.sources for part in source.parts if not part.pair)
    quotes = [part.quote for part in parts if not part.myth]
    return misbound(bare, quotes, (*grounds.worked, *grounds.said), grounds.corpus)


def rambles(bare: str) -> bool:
    """Tell whether a sentence goes round in circles: most of its words are the same few."""
    content = [stem(word) for word in words(bare) if word not in stopwords()]
    return len(content) >= LONG_ENOUGH and len(set(content)) < VARIED


def marked_numbers(sentence: str) -> set[int]:
    """Return the numbers of the passages that a sentence names."""
    return {int(number) for number in _MARK.findall(sentence)}


def _holding(bare: str, numbers: list[int], grounds: Grounds) -> tuple[Support, ...]:
    found = []
    for number in numbers:
        source = grounds.source(number)
        if source is not None:
            support = supported_by(bare, source, grounds.corpus)
            found += [support] if support.share >= CITED else []
    best = max((one.share for one in found), default=0.0)
    # A second citation that adds little to the first is decoration.
    return tuple(one for one in found if one.share >= 0.8 * best)[:2]


def _may_stand_alone(bare: str, grounds: Grounds, *, after_fact: bool, strict: bool) -> bool:
    known = [source.evidence for source in grounds.sources]
    told = overlap(bare, (*known, *grounds.worked, *grounds.said), grounds.corpus)
    if _asks(bare):
        return told >= GLUE or len(stems(bare)) <= FEW
    if grounds.worked and overlap(bare, grounds.worked, grounds.corpus) >= SUPPORTS:
        return True
    if strict or not after_fact:
        return False
    content = [word for word in words(bare) if word not in stopwords()]
    return told >= GLUE if len(content) > FEW else told > 0


def _asks(bare: str) -> bool:
    return bare.rstrip("*_ ").endswith("?")
