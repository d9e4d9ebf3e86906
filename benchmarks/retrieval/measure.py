"""How good a search is: the right passage first, in the first three, within 800 characters."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.retrieval.questions import Asked

WITHIN = 800  # characters of the passages, best first, one after another
TOP = 3

Search = Callable[[Asked], tuple[list[str], float]]
"""Returns the texts found, best first, and the confidence that the course covers it."""


@dataclass(frozen=True)
class Quality:
    """Shares of covered questions, the area under the ROC curve, processor seconds a question."""

    first: float
    top: float
    within: float
    auroc: float
    accuracy: float
    seconds: float


def measure(search: Search, questions: tuple[Asked, ...], threshold: float = 0.5) -> Quality:
    """Ask every question and count."""
    search(questions[0])
    start = time.process_time()
    answers = [(asked, *search(asked)) for asked in questions]
    seconds = (time.process_time() - start) / len(questions)
    inside = [(asked, texts) for asked, texts, _ in answers if asked.answer]
    hits = [[asked.answered_by(text) for text in texts] for asked, texts in inside]
    near = [asked.answered_by("\n".join(texts)[:WITHIN]) for asked, texts in inside]
    sure = [score for asked, _, score in answers if asked.answer]
    unsure = [score for asked, _, score in answers if not asked.answer]
    right = sum(s >= threshold for s in sure) + sum(s < threshold for s in unsure)
    return Quality(
        sum(any(row[:1]) for row in hits) / len(hits),
        sum(any(row[:TOP]) for row in hits) / len(hits),
        sum(near) / len(near),
        auroc(sure, unsure),
        right / len(answers),
        seconds,
    )


def auroc(positive: list[float], negative: list[float]) -> float:
    """Return the chance that a covered question scores above one that is not covered."""
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    return sum(pairs) / len(pairs) if pairs else float("nan")
