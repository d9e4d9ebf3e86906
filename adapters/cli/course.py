"""`seminar course check FOLDER`: say whether a course can be taught, and if not, why."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from adapters.cli.options import unused_places
from knowledge.catalog import Report, check_course
from knowledge.catalog.problems import counted

BAD_INPUT = 2


@click.group()
def course() -> None:
    """Work with course folders."""


@course.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@unused_places
@click.pass_context
def check(context: click.Context, folder: Path, as_json: bool) -> None:
    """Check the course in FOLDER: every problem with its file, line and remedy."""
    report = check_course(folder)
    click.echo(_as_json(report) if as_json else _as_text(report))
    if report.problems:
        context.exit(BAD_INPUT)


def _as_json(report: Report) -> str:
    """Return the counts and the problems as JSON."""
    return json.dumps(
        {
            "lessons": report.lessons,
            "quiz_questions": report.quiz_questions,
            "labs": report.labs,
            "test_questions": report.test_questions,
            "problems": [asdict(problem) for problem in report.problems],
        },
        ensure_ascii=False,
    )


def _as_text(report: Report) -> str:
    """Return the problems one a line, then the counts."""
    counts = ", ".join(
        (
            counted(report.lessons, "lesson"),
            counted(report.quiz_questions, "quiz question"),
            counted(report.labs, "lab"),
            counted(report.test_questions, "test question"),
        )
    )
    if report.course:
        return f"{report.course.title}\n{counts}\nNo problems."
    problems = [str(problem) for problem in report.problems]
    files = len({problem.file for problem in report.problems})
    total = f"{counted(len(problems), 'problem')} in {counted(files, 'file')}."
    return "\n".join([*problems, counts, total])
