"""A lesson.md: its title, lead, sections, key terms, figures and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge.catalog import check_course, load_course
from knowledge.models import Course, Lesson, Term

Files = Mapping[str, str | bytes]
Write = Callable[[Files], Path]
LessonOf = Callable[[str], Lesson]
Faults = Callable[[str], list[str]]

FILE = "1-bends/lesson.md"
FIGURE = "1-bends/figures/knot.png"
PNG = b"\x89PNG\r\n\x1a\n" + b"the rest of the picture"


@pytest.fixture
def lesson_of(course_of: Callable[[Files], Course]) -> LessonOf:
    """Load this lesson.md; a picture figures/knot.png stands beside it."""
    return lambda text: course_of({FILE: text, FIGURE: PNG}).lessons[0]


@pytest.fixture
def faults(problems_of: Callable[[Files], list[str]]) -> Faults:
    """List the faults of this lesson.md as `line: message; remedy`."""
    return lambda text: [
        problem.removeprefix(f"{FILE}:") for problem in problems_of({FILE: text, FIGURE: PNG})
    ]


def test_a_lesson_is_cut_at_its_headings(lesson_of: LessonOf) -> None:
    lesson = lesson_of(
        "# Bends\n\nTwo ropes become one.\n\n## The Reef Knot\n\nFlat.\n\n### Faults\n\nSlips.\n\n"
        "## The Sheet Bend ##\n\nHolds.\n"
    )
    assert (lesson.title, lesson.intro) == ("Bends", "Two ropes become one.")
    assert [(s.slug, s.title, s.body) for s in lesson.sections] == [
        ("the-reef-knot", "The Reef Knot", "Flat.\n\n### Faults\n\nSlips."),
        ("the-sheet-bend", "The Sheet Bend", "Holds."),
    ]


def test_a_heading_in_a_code_fence_is_code(lesson_of: LessonOf) -> None:
    body = (
        "```formula\n## not a heading\n\n\n![x](y.png)\n```\n\n- item\n\n  ~~~\n  # nor this\n  ~~~"
    )
    (section,) = lesson_of(f"# Bends\n\n## Reef\n\n{body}\n").sections
    assert section.body == body


def test_marks_in_a_heading_are_not_shown(lesson_of: LessonOf) -> None:
    (section,) = lesson_of("# Bends\n\n## The `O(n²)` **cost** of_a_knot\n\nText.\n").sections
    assert section.title == "The O(n²) cost of_a_knot"
    assert section.slug == "the-o-n²-cost-of-a-knot"


def test_a_rule_under_text_makes_no_heading(lesson_of: LessonOf) -> None:
    (section,) = lesson_of("# Bends\n\n## Reef\n\nText\n---\nMore\n").sections
    assert section.body == "Text\n---\nMore"


def test_key_terms_are_a_list_and_no_section(lesson_of: LessonOf) -> None:
    lesson = lesson_of(
        "# Bends\n\n## Reef\n\nText.\n\n## Key Terms\n\n- **Bend**: a knot of\n  two ropes.\n"
        "* **Bight:** a `curved` part.\n"
    )
    assert lesson.terms == (
        Term("Bend", "a knot of two ropes."),
        Term("Bight", "a `curved` part."),
    )
    assert [section.slug for section in lesson.sections] == ["reef"]


def test_a_figure_leaves_the_text_and_joins_its_section(lesson_of: LessonOf, folder: Path) -> None:
    (section,) = lesson_of(
        "# Bends\n\n## Reef\n\nAbove.\n\n"
        '![A flat knot](figures/knot.png "The *reef* knot")\n\nBelow.\n'
    ).sections
    assert section.body == "Above.\n\nBelow."
    (figure,) = section.figures
    assert (figure.alt, figure.caption) == ("A flat knot", "The reef knot")
    assert figure.path == folder.resolve() / FIGURE


def test_a_section_may_be_a_figure_alone(lesson_of: LessonOf) -> None:
    (section,) = lesson_of("# Bends\n\n## Reef\n\n![A knot](figures/knot.png)\n").sections
    assert (section.body, len(section.figures)) == ("", 1)
    assert section.figures[0].caption == ""


def test_a_figure_may_come_from_a_folder_that_lessons_share(write: Write) -> None:
    text = "# Bends\n\n## Reef\n\n![A knot](<../assets/my knot.png>)\n"
    course = load_course(write({FILE: text, "assets/my knot.png": PNG}))
    assert course.lessons[0].sections[0].figures[0].path.name == "my knot.png"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "## Reef\n\nText.\n",
            "1: the lesson does not begin with its title; add # Title as line 1",
        ),
        (
            "Hello.\n\n# Bends\n\n## Reef\n\nText.\n",
            "1: text stands above the title; move it below the # heading",
        ),
        (
            "# Bends\n\n## Reef\n\nText.\n\n# Loops\n",
            "7: the lesson has a second title; write ## for a section",
        ),
        (
            "# Bends\n\nOnly a lead.\n",
            "1: the lesson has no section; add a ## heading with text below it",
        ),
        (
            "# Bends\n\n## Reef\n\n## Sheet\n\nText.\n",
            '3: the section "Reef" is empty; write its text, or remove the heading',
        ),
        (
            "# Bends\n\n## Sheet bend\n\nA.\n\n## Sheet-Bend\n\nB.\n",
            '7: the heading "Sheet-Bend" stands twice; give each section a heading of its own',
        ),
        (
            "# Bends\n\n## ???\n\nText.\n",
            "3: this heading has no words; write a heading",
        ),
        (
            f"# Bends\n\n## {'x' * 101}\n\nText.\n",
            "3: the heading has 101 characters, and at most 100 are allowed; shorten it",
        ),
        (
            "# Bends\n\n## Reef\n\n```\ncode\n\n## Sheet\n",
            "5: this code fence is never closed; close it with ``` below",
        ),
        (
            "# Bends\n\n## Reef\n\n- item\n  ```\n  code\n\nText.\n",
            "6: this code fence is never closed; close it with ``` below",
        ),
    ],
)
def test_a_fault_of_structure_is_found_in_its_line(faults: Faults, text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        ("Bend: a knot.", "9: this line is not a key term; write it as - **Term**: meaning"),
        ("- **Bend** a knot.", "9: this line is not a key term; write it as - **Term**: meaning"),
        ("- **A**: x.\n- **a**: y.", '10: the term "a" stands twice; remove one'),
        (
            f"- **A**: {'x' * 601}",
            "9: the meaning has 601 characters, and at most 600 are allowed; shorten it",
        ),
    ],
)
def test_a_faulty_key_term_is_found_in_its_line(faults: Faults, items: str, fault: str) -> None:
    assert fault in faults(f"# Bends\n\n## Reef\n\nText.\n\n## Key terms\n\n{items}\n")


def test_key_terms_without_terms_are_a_problem(faults: Faults) -> None:
    assert faults("# Bends\n\n## Reef\n\nText.\n\n## Key terms\n") == [
        "7: this section has no terms; write - **Term**: meaning, or remove the heading"
    ]


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "7: this table row has 3 cells"),
        ("| a | b |\n|---|---|\n| 1 |", "7: this table row has 1 cell,"),
        ("| a | b |\n|---|\n| 1 | 2 |", "6: this table row has 1 cell,"),
        ("a | b\n---|---\nc", "7: this table row has 1 cell,"),
        ("| a | b |\n| 1 | 2 |", "5: this table has no header; write | --- | below its first row"),
    ],
)
def test_a_crooked_table_is_found_in_its_row(faults: Faults, table: str, fault: str) -> None:
    assert [problem.startswith(fault) for problem in faults(f"# B\n\n## R\n\n{table}\n")] == [True]


def test_a_table_stays_in_the_text_and_its_cells_may_hold_escaped_pipes(
    lesson_of: LessonOf,
) -> None:
    table = "| a | b |\n|:--|--:|\n| x \\| y | |\n| 1 | 2"
    assert lesson_of(f"# Bends\n\n## Reef\n\n{table}\n").sections[0].body == table


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("![](figures/knot.png)", 'figure "figures/knot.png" has no alt text; say between'),
        ("![x](figures/none.png)", 'figure "figures/none.png": the file is missing; create it'),
        ("![x](/etc/knot.png)", 'figure "/etc/knot.png": the path is absolute; write it from'),
        ("![x](C:/knot.png)", 'figure "C:/knot.png": the path is absolute; write it from'),
        ("![x](https://e.org/a.png)", 'figure "https://e.org/a.png": a link is not a file; copy'),
        ("![x](../../a.png)", 'figure "../../a.png": the path leads out of the course folder;'),
        ("![x](%2e%2e/../../a.png)", 'figure "../../../a.png": the path leads out of the course'),
        ("![x](%00.png)", 'figure "\\u0000.png": the path cannot be followed; name a plain file'),
        ("![x](figures)", 'figure "figures": this is not a file; put a plain file in its place'),
        ("![x](lesson.md)", 'figure "lesson.md": the picture is not a PNG file; save it as PNG'),
        ("![x](a b.png)", "this figure cannot be read; write it alone as ![what the picture"),
        ("![x](figures/knot.png) and text", "this figure cannot be read; write it alone as"),
        ("See ![x](figures/knot.png).", "this figure stands inside other text; put it on a line"),
        ("- ![x](figures/knot.png)", "this figure stands inside other text; put it on a line"),
        (f"![{'x' * 1001}](figures/knot.png)", "the alt text has 1001 characters, and at most"),
    ],
)
def test_a_faulty_figure_is_found_in_its_line(faults: Faults, line: str, fault: str) -> None:
    (problem,) = faults(f"# Bends\n\n## Reef\n\nText.\n\n{line}\n")
    assert problem.startswith(f"7: {fault}")


def test_an_image_in_code_is_no_figure(faults: Faults) -> None:
    assert faults("# Bends\n\n## Reef\n\nWrite `![alt](file)` for one.\n") == []


def test_a_figure_above_the_first_section_is_a_problem(faults: Faults) -> None:
    assert faults("# Bends\n\n![x](figures/knot.png)\n\n## Reef\n\nText.\n") == [
        "3: a figure stands above the first section; move below a ## heading"
    ]


def test_a_figure_linked_from_outside_is_a_problem(write: Write, tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(PNG)
    folder = write({FILE: "# Bends\n\n## Reef\n\n![x](linked.png)\n"})
    (folder / "1-bends" / "linked.png").symlink_to(outside)
    (problem,) = check_course(folder).problems
    assert problem.message == 'figure "linked.png": the path leads out of the course folder'


def test_a_figure_larger_than_eight_megabytes_is_a_problem(write: Write) -> None:
    folder = write({FILE: "# Bends\n\n## Reef\n\n![x](big.png)\n"})
    with (folder / "1-bends" / "big.png").open("wb") as file:
        file.write(PNG)
        file.truncate(8 * 1024**2 + 1)
    (problem,) = check_course(folder).problems
    assert problem.message == 'figure "big.png": the picture is larger than 8 MB'
