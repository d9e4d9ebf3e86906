"""quiz.toml and test.toml: questions, their options, and the sections that teach them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from knowledge.models import Course, Option

Files = Mapping[str, str | bytes]
CourseOf = Callable[[Files], Course]
ProblemsOf = Callable[[Files], list[str]]

QUIZ = "1-bends/quiz.toml"

GOOD = """[[question]]
text = "Which knot is flat?"
section = "The Reef Knot"
hints = ["Think of parcels.", "It is also called square."]
[[question.option]]
text = "Reef"
correct = true
why = "It lies flat."
[[question.option]]
text = "Bowline"
"""


def test_a_question_is_read_with_its_section_and_hints(course_of: CourseOf) -> None:
    (question,) = course_of({QUIZ: GOOD}).lessons[0].quiz
    assert question.id == "1-bends-q1"
    assert (question.lesson, question.section) == ("1-bends", "the-reef-knot")
    assert question.hints == ("Think of parcels.", "It is also called square.")
    assert question.options == (Option("Reef", True, "It lies flat."), Option("Bowline", False, ""))
    assert question.key == 0


@pytest.mark.parametrize("section", ["The Reef Knot", "the reef knot", "the-reef-knot"])
def test_a_section_is_named_by_its_heading_or_its_slug(course_of: CourseOf, section: str) -> None:
    quiz = GOOD.replace('"The Reef Knot"', f'"{section}"')
    assert course_of({QUIZ: quiz}).lessons[0].quiz[0].section == "the-reef-knot"


def test_a_test_question_names_its_lesson_and_section(course_of: CourseOf) -> None:
    test = GOOD.replace("section", 'lesson = "1-bends"\nsection', 1)
    (question,) = course_of({"test.toml": test}).test
    assert (question.id, question.lesson, question.section) == (
        "test-q1",
        "1-bends",
        "the-reef-knot",
    )


def test_a_test_question_may_belong_to_no_lesson(course_of: CourseOf) -> None:
    (question,) = course_of({"test.toml": GOOD.replace('section = "The Reef Knot"\n', "")}).test
    assert (question.lesson, question.section) == ("", "")


def test_options_may_be_written_in_one_line_each(course_of: CourseOf) -> None:
    quiz = """[[question]]
