"""Tell whether a sentence swaps the parts: who does what to whom, and what is more than what."""

from __future__ import annotations

from itertools import product

from bot.tutor.corpus import Corpus
from bot.tutor.model.clauses import Turn, clauses, told, turns
from bot.tutor.model.polarity import opposites
from bot.tutor.words import alike

SAME_END = 0.6  # share of the words after the pivot that two clauses must have in common
SAME_SIDE = 0.4  # and how much each side must have in common to be the same
ALIGNED = 0.6  # share of a clause's words that another must have to be about the same


def exchanged(said: str, source: str, corpus: Corpus) -> bool:
    """Tell whether a sentence says of one thing what its source says of the other.

    Both are seen from each word that they share. The sentence is wrong where the sides of that
    word have changed places, or where another thing of the source stands before it; it is right
    where both have about the same on both sides.
    """
    theirs = [turn for clause in clauses(source) for turn in turns(clause) if not turn.open]
    whole = told(source)
    for ours in (turn for clause in clauses(said) for turn in turns(clause) if not turn.open):
        # "A cannot as well as B" is "B can better than A".
        same = [x for x in theirs if x.pivot == ours.pivot and x.denied == ours.denied]
        if any(_agree(ours, turn) for turn in same):
            continue
        if any(_swapped(ours, turn) or _replaced(ours, turn, whole, corpus) for turn in same):
            return True
    return False


def turned(said: str, source: str) -> bool:
    """Tell whether a clause of a sentence has the opposite of one word of its source's clause."""
    for mine, other in product(clauses(said), clauses(source)):
        ours, theirs = told(mine), told(other)
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
    kept = {one for one in mine_before & before if not one[0].isdigit()}
    return crossed and (ours.compares or not kept)


def _replaced(ours: Turn, theirs: Turn, whole: frozenset[str], corpus: Corpus) -> bool:
    """Whether the same is said of something else that the source speaks of elsewhere."""
    if not (ours.before and theirs.before and ours.after and theirs.after):
        return False
    mine, other = corpus.with_names(ours.before), corpus.with_names(theirs.before)
    same = len(ours.after & theirs.after) >= SAME_END * len(ours.after | theirs.after)
    elsewhere = whole - theirs.before - theirs.after
    return same and not mine & other and ours.before <= elsewhere


def _agree(ours: Turn, theirs: Turn) -> bool:
    """Whether about the same stands on both sides, and on the right ones."""
    if _swapped(ours, theirs):
        return False
    sides = ((ours.before, theirs.before), (ours.after, theirs.after))
    return all(alike(mine, other) >= SAME_SIDE for mine, other in sides)
