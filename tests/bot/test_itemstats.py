"""Item statistics, against numpy on whole matrices of marks."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.itemstats import Cell, Item, Whole, items, whole

OPTIONS = 4


def cells_of(chosen: np.ndarray, keys: np.ndarray) -> list[Cell]:
    """The counts that the database gives for a matrix of chosen options, learners x questions."""
    marks = chosen == keys
    counted: Counter[tuple[str, int, int, bool]] = Counter()
    for row, right in zip(chosen, marks, strict=True):
        for question, (option, mark) in enumerate(zip(row, right, strict=True)):
            counted[f"q{question}", int(right.sum()), int(option), bool(mark)] += 1
    return [Cell(*key, n) for key, n in counted.items()]


def measured(chosen: np.ndarray, keys: np.ndarray) -> tuple[tuple[Item, ...], Whole]:
    found = items(cells_of(chosen, keys), [(f"q{i}", OPTIONS) for i in range(len(keys))])
    totals = (chosen == keys).sum(axis=1)
    counts = np.bincount(totals, minlength=len(keys) + 1)
    return found, whole([int(n) for n in counts], found)


def assert_as_numpy(chosen: np.ndarray, keys: np.ndarray) -> None:
    """Compare with the formulas written out over the marks themselves."""
    found, total = measured(chosen, keys)
    marks = (chosen == keys).astype(float)
    scores = marks.sum(axis=1)
    for number, item in enumerate(found):
        x, rest = marks[:, number], scores - marks[:, number]
        assert item.n == len(x)
        assert item.facility == pytest.approx(x.mean())
        spread = float(np.sqrt(np.var(x, ddof=1) * np.var(rest, ddof=1)))
        together = float(np.cov(x, rest, ddof=1)[0, 1])
        most = float(np.cov(np.sort(x), np.sort(rest), ddof=1)[0, 1])
        assert_index(item.discrimination, together, spread)
        assert_index(item.efficiency, together, most)
        assert item.chosen == tuple(int((chosen[:, number] == o).sum()) for o in range(OPTIONS))
    assert total.average == pytest.approx(scores.mean())
    assert total.deviation == pytest.approx(scores.std(ddof=1))
    variance = float(scores.var(ddof=1))
    if len(keys) < 2 or variance < 1e-12:
        assert total.alpha is None
        return
    many = len(keys)
    alpha = many / (many - 1) * (1 - float(marks.var(axis=0, ddof=1).sum()) / variance)
    assert total.alpha == pytest.approx(alpha, abs=1e-9)
    assert total.error == pytest.approx(np.sqrt(variance) * np.sqrt(1 - alpha))


def assert_index(index: float | None, top: float, bottom: float) -> None:
    if abs(bottom) < 1e-12:
        assert index is None
    else:
        assert index == pytest.approx(100 * top / bottom, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_random_classes_agree_with_numpy(data: st.DataObject) -> None:
    learners = data.draw(st.integers(2, 40))
    questions = data.draw(st.integers(1, 12))
    source = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    keys = source.integers(0, OPTIONS, questions)
    ability = source.normal(size=(learners, 1)) - source.normal(size=questions)
    right = source.random((learners, questions)) < 1 / (1 + np.exp(-2 * ability))
    chosen = np.where(right, keys, source.integers(0, OPTIONS, (learners, questions)))
    assert_as_numpy(chosen, keys)


def test_a_class_made_by_hand() -> None:
    # Marks: 1110, 1100, 1000, 0001: the last question is right for the weakest alone.
    chosen = np.array([[0, 0, 0, 1], [0, 0, 1, 1], [0, 1, 1, 1], [1, 1, 1, 0]])
    found, total = measured(chosen, np.zeros(4, int))
    assert [item.facility for item in found] == [0.75, 0.5, 0.25, 0.25]
    assert [item.negative for item in found] == [False, False, False, True]
    assert found[3].discrimination == pytest.approx(-77.459667, abs=1e-6)
    assert found[3].efficiency == pytest.approx(-100)
    assert (total.average, total.counts) == (1.75, (0, 2, 1, 1, 0))
    assert_as_numpy(chosen, np.zeros(4, int))


def test_a_question_that_everybody_gets_right_has_no_index() -> None:
    chosen = np.array([[0, 0], [0, 1], [0, 1]])
    first, second = measured(chosen, np.zeros(2, int))[0]
    assert (first.facility, first.discrimination, first.efficiency) == (1.0, None, None)
    assert (second.discrimination, second.efficiency) == (None, None)


def test_one_attempt_has_a_mean_and_nothing_else() -> None:
    found, total = measured(np.array([[0, 1]]), np.zeros(2, int))
    assert (total.average, total.deviation, total.alpha, total.error) == (1.0, None, None, None)
    assert found[0].discrimination is None


def test_no_attempt_has_nothing() -> None:
    found = items([], [("q0", OPTIONS)])
    assert found[0] == Item("q0", 0, None, None, None, (0, 0, 0, 0))
    assert whole([0, 0], found) == Whole(0, (0, 0), None, None, None, None)


def test_a_test_of_one_question_has_no_consistency() -> None:
    assert measured(np.array([[0], [1], [0]]), np.zeros(1, int))[1].alpha is None


def test_attempts_that_differ_in_what_they_asked_have_no_consistency() -> None:
    cells = [Cell("q0", 1, 0, True, 3), Cell("q0", 0, 1, False, 2), Cell("q1", 1, 1, False, 4)]
    found = items(cells, [("q0", OPTIONS), ("q1", OPTIONS)])
    assert whole([2, 3, 0], found).alpha is None


def test_equal_halves_are_wholly_consistent() -> None:
    chosen = np.array([[0, 0], [0, 0], [1, 1], [1, 1]])
    found, total = measured(chosen, np.zeros(2, int))
    assert total.alpha == pytest.approx(1.0)
    assert total.error == pytest.approx(0.0)
    assert found[0].discrimination == pytest.approx(100.0)
