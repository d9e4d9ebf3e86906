"""`seminar course check FOLDER` tells people and scripts what a course holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.cli.course import course

QUIZ = """[[question]]
text = "Which knot is flat?"
[[question.option]]
text = "Reef"
correct = true
[[question.option]]
text = "Bowline"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good course with one lesson and one question."""
    (tmp_path / "course.toml").write_text('title = "Knots"\n')
    lesson = tmp_path / "1-bends"
    lesson.mkdir()
    (lesson / "lesson.md").write_text("# Bends\n\n## Reef\n\nIt lies flat.\n")
    (lesson / "quiz.toml").write_text(QUIZ)
    return tmp_path


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(course, ["check", *map(str, arguments)])


def test_a_good_course_is_summed_up(folder: Path) -> None:
    result = check(folder)
    assert result.exit_code == 0
    assert result.stdout == (
        "Knots\n1 lesson, 1 quiz question, 0 labs, 0 test questions\nNo problems.\n"
    )


def test_a_good_course_as_json(folder: Path) -> None:
    result = check(folder, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "lessons": 1,
        "quiz_questions": 1,
        "labs": 0,
        "test_questions": 0,
        "problems": [],
    }


def test_a_faulty_course_lists_its_problems_and_is_bad_input(folder: Path) -> None:
    (folder / "1-bends" / "quiz.toml").write_text(QUIZ.replace("correct", "corect"))
    result = check(folder)
    assert result.exit_code == 2
    assert result.stdout == (
        "1-bends/quiz.toml:1: question 1: no option is correct; mark one with correct = true\n"
        '1-bends/quiz.toml:5: question 1, option 1: unknown key "corect"; '
        'rename it to "correct", or remove it\n'
        "1 lesson, 1 quiz question, 0 labs, 0 test questions\n"
        "2 problems in 1 file.\n"
    )


def test_a_faulty_course_as_json_still_exits_as_bad_input(folder: Path) -> None:
    (folder / "course.toml").write_text('title = "Knots\n')
    result = check("--json", folder)
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem.keys() == {"file", "line", "message", "remedy"}
    assert (problem["file"], problem["line"]) == ("course.toml", 1)


def test_a_missing_folder_is_bad_input_without_a_traceback(tmp_path: Path) -> None:
    result = check(tmp_path / "nowhere", "--json")
    assert result.exit_code == 2
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["message"] == "the course folder does not exist"
    assert problem["remedy"] == "give the path of a folder"
