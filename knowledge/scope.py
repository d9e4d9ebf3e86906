"""Judge whether a course covers a question: by meaning, by words, and by what it asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.encoder import Encoder
from knowledge.lexical import stems
from knowledge.models import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

THRESHOLD = 0.5  # a question with at least this confidence counts as covered
REFUSED = 0.02  # confidence left to a request for the key, for a grade or against the rules
FIRST = 3  # passages looked at for the question's words
GAP = 5  # a clear winner stands out from the passage of this rank
ASIDES = Path(__file__).with_name("asides.txt")

# Weights of a logistic regression, fitted by benchmarks/retrieval/fit.py.
BIAS = -6.47
WEIGHTS = {
    "rank": 2.25,  # the weighted score of the first passage
    "gap": 7.7,  # how far it stands out from the fifth
    "whole": 3.26,  # the nearest passage, as one vector
    "part": 3.52,  # the nearest sentence or row, as one vector
    "passage": 0.48,  # the nearest passage, token by token
    "weakest": 3.69,  # the first passage's match with the question's worst matched word
    "together": 0.97,  # share of the question's words, rare ones most, in one of the first passages
    "lead": 0.83,  # how much nearer the course is than small talk and requests about the test
}

# A course that tells many ways in which learners ask is judged by these as well: one who asks as
# others do is believed, and one who asks in the course's own terms need not ask as others do.
TOLD_BIAS = -9.2
TOLD_WEIGHTS = {
    "rank": 1.47,
    "gap": 4.59,
    "whole": 0.0,
    "part": 4.7,
    "passage": 1.1,
    "weakest": 4.64,
    "together": 1.27,
    "lead": 0.0,
    "familiar": 9.08,  # how near the question comes to the nearest of them, on average
}

_RULES = re.compile(
    r"\b(?:answers?|keys?|solutions?|correct|right)\b.{0,40}\b(?:quiz|test|exam|question \d+|q\d+)"
    r"|\b(?:quiz|test|exam|question \d+)\b.{0,30}\b(?:answers?|keys?|solutions?)\b"
    r"|\b(?:change|set|raise|give|fix|mark|boost|edit|make)\b.{0,25}"
    r"\b(?:grades?|scores?|marks|points|progress|complete[d]?|passed)\b"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}"
    r"\b(?:instructions?|rules|prompts?|above)\b"
    r"|\b(?:system|hidden|secret|initial) (?:prompt|instructions?)\b"
    r"|\bjailbreak|\bdeveloper mode\b",
    re.IGNORECASE,
)


class Scope:
    """Knows a course's words, to tell a question about it from one about something else."""

    def __init__(self, passages: Sequence[Passage], encoder: Encoder) -> None:
        self._encoder = encoder
        self._stems = [set(stems(f"{p.heading} {p.text}")) for p in passages]
        self._spread = Counter(s for found in self._stems for s in found)
        self._asides = encoder.encode(_asides())

    def evidence(
        self, question: str, text: str, signals: dict[str, Scores], scores: Scores
    ) -> dict[str, float]:
        """Return the values of WEIGHTS, or of TOLD_WEIGHTS, for a question, each about 0 to 1.

        `text` is the question after the previous one; `signals` and `scores` are the ranker's.
        """
        order = scores.argsort(kind="stable")[::-1]
        best = order[0]
        nearest = ("whole", "part", "passage", "familiar")
        found = {name: float(signals[name].max()) for name in nearest if name in signals}
        aside = float((self._asides @ self._encoder.encode([question])[0]).max())
        return found | {
            "rank": float(scores[best]),
            "gap": float(scores[best] - scores[order[:GAP][-1]]),
            "weakest": float(signals["weakest"][best]),
            "together": max(self._together(text, int(i)) for i in order[:FIRST]),
            "lead": found["whole"] - aside,
        }

    def _together(self, text: str, place: int) -> float:
        """Return the share of a text's words that one passage has, rare words counting most."""
        size = len(self._stems)
        rare = {s: log(1 + size / (1 + self._spread.get(s, 0))) for s in set(stems(text))}
        had = sum(weight for s, weight in rare.items() if s in self._stems[place])
        return had / sum(rare.values()) if rare else 0.0


def confidence(question: str, evidence: dict[str, float]) -> float:
    """Return the probability, 0 to 1, that the course covers the question."""
    total = _weighed(BIAS, WEIGHTS, evidence)
    if "familiar" in evidence:
        total = max(total, _weighed(TOLD_BIAS, TOLD_WEIGHTS, evidence))
    sure = 1 / (1 + exp(-total))
    return sure * REFUSED if against_rules(question) else sure


def against_rules(question: str) -> bool:
    """Tell whether a question asks for the key, for a grade, or to break the tutor's rules."""
    return _RULES.search(question) is not None


def _weighed(bias: float, weights: dict[str, float], evidence: dict[str, float]) -> float:
    return bias + sum(weight * evidence[name] for name, weight in weights.items())


def _asides() -> list[str]:
    lines = ASIDES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
