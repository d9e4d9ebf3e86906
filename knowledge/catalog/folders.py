"""Find the lessons of a course folder, and the files that nothing would read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.catalog.files import contained, present
from knowledge.catalog.limits import MAX_ID, MAX_LESSONS
from knowledge.catalog.problems import BadFileError, Problems, nearest

LESSON = "lesson.md"
QUIZ = "quiz.toml"
LAB = "lab.toml"
ASKED = "asked.toml"
COURSE = "course.toml"
TEST = "test.toml"
NOT_LESSONS = frozenset({"figures", "assets", COURSE, TEST})

_DIGITS = re.compile(r"(\d+)")


def course_root(folder: Path) -> Path:
    """Return the real path of a course folder; raise BadFileError if it is none."""
    try:
        root = folder.resolve()
        if not root.exists():
            raise BadFileError("the course folder does not exist", "give the path of a folder")
        if not root.is_dir():
            message = "the course is a file, not a folder"
            raise BadFileError(message, f"give the folder that holds {COURSE}")
        next(root.iterdir(), None)
    except (OSError, RuntimeError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "bad path"
        message = f"the course folder cannot be read ({reason})"
        raise BadFileError(message, "give the path of a folder you may read") from None
    return root


def lesson_folders(root: Path, problems: Problems) -> list[str]:
    """Return the folders that hold a lesson, in the order of the course."""
    names = sorted(_names(root, ".", problems), key=natural_order)
    lessons = [name for name in names if _is_lesson_folder(root, name, problems)]
    if not lessons:
        problems.add(COURSE, 1, "the course has no lesson", f"add a folder with a {LESSON}")
    if len(lessons) > MAX_LESSONS:
        message = f"the course has {len(lessons)} lessons, and at most {MAX_LESSONS} fit"
        problems.add(COURSE, 1, message, "split it into several courses")
    return lessons[:MAX_LESSONS]


def natural_order(name: str) -> tuple[list[str | int], str]:
    """Return a sort key that puts 2-beta before 10-alpha."""
    parts = _DIGITS.split(name.casefold())
    return [int(part) if part.isdecimal() else part for part in parts], name


def refuse_stray_files(root: Path, lessons: list[str], problems: Problems) -> None:
    """Note every TOML file that would never be read, such as a misspelt quiz.toml."""
    for folder, known in ((".", (COURSE, TEST)), *((name, (QUIZ, LAB, ASKED)) for name in lessons)):
        for name in _names(root, folder, problems):
            if name.casefold().endswith(".toml") and name not in known:
                file = name if folder == "." else f"{folder}/{name}"
                meant = nearest(name, known)
                remedy = f"rename it to {meant}" if meant else f"only {_listed(known)} are"
                problems.add(file, 1, "this file is never read", remedy)


def _is_lesson_folder(root: Path, name: str, problems: Problems) -> bool:
    try:
        is_lesson = name not in NOT_LESSONS and contained(root, name).is_dir()
    except BadFileError as fault:
        problems.add(name, 1, fault.message, fault.remedy)
        return False
    except OSError:
        problems.add(name, 1, "the folder cannot be read", "make it readable")
        return False
    if is_lesson and (not name.isprintable() or len(name) > MAX_ID):
        message = f"the folder's name is not 1 to {MAX_ID} printable characters"
        problems.add(name, 1, message, "rename it")
        return False
    if is_lesson and not present(root, f"{name}/{LESSON}"):
        problems.add(f"{name}/{LESSON}", 1, "the file is missing", f"write {LESSON} here")
        return False
    return is_lesson


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}"


def _names(root: Path, folder: str, problems: Problems) -> list[str]:
    try:
        return sorted(p.name for p in (root / folder).iterdir() if not p.name.startswith("."))
    except OSError:
        problems.add(folder, 1, "the folder cannot be read", "make it readable")
        return []