text = "Which?"
option = [
  {text = "Reef", correct = true},
  {text = "Bowline"},
]
"""
    assert len(course_of({QUIZ: quiz}).lessons[0].quiz[0].options) == 2


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "correct = true",
            "corect = true",
            '7: question 1, option 1: unknown key "corect"; rename it to "correct", or remove it',
        ),
        ("correct = true", "", "1: question 1: no option is correct; mark one with correct = true"),
        (
            '"Bowline"',
            '"Bowline"\ncorrect = true',
            "11: question 1: options 1 and 2 are both marked correct; leave correct = true on one",
        ),
        (
            '"Bowline"',
            '"  REEF "',
            "10: question 1: options 1 and 2 have the same text; write another answer",
        ),
        (
            '[[question.option]]\ntext = "Bowline"',
            "",
            "5: question 1: 1 option, where 2 to 10 are allowed; add [[question.option]]",
        ),
        (
            'text = "Which knot is flat?"',
            "",
            '1: question 1: "text" is missing; add text = "…"',
        ),
        (
            '"Which knot is flat?"',
            "42",
            '2: question 1: "text" is not text; write it in quotes',
        ),
        (
            '"Which knot is flat?"',
            '" "',
            '2: question 1: "text" is empty; write its text',
        ),
        (
            "Which knot is flat?",
            "x" * 601,
            '2: question 1: "text" has 601 characters, and at most 600 are allowed; shorten it',
        ),
        (
            '"Bowline"',
            '"Bow\\nline"',
            '10: question 1, option 2: "text" has more than one line; write it on one line',
        ),
        (
            "The Reef Knot",
            "The Reaf Knot",
            '3: question 1: the lesson "1-bends" has no section "The Reaf Knot"; '
            'write "The Reef Knot"',
        ),
        (
            "The Reef Knot",
            "Splices",
            '3: question 1: the lesson "1-bends" has no section "Splices"; '
            'write one of "The Reef Knot"',
        ),
        (
            'hints = ["Think of parcels.", "It is also called square."]',
            'hints = "Think of parcels."',
            '4: question 1: "hints" is not a list; write hints = ["…"]',
        ),
        (
            '["Think of parcels.", "It is also called square."]',
            '[\n"a",\n"b",\n"c",\n"d",\n]',
            '8: question 1: "hints" has 4 entries, and at most 3 are allowed; remove some',
        ),
        (
            '["Think of parcels.", "It is also called square."]',
            '[\n"a",\n7,\n]',
            '6: question 1: "hints" is not text; write it in quotes',
        ),
        (
            "correct = true",
            'correct = "yes"',
            '7: question 1, option 1: "correct" is not true or false; write correct = true',
        ),
        ("[[question]]", 'titel = "x"\n[[question]]', '1: unknown key "titel"; remove it'),
        (
            "[[question]]",
            "[[question]]\nlesson = '1-bends'",
            '2: question 1: unknown key "lesson"; remove it',
        ),
    ],
)
def test_a_faulty_question_is_found_in_its_line(
    problems_of: ProblemsOf, old: str, new: str, fault: str
) -> None:
    assert f"{QUIZ}:{fault}" in problems_of({QUIZ: GOOD.replace(old, new, 1)})


def test_eleven_options_are_too_many(problems_of: ProblemsOf) -> None:
    more = "".join(f'[[question.option]]\ntext = "{number}"\n' for number in range(9))
    assert problems_of({QUIZ: GOOD + more}) == [
        f"{QUIZ}:27: question 1: 11 options, where 2 to 10 are allowed; remove some"
    ]


def test_an_id_may_be_used_once_in_the_whole_course(problems_of: ProblemsOf) -> None:
    named = GOOD.replace("[[question]]", '[[question]]\nid = "flat"')
    test = named.replace("section", 'lesson = "1-bends"\nsection', 1)
    assert problems_of({QUIZ: named, "test.toml": test}) == [
        'test.toml:2: question 1: the id "flat" is taken by question 1 of 1-bends/quiz.toml; '
        "give this question another id"
    ]


def test_a_lesson_that_does_not_exist_is_a_problem(problems_of: ProblemsOf) -> None:
    test = GOOD.replace("section", 'lesson = "1-bend"\nsection', 1)
    assert problems_of({"test.toml": test}) == [
        'test.toml:3: question 1: there is no lesson "1-bend"; write "1-bends"'
    ]


def test_a_section_without_its_lesson_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({"test.toml": GOOD}) == [
        'test.toml:3: question 1: a section needs its lesson; add lesson = "…"'
    ]


def test_a_lesson_that_cannot_be_read_hides_no_section(problems_of: ProblemsOf) -> None:
    assert problems_of({QUIZ: GOOD, "1-bends/lesson.md": "# Bends\n\n```\n"}) == [
        "1-bends/lesson.md:3: this code fence is never closed; close it with ``` below"
    ]


def test_a_file_without_questions_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({QUIZ: "# nothing yet\n"}) == [
        f"{QUIZ}:1: the file has no question; add [[question]], or remove the file"
    ]


def test_single_brackets_make_no_list_of_questions(problems_of: ProblemsOf) -> None:
    assert problems_of({QUIZ: '\n[question]\ntext = "Which?"\n'}) == [
        f'{QUIZ}:2: "question" is not a list of tables; '
        "write [[question]], in double brackets, above each"
    ]


def test_a_question_without_options_is_a_problem(problems_of: ProblemsOf) -> None:
    assert problems_of({QUIZ: '[[question]]\ntext = "Which?"\n'}) == [
        f"{QUIZ}:1: question 1: 0 options, where 2 to 10 are allowed; add [[question.option]]"
    ]
