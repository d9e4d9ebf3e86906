"""Tell whether a sentence says the opposite of what its source says."""

from __future__ import annotations

import re
from functools import cache

from bot.tutor.model.wording import words_of
from bot.tutor.words import stem, stems, words

NEAR = 4  # words before a phrase in which its negation stands
_NOT = re.compile(r"\bnot (?:by |the |a |an )?((?:[^\s.,;:()]+ ?){1,2})")
_MISTAKE = re.compile(r"\b(?:mistake|myth|misconception|wrong|false|in fact|easy to think)", re.I)
NEARLY_THE_SAME = 0.75  # share of words that two sentences have in common when one is denied


def opposes(said: str, source: str, shared: float) -> bool:
    """Tell whether one of two sentences turns the other round.

    `shared` is the share, 0 to 1, of the first one's words that the second has. A pair of
    opposites is telling only where each sentence holds one side of it alone.
    """
    ours, theirs = _stems(said), _stems(source)
    if _hearsay(source) and not (_hearsay(said) or denies(said)):
        return True
    if _says_what_is_denied(said, ours, source):
        return True
    for left, right in opposites():
        swapped = left in ours and right in theirs and left not in theirs and right not in ours
        turned = right in ours and left in theirs and right not in theirs and left not in ours
        if swapped or turned:
            return True
    return shared >= NEARLY_THE_SAME and bool(_denials(said)) != bool(_denials(source))


def denies(text: str) -> bool:
    """Tell whether a sentence turns something down: by a negation, or by calling it a mistake."""
    return _denials(text) > 0 or bool(_MISTAKE.search(text))


def _hearsay(text: str) -> bool:
    """Whether a sentence tells what people wrongly believe."""
    spoken = text.lower()
    return any(phrase in spoken for phrase in words_of("contrasts.hearsay"))


def _says_what_is_denied(said: str, ours: frozenset[str], source: str) -> bool:
    """Whether a sentence states what its source has after a "not"."""
    for denied in _NOT.findall(source):
        found = stems(denied) or frozenset(words(denied))
        if found and found <= ours and not _denied_there(said, found):
            return True
    return False


def _denied_there(said: str, found: frozenset[str]) -> bool:
    """Whether a negation stands right before the first of some stems."""
    spoken = words(said)
    place = next((i for i, word in enumerate(spoken) if stem(word) in found), 0)
    return any(word in _negations() for word in spoken[max(0, place - NEAR) : place])


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text))


def _denials(text: str) -> int:
    return sum(word in _negations() for word in words(text))


@cache
def opposites() -> tuple[tuple[str, str], ...]:
    """Return the pairs of stems of which one turns a statement into the opposite of the other."""
    pairs = (pair.split() for pair in words_of("contrasts.pairs"))
    return tuple((stem(left), stem(right)) for left, right in pairs)


@cache
def _negations() -> frozenset[str]:
    return frozenset(words_of("contrasts.negations"))
