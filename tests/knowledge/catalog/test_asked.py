"""asked.toml: how learners ask, and the one place of the lesson that answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from knowledge.models import Ask, Course

Files = Mapping[str, str | bytes]
CourseOf = Callable[[Files], Course]
ProblemsOf = Callable[[Files], list[str]]

ASKED = "1-bends/asked.toml"
LESSON = """# Bends

## The Reef Knot

It joins *two ends* of one rope. It lies flat.

| Knot | Use |
| --- | --- |
| Reef | parcels |
| Granny | none |

## Danger

It slips. It lies flat, too.

## Key terms

- **Bend**: A knot that joins ropes.
"""
GOOD = """[[ask]]
about = "joins two ends"
ways = ["how do i tie a cord together", "my rope is too short"]
"""


def test_an_ask_is_read(course_of: CourseOf) -> None:
    assert course_of({ASKED: GOOD}).lessons[0].asks == (
        Ask("joins two ends", ("how do i tie a cord together", "my rope is too short")),
    )


@pytest.mark.parametrize(
    "about", ["joins *two ends*", "Reef | parcels", "A knot that joins ropes", "It slips."]
)
def test_any_part_of_a_lesson_may_answer(problems_of: ProblemsOf, about: str) -> None:
    files = {"1-bends/lesson.md": LESSON, ASKED: GOOD.replace("joins two ends", about)}
    assert problems_of(files) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "joins two ends",
            "ties two ends",
            '2: ask 1: no part of the lesson holds "ties two ends"; copy words of one sentence, '
            "list item, formula or table row",
        ),
        (
            "joins two ends",
            "It lies flat",
            '2: ask 1: 2 parts of the lesson hold "It lies flat"; copy more words of the one that '
            "is meant",
        ),
        ('about = "joins two ends"', "", '1: ask 1: "about" is missing; add about = "…"'),
        (
            '["how do i tie a cord together", "my rope is too short"]',
            "[]",
            '3: ask 1: it has no way of asking; add ways = ["…"]',
        ),
        (
            "my rope is too short",
            "How do I tie  a cord together",
            '3: ask 1: "How do I tie  a cord together" stands in ask 1 already; keep it where it '
            "is answered best",
        ),
        ("ways =", "way =", '3: ask 1: unknown key "way"; rename it to "ways", or remove it'),
        (GOOD, "\n# none\n", "1: the file has no ask; add [[ask]], or remove the file"),
    ],
)
def test_each_fault_is_named_with_its_line_and_remedy(
    problems_of: ProblemsOf, old: str, new: str, problem: str
) -> None:
    found = problems_of({"1-bends/lesson.md": LESSON, ASKED: GOOD.replace(old, new)})
    assert f"{ASKED}:{problem}" in found


def test_a_misspelt_file_is_not_passed_over(problems_of: ProblemsOf) -> None:
    assert problems_of({"1-bends/askd.toml": GOOD}) == [
        "1-bends/askd.toml:1: this file is never read; rename it to asked.toml"
    ]
