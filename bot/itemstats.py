"""How well each question of a quiz or test works, from counts of first attempts.

The formulas are those of Moodle's quiz statistics report ("Quiz statistics calculations",
docs.moodle.org/dev): every variance and covariance divides by n - 1, and an index is None where
a variance is 0. Marks are 0 or 1, so all sums are exact integers until the last division.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

LEAST_LEARNERS = 30
"""Below so many first attempts the indexes say little, and the reader is warned."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`n` first attempts of `score` right answers chose option `chosen` of one question."""

    question: str
    score: int
    chosen: int
    correct: bool
    n: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question's statistics; None where they cannot be computed.

    facility        mean mark / greatest mark, 0 to 1
    discrimination  100 cov(x, r) / sqrt(var(x) var(r)), r = the rest of the attempt's score
    efficiency      100 cov(x, r) / cov_max, cov_max with both lists sorted alike
    chosen          how often each option was chosen, in the order of the file
    """

    question: str
    n: int
    facility: float | None
    discrimination: float | None
    efficiency: float | None
    chosen: tuple[int, ...]

    @property
    def negative(self) -> bool:
        """Whether those who did worse elsewhere did better here: look at the question."""
        return self.discrimination is not None and self.discrimination < 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole quiz or test: `counts[s]` first attempts had `s` right answers.

    `deviation` is the standard deviation (n - 1); `alpha` is Cronbach's, 0 to 1 (or below 0);
    `error` is the standard error of measurement in marks, deviation x sqrt(1 - alpha).
    """

    n: int
    counts: tuple[int, ...]
    average: float | None
    deviation: float | None
    alpha: float | None
    error: float | None


def items(cells: Iterable[Cell], questions: Sequence[tuple[str, int]]) -> tuple[Item, ...]:
    """Return each question's statistics; `questions` are ids with their number of options."""
    by_question: dict[str, list[Cell]] = {}
    for cell in cells:
        by_question.setdefault(cell.question, []).append(cell)
    return tuple(_item(name, options, by_question.get(name, [])) for name, options in questions)


def whole(counts: Sequence[int], found: Sequence[Item]) -> Whole:
    """Return the statistics of a whole quiz or test from its score counts and its items."""
    n = sum(counts)
    total = sum(score * many for score, many in enumerate(counts))
    squares = sum(score * score * many for score, many in enumerate(counts))
    variance = _variance(n, total, squares)
    deviation = None if variance is None else sqrt(variance)
    alpha = _alpha(n, variance, found)
    error = None
    if deviation is not None and alpha is not None:
        error = deviation * sqrt(max(0.0, 1 - alpha))
    return Whole(n, tuple(counts), total / n if n else None, deviation, alpha, error)


def _item(name: str, options: int, cells: list[Cell]) -> Item:
    chosen: Counter[int] = Counter()
    right: Counter[int] = Counter()
    rest: Counter[int] = Counter()
    for cell in cells:
        chosen[cell.chosen] += cell.n
        others = cell.score - int(cell.correct)
        rest[others] += cell.n
        if cell.correct:
            right[others] += cell.n
    n, marks = rest.total(), right.total()
    together = _minus_means(n, _sum(right), marks, _sum(rest))
    spread = _minus_means(n, marks, marks, marks) * _minus_means(
        n, sum(r * r * many for r, many in rest.items()), _sum(rest), _sum(rest)
    )
    most = _minus_means(n, _greatest(rest, marks), marks, _sum(rest))
    return Item(
        question=name,
        n=n,
        facility=marks / n if n else None,
        discrimination=100 * together / sqrt(spread) if spread else None,
        efficiency=100 * together / most if most else None,
        chosen=tuple(chosen[index] for index in range(options)),
    )


def _minus_means(n: int, products: int, first: int, second: int) -> int:
    """Return n (n - 1) times a covariance: n sum(ab) - sum(a) sum(b)."""
    return n * products - first * second


def _sum(counts: Counter[int]) -> int:
    return sum(value * many for value, many in counts.items())


def _greatest(rest: Counter[int], marks: int) -> int:
    """Return the sum of the `marks` greatest rests: sum(xr) with both lists sorted alike."""
    total, left = 0, marks
    for value in sorted(rest, reverse=True):
        taken = min(left, rest[value])
        total += value * taken
        left -= taken
    return total


def _variance(n: int, total: int, squares: int) -> float | None:
    return _minus_means(n, squares, total, total) / (n * (n - 1)) if n > 1 else None


def _alpha(n: int, variance: float | None, found: Sequence[Item]) -> float | None:
    """Return Cronbach's alpha; None where attempts differ in what they asked, or all agree."""
    many = len(found)
    if not variance or many < 2 or any(item.n != n for item in found):  # noqa: PLR2004 (k - 1 divides)
        return None
    each = 0.0
    for item in found:
        marks = round((item.facility or 0) * n)
        each += _variance(n, marks, marks) or 0.0
    return many / (many - 1) * (1 - each / variance)
