"""Put questions that ask the same together: by their vectors, or by the words they share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

SAME_MEANING = 0.6
"""Least cosine between a question's vector and its group's for it to join (all-MiniLM-L6-v2)."""

SAME_WORDS = 0.4
"""The same between weighted counts of word stems."""

Sparse = Mapping[int, float]

_WORD = re.compile(r"[^\W_]+")
_COMMON = """
a an and are as at be but by can could do does for from how i in is it me my of on or so that the
their them then there these they this to was we what when where which who why will with would you
your about please explain tell mean means
"""


def by_vectors(vectors: Sequence[Sequence[float]]) -> tuple[tuple[int, ...], ...]:
    """Return groups of places in `vectors` (unit length), the largest first."""
    return _groups([dict(enumerate(vector)) for vector in vectors], SAME_MEANING)


def by_words(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return groups of places in `texts` that share rare words, the largest first."""
    words = [Counter(_stems(text)) for text in texts]
    spread = Counter(stem for counts in words for stem in counts)
    numbers = {stem: number for number, stem in enumerate(spread)}
    weighted = [
        _unit({numbers[s]: n * math.log(1 + len(texts) / spread[s]) for s, n in counts.items()})
        for counts in words
    ]
    return _groups(weighted, SAME_WORDS)


def _groups(vectors: Sequence[Sparse], least: float) -> tuple[tuple[int, ...], ...]:
    """Let each join the group it is nearest to, or begin one; earlier ones begin groups first."""
    groups: list[list[int]] = []
    sums: list[dict[int, float]] = []
    for place, vector in enumerate(vectors):
        near = [_cosine(vector, total) for total in sums]
        best = max(range(len(near)), key=near.__getitem__, default=None)
        if best is None or near[best] < least:
            groups.append([place])
            sums.append(dict(vector))
            continue
        groups[best].append(place)
        for axis, value in vector.items():
            sums[best][axis] = sums[best].get(axis, 0.0) + value
    return tuple(tuple(group) for group in sorted(groups, key=len, reverse=True))


def _cosine(vector: Sparse, total: Sparse) -> float:
    length = math.sqrt(sum(value * value for value in total.values()))
    dot = sum(value * total.get(axis, 0.0) for axis, value in vector.items())
    return dot / length if length else 0.0


def _unit(vector: dict[int, float]) -> Sparse:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {axis: value / length for axis, value in vector.items()} if length else {}


@cache
def _stemmer() -> object:
    from snowballstemmer import stemmer  # noqa: PLC0415 (needed by moderators alone)

    return stemmer("english")


def _stems(text: str) -> list[str]:
    common = _COMMON.split()
    words = [word for word in _WORD.findall(text.casefold()) if word not in common]
    stems: list[str] = _stemmer().stemWords(words)  # type: ignore[attr-defined]
    return stems
