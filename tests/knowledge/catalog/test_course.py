"""A course folder as a whole: what it needs, and how its faults are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge.catalog import Problem, check_course, load_course
from knowledge.errors import CourseError
from knowledge.models import Course, Policy

Files = Mapping[str, str | bytes]
Write = Callable[[Files], Path]
CourseOf = Callable[[Files], Course]
ProblemsOf = Callable[[Files], list[str]]

LESSON = "# Bends\n\n## The Reef Knot\n\nIt joins two ends.\n"


def test_the_least_course_is_a_title_and_one_lesson(course_of: CourseOf, folder: Path) -> None:
    course = course_of({})
    assert (course.id, course.title, course.description) == ("knots", "Knots", "")
    assert course.folder == folder.resolve()
    assert [(lesson.slug, lesson.number, lesson.title) for lesson in course.lessons] == [
        ("1-bends", 1, "Bends")
    ]
    assert course.test == ()
    assert course.policy == Policy()


def test_the_report_counts_what_the_course_holds(write: Write) -> None:
    report = check_course(write({}))
    assert (report.lessons, report.quiz_questions, report.labs, report.test_questions) == (
        1,
        0,
        0,
        0,
    )
    assert report.problems == ()
    assert report.course is not None


def test_lessons_come_in_the_order_of_their_numbers(course_of: CourseOf) -> None:
    course = course_of({"10-hitches/lesson.md": LESSON, "2-loops/lesson.md": LESSON})
    assert [lesson.slug for lesson in course.lessons] == ["1-bends", "2-loops", "10-hitches"]
    assert [lesson.number for lesson in course.lessons] == [1, 2, 3]


def test_hidden_folders_and_folders_of_pictures_are_no_lessons(course_of: CourseOf) -> None:
    course = course_of({".git/config": "x", "figures/a.txt": "x", "assets/b.txt": "x"})
    assert len(course.lessons) == 1


def test_a_folder_without_a_lesson_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({"2-loops/quiz.toml": ""}) == [
        "2-loops/lesson.md:1: the file is missing; write lesson.md here"
    ]


def test_a_course_without_lessons_is_a_problem(folder: Path) -> None:
    (folder / "course.toml").write_text('title = "Knots"')
    assert [str(problem) for problem in check_course(folder).problems] == [
        "course.toml:1: the course has no lesson; add a folder with a lesson.md"
    ]


def test_a_course_without_course_toml_is_a_problem(folder: Path) -> None:
    (folder / "1-bends").mkdir()
    (folder / "1-bends" / "lesson.md").write_text(LESSON)
    assert [str(problem) for problem in check_course(folder).problems] == [
        "course.toml:1: the file is missing; create it, or correct its name"
    ]


def test_a_misspelt_file_name_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({"1-bends/quizz.toml": "", "tests.toml": ""}) == [
        "tests.toml:1: this file is never read; rename it to test.toml",
        "1-bends/quizz.toml:1: this file is never read; rename it to quiz.toml",
    ]


def test_a_folder_name_that_cannot_be_shown_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({"2-\x1b[31m/lesson.md": LESSON}) == [
        "2-\\u001b[31m:1: the folder's name is not 1 to 64 printable characters; rename it"
    ]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert check_course(missing).problems == (
        Problem(str(missing), 1, "the course folder does not exist", "give the path of a folder"),
    )


def test_a_file_is_no_course_folder(folder: Path) -> None:
    file = folder / "course.toml"
    file.write_text('title = "Knots"')
    (problem,) = check_course(file).problems
    assert problem.message == "the course is a file, not a folder"


def test_settings_are_read_and_the_course_may_choose_its_id(course_of: CourseOf) -> None:
    course = course_of(
        {
            "course.toml": """
title = "Knots"
id = "knots-2"
description = "Eight knots."
[policy]
pass_mark = 60
attempts = 3
cooldown_hours = 1.5
unlock = "in-order"
feedback = "end"
"""
        }
    )
    assert (course.id, course.description) == ("knots-2", "Eight knots.")
    assert course.policy == Policy(60, 3, 1.5, "in-order", "end")


def test_each_setting_out_of_range_is_named(problems_of: ProblemsOf) -> None:
    settings = """title = 7
description = ""
[policy]
pass_mark = 101
attempts = -1
cooldown_hours = nan
unlock = "never"
feedback = true
"""
    assert problems_of({"course.toml": settings}) == [
        'course.toml:1: "title" is not text; write it in quotes',
        'course.toml:2: "description" is empty; write its text',
        'course.toml:4: [policy]: "pass_mark" is not a whole number from 1 to 100; '
        "write pass_mark = 80",
        'course.toml:5: [policy]: "attempts" is not a whole number from 0 to 1000; '
        "write attempts = 0",
        'course.toml:6: [policy]: "cooldown_hours" is not a number from 0 to 8760; '
        "write cooldown_hours = 0",
        'course.toml:7: [policy]: "unlock" is not "open" or "in-order"; write unlock = "open"',
        'course.toml:8: [policy]: "feedback" is not "each" or "end"; write feedback = "each"',
    ]


def test_true_is_no_number(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of({"course.toml": 'title = "Knots"\npolicy.pass_mark = true'})
    assert problem.startswith('course.toml:2: [policy]: "pass_mark" is not a whole number')


def test_a_policy_that_is_no_table_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({"course.toml": 'title = "Knots"\npolicy = 80'}) == [
        'course.toml:2: "policy" is not a table; write [policy] on a line of its own'
    ]


def test_a_lab_is_read(course_of: CourseOf) -> None:
    lab = 'title = "Rope"\nmission = "Tie it."\nopening = "Hello."\nstart = "How?"\n'
    lesson = course_of({"1-bends/lab.toml": lab + "exchanges = 5"}).lessons[0]
    assert lesson.lab is not None
    assert (lesson.lab.title, lesson.lab.start, lesson.lab.exchanges) == ("Rope", "How?", 5)


def test_a_lab_takes_three_exchanges_unless_it_says_otherwise(course_of: CourseOf) -> None:
    lab = 'title = "Rope"\nmission = "Tie it."\nopening = "Hello."\nstart = "How?"\n'
    lesson = course_of({"1-bends/lab.toml": lab}).lessons[0]
    assert lesson.lab is not None
    assert lesson.lab.exchanges == 3


def test_a_lab_needs_its_texts(problems_of: ProblemsOf) -> None:
    assert problems_of({"1-bends/lab.toml": 'title = "Rope"\nexchanges = 11'}) == [
        '1-bends/lab.toml:1: "mission" is missing; add mission = "…"',
        '1-bends/lab.toml:1: "opening" is missing; add opening = "…"',
        '1-bends/lab.toml:1: "start" is missing; add start = "…"',
        '1-bends/lab.toml:2: "exchanges" is not a whole number from 1 to 10; write exchanges = 3',
    ]


def test_loading_a_faulty_course_says_what_where_and_how_many_more(write: Write) -> None:
    folder = write({"course.toml": 'titel = "Knots"', "2-loops/quiz.toml": ""})
    with pytest.raises(CourseError) as caught:
        load_course(folder)
    assert str(caught.value) == (
        'course.toml, line 1: "title" is missing; add title = "…" '
        f"(and 2 more problems: run seminar course check {folder})."
    )


def test_loading_a_course_with_one_fault_promises_no_more(write: Write) -> None:
    with pytest.raises(CourseError) as caught:
        load_course(write({"course.toml": 'title = "Knots"\nkolor = 1'}))
    assert str(caught.value) == 'course.toml, line 2: unknown key "kolor"; remove it.'
