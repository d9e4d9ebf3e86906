"""Tell whether a sentence swaps the parts: who does what to whom, and what is more than what."""

from __future__ import annotations

from itertools import product

from bot.tutor.corpus import Corpus
from bot.tutor.model.clauses import Turn, clauses, turns
from bot.tutor.model.polarity import denies, opposites

SAME_END = 0.6  # share of the words after the pivot that two clauses must have in common
ALIGNED = 0.6  # share of a clause's words that another must have to be about the same


def exchanged(said: str, source: str, corpus: Corpus) -> bool:
    """Tell whether a sentence says of one thing what its source says of the other.

    Both are seen from each word that they share. The sentence is wrong where the sides of that
    word have changed places, or where another thing of the source stands before it; it is right
    where both have the same on both sides.
    """
    if denies(said) != denies(source):
        return False  # "A cannot as well as B" is "B better than A"
    pairs = [
        (ours, theirs)
        for mine, other in product(clauses(said), clauses(source))
        for ours, theirs in product(turns(mine), turns(other))
        if ours.pivot == theirs.pivot and not (ours.open or theirs.open)
    ]
    if any(_swapped(ours, theirs) for ours, theirs in pairs):
        return True
    whole = _stems_of(source)
    replaced = [pair for pair in pairs if _replaced(*pair, whole, corpus)]
    return bool(replaced) and not any(_agree(*pair) for pair in pairs)


def turned(said: str, source: str) -> bool:
    """Tell whether a clause of a sentence has the opposite of one word of its source's clause."""
    for mine, other in product(clauses(said), clauses(source)):
        ours, theirs = _stems_of(mine), _stems_of(other)
        for one, opposite in opposites():
            for left, right in ((one, opposite), (opposite, one)):
                alone = left in ours - theirs and right in theirs - ours
                rest = (ours - {left}) | (theirs - {right})
                if alone and rest and len(ours & theirs) >= ALIGNED * len(rest):
                    return True
    return False


def _swapped(ours: Turn, theirs: Turn) -> bool:
    """Whether what stands before and what stands after have changed places."""
    mine_before, mine_after = ours.before - ours.after, ours.after - ours.before
    before, after = theirs.before - theirs.after, theirs.after - theirs.before
    crossed = bool(mine_before & after) and bool(mine_after & before)
    return crossed and not mine_before & before and not mine_after & after - mine_before


def _replaced(ours: Turn, theirs: Turn, whole: frozenset[str], corpus: Corpus) -> bool:
    """Whether the same is said of something else that the source speaks of elsewhere."""
    if not (ours.before and theirs.before and ours.after and theirs.after):
        return False
    mine, other = corpus.with_names(ours.before), corpus.with_names(theirs.before)
    same = len(ours.after & theirs.after) >= SAME_END * len(ours.after | theirs.after)
    return same and not mine & other and ours.before <= whole


def _agree(ours: Turn, theirs: Turn) -> bool:
    return bool(ours.before & theirs.before) and bool(ours.after & theirs.after)


def _stems_of(text: str) -> frozenset[str]:
    found = frozenset[str]()
    for clause in clauses(text):
        for turn in turns(clause):
            found |= turn.before | turn.after | {turn.pivot}
    return found
