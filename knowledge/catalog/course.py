"""Read a whole course folder into a Course, or tell everything that is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.asks import parts
from knowledge.catalog.asked import read_asks
from knowledge.catalog.files import present
from knowledge.catalog.folders import (
    ASKED,
    COURSE,
    LAB,
    LESSON,
    QUIZ,
    TEST,
    course_root,
    lesson_folders,
    refuse_stray_files,
)
from knowledge.catalog.lessons import read_lesson
from knowledge.catalog.problems import BadFileError, Problem, Problems, counted
from knowledge.catalog.questions import QuestionReader
from knowledge.catalog.settings import CourseSettings, read_lab, read_settings
from knowledge.catalog.toml_files import toml_table
from knowledge.errors import CourseError
from knowledge.models import Ask, Course, Lab, Lesson, Policy, Question


@dataclass(frozen=True, slots=True)
class Report:
    """What a course folder holds. `course` is None where there are problems."""

    lessons: int
    quiz_questions: int
    labs: int
    test_questions: int
    problems: tuple[Problem, ...]
    course: Course | None


def load_course(folder: Path) -> Course:
    """Return the course in `folder`; raise CourseError naming file, line and remedy."""
    report = check_course(folder)
    if report.course is None:
        raise CourseError(_sentence(report.problems, folder))
    return report.course


def check_course(folder: Path) -> Report:
    """Read every file of the course and collect its problems. Nothing in it is ever run."""
    problems = Problems()
    try:
        root = course_root(folder)
    except BadFileError as fault:
        problems.add(str(folder), fault.line, fault.message, fault.remedy)
        return Report(0, 0, 0, 0, problems.found(), None)
    settings = _settings(root, problems)
    lessons, test = _contents(root, problems)
    course = Course(
        id=settings.id or root.name or "course",
        title=settings.title,
        description=settings.description,
        folder=root,
        lessons=lessons,
        test=test,
        policy=settings.policy,
    )
    found = problems.found()
    return Report(
        lessons=len(lessons),
        quiz_questions=sum(len(lesson.quiz) for lesson in lessons),
        labs=sum(lesson.lab is not None for lesson in lessons),
        test_questions=len(test),
        problems=found,
        course=None if found else course,
    )


def _settings(root: Path, problems: Problems) -> CourseSettings:
    file = toml_table(root, COURSE, problems)
    return read_settings(file) if file else CourseSettings("", "", "", Policy())


def _contents(root: Path, problems: Problems) -> tuple[tuple[Lesson, ...], tuple[Question, ...]]:
    names = lesson_folders(root, problems)
    texts = {name: read_lesson(root, f"{name}/{LESSON}", problems) for name in names}
    outline = {name: text.sections if text else None for name, text in texts.items()}
    reader = QuestionReader(outline)
    lessons = []
    for number, (name, text) in enumerate(texts.items(), start=1):
        lesson = Lesson(
            slug=name,
            number=number,
            title=text.title if text else name,
            intro=text.intro if text else "",
            sections=text.sections if text else (),
            terms=text.terms if text else (),
            quiz=_quiz(root, name, reader, problems),
            lab=_lab(root, name, problems),
        )
        asks = _asks(root, lesson, problems, read=text is not None)
        lessons.append(replace(lesson, asks=asks))
    test_file = toml_table(root, TEST, problems) if present(root, TEST) else None
    test = reader.read_test(test_file) if test_file else ()
    refuse_stray_files(root, names, problems)
    return tuple(lessons), test


def _quiz(
    root: Path, lesson: str, reader: QuestionReader, problems: Problems
) -> tuple[Question, ...]:
    file = f"{lesson}/{QUIZ}"
    table = toml_table(root, file, problems) if present(root, file) else None
    return reader.read_quiz(table, lesson) if table else ()


def _lab(root: Path, lesson: str, problems: Problems) -> Lab | None:
    file = f"{lesson}/{LAB}"
    table = toml_table(root, file, problems) if present(root, file) else None
    return read_lab(table) if table else None


def _asks(root: Path, lesson: Lesson, problems: Problems, *, read: bool) -> tuple[Ask, ...]:
    file = f"{lesson.slug}/{ASKED}"
    table = toml_table(root, file, problems) if present(root, file) else None
    return read_asks(table, parts(lesson) if read else None) if table else ()


def _sentence(problems: tuple[Problem, ...], folder: Path) -> str:
    first, *more = problems
    sentence = f"{first.file}, line {first.line}: {first.message}; {first.remedy}"
    if more:
        sentence += (
            f" (and {counted(len(more), 'more problem')}: run seminar course check {folder})"
        )
    return f"{sentence}."
