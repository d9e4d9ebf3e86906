"""The course's figures: in place, and as the script draws them today."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.draw_figures import COURSE, FIGURES, draw_all
from docs.figures.economy import technique_sizes


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    draw_all(folder)
    return folder


@pytest.mark.parametrize("name", FIGURES)
def test_the_course_holds_the_figure_that_the_script_draws(drawn: Path, name: str) -> None:
    assert (COURSE / name).read_bytes() == (drawn / name).read_bytes()


def test_the_bars_are_the_calculators() -> None:
    assert technique_sizes() == (
        ("MHA", 85_899_345_920),
        ("GQA-8", 10_737_418_240),
        ("MQA", 1_342_177_280),
        ("GQA-8, int8", 5_368_709_120),
        ("GQA-8, int4", 2_684_354_560),
    )
