"""Score passages for a question: meaning, words, pieces of words and kind of answer, weighed."""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from knowledge.chunking import KEY_TERMS
from knowledge.index import Index
from knowledge.late import LateInteraction
from knowledge.lexical import Bm25, grams, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

POOL = 40  # passages that the cheap signals hand on to the comparison token by token

# How much each signal counts, fitted by benchmarks/retrieval/fit.py.
WEIGHTS = {
    "whole": 0.57,  # the passage under its heading, as one vector
    "part": 0.59,  # its closest sentence or row, as one vector
    "heading": 0.26,  # the section's title, as one vector
    "words": 0.05,  # BM25 over stems; the course's best passage has 1
    "pieces": 0.25,  # BM25 over character n-grams; the course's best passage has 1
    "term": -0.31,  # an entry of the key terms is short, and so looks closer than it is
    "passage": 0.52,  # late interaction with the whole passage
    "sentence": 0.7,  # late interaction with its best sentence or row
    "kind": 0.55,  # late interaction with its best one that holds the kind of answer asked for
}
# A question near to how learners ask lifts a passage by its nearness beyond FAR, times how much
# the best passage falls short of SURE: whoever asks in the course's own terms needs no lift.
SURE, FAR = 0.7, 0.25
MANY = 100  # ways of asking from which on they tell what a course is about
NEAREST = 12  # ways of asking that a question is compared with for that
MATCHED = ("passage", "sentence", "kind", "weakest")  # from late interaction, in the pool only


class Ranker:
    """Scores the passages of one index; safe to use from several threads."""

    def __init__(self, index: Index) -> None:
        import numpy as np

        passages = index.passages
        self._index = index
        self._late = LateInteraction(passages, index.encoder)
        self._words = Bm25([p.text for p in passages], stems)
        self._pieces = Bm25([f"{p.heading}\n{p.text}" for p in passages], grams)
        self._at = np.array([view.passage for view in index.views], dtype=np.int64)
        self._unit = np.array([view.part for view in index.views], dtype=np.int64)
        self._is_ask = np.array([view.asked for view in index.views], dtype=bool)
        self._is_whole = (self._unit == 0) & ~self._is_ask
        self._is_part = (self._unit > 0) & ~self._is_ask
        self._terms = np.array([p.section == KEY_TERMS[0] for p in passages], dtype=np.float32)
        titles = [p.heading.rpartition(" / ")[2] for p in passages]
        distinct = sorted(set(titles))
        vectors = dict(zip(distinct, index.encoder.encode(distinct), strict=True))
        self._headings = np.array([vectors[title] for title in titles])

    def signals(self, question: str, previous: str = "") -> dict[str, Scores]:
        """Return each signal of WEIGHTS for every passage, float32 of shape (passages,).

        With the learner's previous question each is the mean of what this question gives alone
        and after the previous one: a follow-up leans on it, a new subject does not suffer.
        Also "asked", the cosine with the nearest way of asking for the passage, and "unit", the
        number of its part that answers it, both 0 where there is none; "weakest" and, for a course
        that tells MANY ways, "familiar", for judging the scope; and "pool": 1 for the passages that
        were compared token by token, 0 for the others, which have 0 in all that MATCHED names.
        """
        import numpy as np

        asked = [question, f"{previous} {question}"] if previous else [question]
        vectors = self._index.encoder.encode(asked)
        cheap = [self._cheap(*pair) for pair in zip(asked, vectors, strict=True)]
        found = {name: _mean(one[name] for one in cheap) for name in cheap[0]}
        found |= self._asked(_mean(vectors))
        pool = np.argsort(-lifted(found), kind="stable")[:POOL]
        compared = [self._late.compare(text, pool.tolist()) for text in asked]
        for name in MATCHED:
            found[name] = np.zeros(len(self._index.passages), dtype=np.float32)
            found[name][pool] = _mean(np.array([getattr(m, name) for m in ms]) for ms in compared)
        found["pool"] = np.zeros(len(self._index.passages), dtype=np.float32)
        found["pool"][pool] = 1.0
        return found

    def read_ahead(self) -> None:
        """Do now what the first questions would wait for."""
        self._late.read_ahead()

    def _cheap(self, question: str, vector: Scores) -> dict[str, Scores]:
        """Return the signals that cost little for a whole course."""
        import numpy as np

        near = self._index.vectors @ vector
        whole = near[self._is_whole]
        part = whole.copy()
        np.maximum.at(part, self._at[self._is_part], near[self._is_part])
        return {
            "whole": whole,
            "part": part,
            "heading": self._headings @ vector,
            "words": _relative(self._words.scores(question)),
            "pieces": _relative(self._pieces.scores(question)),
            "term": self._terms,
        }

    def _asked(self, vector: Scores) -> dict[str, Scores]:
        """Return how near the question comes to the ways of asking, and where the nearest leads."""
        import numpy as np

        near = (self._index.vectors @ vector)[self._is_ask]
        order = near.argsort(kind="stable")  # so the nearest of a passage is written last
        at, unit = self._at[self._is_ask][order], self._unit[self._is_ask][order]
        found = np.zeros((2, len(self._index.passages)), dtype=np.float32)
        found[0, at], found[1, at] = near[order], unit
        told = {"asked": found[0], "unit": found[1]}
        if near.size >= MANY:
            told["familiar"] = np.full_like(found[0], near[order[-NEAREST:]].mean())
        return told


def weigh(signals: dict[str, Scores]) -> Scores:
    """Return the weighted mean of the signals, about 0 to 1; below 0 outside the pool."""
    import numpy as np

    used = [name for name in WEIGHTS if name in signals]
    total: Scores = np.sum([WEIGHTS[n] * signals[n] for n in used], axis=0, dtype=np.float32)
    total /= sum(weight for weight in WEIGHTS.values() if weight > 0)
    return total - (1 - signals["pool"]) if "pool" in signals else total


def lifted(signals: dict[str, Scores]) -> Scores:
    """Return what `weigh` does, with passages lifted that answer how learners ask."""
    import numpy as np

    scores = weigh(signals)
    doubt = max(0.0, SURE - float(scores.max(initial=0.0)))
    lift: Scores = doubt * np.maximum(0, signals["asked"] - FAR)
    return scores + lift


def _relative(scores: Scores) -> Scores:
    """Scale scores so that the best is 1; all 0 stay 0."""
    best = float(scores.max()) if scores.size else 0.0
    return scores / best if best > 0 else scores


def _mean(values: Iterable[Scores]) -> Scores:
    import numpy as np

    mean: Scores = np.mean(list(values), axis=0)
    return mean
