"""Fit the weights of ranking and scope on the DEV questions: `python -m benchmarks.retrieval.fit`.

Prints dictionaries to copy into knowledge/ranking.py and knowledge/scope.py. The scope's
weights depend on the ranking's, so copy those first and run it again.

What a course tells of how learners ask is left out, but for the last dictionary: there each way
is a question, too, that is asked while it is hidden.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.retrieval.hidden import ways, without_ways
from benchmarks.retrieval.questions import DEV, Asked, QuestionSet
from knowledge import ranking, scope
from knowledge.catalog import load_course
from knowledge.encoder import open_encoder
from knowledge.index import Index, open_index
from knowledge.ranking import Ranker, weigh
from knowledge.scope import Scope

SHARPNESS = 10  # scores lie within about 1 of each other, so a softmax needs help
RANKING_DECAY = 0.03
SCOPE_DECAY = 0.01
ALIEN = 0.3  # what a question about another course counts as an example of "not covered"
WAYS = 0.3  # what all ways of asking together count beside the covered questions of their course
SIGNED = ("term",)  # the one signal that may count against a passage


Judged = tuple[list[float], bool, float]
"""The evidence on a question, whether its course covers it, and how much it counts."""


def main(data: Path) -> None:
    """Collect what search sees for every question, and fit."""
    encoder = open_encoder(data)
    ranked: list[tuple[np.ndarray, np.ndarray]] = []
    judged: list[Judged] = []
    told: list[Judged] = []
    for questions in DEV:
        index = open_index(load_course(questions.course), data, encoder)
        bare = without_ways(index)
        ranked += _ranked(questions, bare)
        judged += _judged(questions, bare, scope.WEIGHTS)
        if index.views != bare.views:
            told += _judged(questions, index, scope.TOLD_WEIGHTS)
    _print("ranking.WEIGHTS", dict(zip(ranking.WEIGHTS, _fit_ranking(ranked), strict=True)))
    for name, names, examples in (
        ("scope.WEIGHTS", scope.WEIGHTS, judged),
        ("scope.TOLD_WEIGHTS", scope.TOLD_WEIGHTS, told),
    ):
        bias, *weights = _fit_scope(examples)
        _print(name, dict(zip(names, weights, strict=True)) | {"BIAS": bias})


def _ranked(questions: QuestionSet, index: Index) -> list[tuple[np.ndarray, np.ndarray]]:
    ranker = Ranker(index)
    return [
        _example(asked, index, ranker.signals(asked.question, asked.previous))
        for asked in _inside(questions)
    ]


def _judged(questions: QuestionSet, index: Index, names: Iterable[str]) -> list[Judged]:
    """Return the evidence on the questions of a set, on those of the others, and on the ways."""
    ranker, judge = Ranker(index), Scope(index.passages, index.encoder)

    def evidence(question: str, previous: str = "") -> list[float]:
        signals = ranker.signals(question, previous)
        text = f"{previous} {question}"
        found = judge.evidence(question, text, signals, weigh(signals))
        return [found[name] for name in names]

    others = [q for other in DEV if other.course != questions.course for q in _inside(other)]
    own = [(evidence(q.question, q.previous), bool(q.answer), 1.0) for q in questions.questions]
    alien = [(evidence(q.question, q.previous), False, ALIEN) for q in others]
    asked = [evidence(view.text) for view in ways(index)]
    share = WAYS * len(_inside(questions)) / max(1, len(asked))
    return own + alien + [(values, True, share) for values in asked]


def _inside(questions: QuestionSet) -> list[Asked]:
    return [asked for asked in questions.questions if asked.answer]


def _example(
    asked: Asked, index: Index, signals: dict[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the signals (passages, signals), centred, and which passages are right."""
    table = np.stack([signals[name] for name in ranking.WEIGHTS], axis=1)
    right = np.array([asked.answered_by(p.text) for p in index.passages])
    return table - table.mean(axis=0), right


def _fit_ranking(examples: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return the weights under which a softmax over passages gives the right ones most."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total = RANKING_DECAY * weights @ weights
        slope = 2 * RANKING_DECAY * weights
        for table, right in examples:
            raised = np.exp(SHARPNESS * (table @ weights - (table @ weights).max()))
            share = raised / raised.sum()
            good = share * right / max((share * right).sum(), 1e-12)
            total -= np.log(max((share * right).sum(), 1e-12)) / len(examples)
            slope -= SHARPNESS * (table.T @ (good - share)) / len(examples)
        return total, slope

    bounds = [(None if name in SIGNED else 0, None) for name in ranking.WEIGHTS]
    start = np.full(len(ranking.WEIGHTS), 0.1)
    return minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x


def _fit_scope(examples: list[Judged]) -> np.ndarray:
    """Return bias and weights of a logistic regression, both outcomes counting alike."""
    table = np.array([values for values, _, _ in examples])
    truth = np.array([covered for _, covered, _ in examples])
    counts = np.array([count for _, _, count in examples])
    for outcome in (True, False):
        counts[truth == outcome] /= 2 * counts[truth == outcome].sum()
    mean, spread = table.mean(axis=0), table.std(axis=0)
    scaled = (table - mean) / spread
    sign = np.where(truth, 1.0, -1.0)

    def loss(both: np.ndarray) -> float:
        margin = sign * (both[0] + scaled @ both[1:])
        return float(counts @ np.logaddexp(0, -margin) + SCOPE_DECAY * both[1:] @ both[1:])

    bounds = [(None, None)] + [(0, None)] * table.shape[1]
    both = minimize(loss, np.zeros(table.shape[1] + 1), bounds=bounds, method="L-BFGS-B").x
    weights = both[1:] / spread
    return np.array([both[0] - weights @ mean, *weights])


def _print(name: str, weights: dict[str, float]) -> None:
    print(name, {key: round(float(value), 2) for key, value in weights.items()})


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else folder))
