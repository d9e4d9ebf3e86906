"""The guide for authors states the limits that the reader holds."""

from __future__ import annotations

from pathlib import Path

from knowledge.catalog import limits

GUIDE = (Path(__file__).parents[3] / "docs" / "courses.md").read_text(encoding="utf-8")


def test_the_guide_states_every_limit_of_a_text() -> None:
    for limit in (
        limits.MAX_TITLE,
        limits.MAX_DESCRIPTION,
        limits.MAX_ID,
        limits.MAX_QUESTION,
        limits.MAX_OPTION,
        limits.MAX_WHY,
        limits.MAX_MISSION,
        limits.MAX_OPENING,
        limits.MAX_START,
    ):
        assert f"1 to {limit} characters" in GUIDE
    assert f"up to {limits.MAX_HINTS} of 1 to {limits.MAX_HINT} characters" in GUIDE
    assert f"the term has at most {limits.MAX_TERM} characters" in GUIDE
    assert f"the meaning at most {limits.MAX_MEANING}" in GUIDE


def test_the_guide_states_every_number_that_is_counted() -> None:
    assert f"| {limits.MIN_OPTIONS} to {limits.MAX_OPTIONS} |" in GUIDE
    assert f"| 1 to {limits.MAX_EXCHANGES} | {limits.DEFAULT_EXCHANGES} |" in GUIDE
    assert f"at most {limits.MAX_QUESTIONS} questions" in GUIDE
    assert f"At most {limits.MAX_LESSONS} lessons" in GUIDE


def test_a_question_with_all_its_options_fits_a_slack_section() -> None:
    slack_section = 3000
    assert slack_section >= limits.MAX_QUESTION + limits.MAX_OPTIONS * limits.MAX_OPTION
