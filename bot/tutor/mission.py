"""A lab's mission as the things it asks for, and which of them a talk has not touched yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.tutor.corpus import Corpus
from bot.tutor.wording import say
from bot.tutor.words import stems
from knowledge.models import Lab
from knowledge.sentences import sentences

TOUCHED = 0.5  # share of an aspect's telling words that a talk has used
SHORTEST = 3  # words of an aspect

_APART = re.compile(r",? or |, (?:and )?|; ")
_TUTOR = re.compile(
    r"^(?:let (?:it|the tutor|me)|ask (?:it|the tutor|me) to|have the tutor)\s+", re.I
)


def aspects(lab: Lab) -> tuple[str, ...]:
    """Return what a mission asks for, each as an imperative phrase without its full stop."""
    said = sentences(" ".join(lab.mission.split()))
    full = [sentence for sentence in said if _APART.search(sentence)] or said
    parts = (part for sentence in full for part in _APART.split(sentence.rstrip(".!")))
    found = (_TUTOR.sub("", part.strip()) for part in parts)
    return tuple(part[0].lower() + part[1:] for part in found if len(part.split()) >= SHORTEST)


def lead_on(lab: Lab, talk: Iterable[str], corpus: Corpus, seed: str) -> str:
    """Return a sentence towards the aspect of the mission that a talk has touched least."""
    used = frozenset[str]().union(*(corpus.with_names(stems(text)) for text in talk))
    touched = {aspect: _touched(aspect, used, corpus) for aspect in aspects(lab)}
    least = min(touched, key=touched.__getitem__, default="")
    if not least or touched[least] >= TOUCHED:
        return say("lab.all")
    return say("lab.open", seed, aspect=least)


def _touched(aspect: str, used: frozenset[str], corpus: Corpus) -> float:
    weights = {one: corpus.rarity(one) or 1.0 for one in stems(aspect)}
    total = sum(weights.values())
    return sum(weight for one, weight in weights.items() if one in used) / total if total else 1.0
