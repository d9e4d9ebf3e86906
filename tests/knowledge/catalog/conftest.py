"""The least valid course, and two ways to read it with some files changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge.catalog import check_course, load_course
from knowledge.models import Course

Files = Mapping[str, str | bytes]

LEAST_COURSE: Files = {
    "course.toml": 'title = "Knots"\n',
    "1-bends/lesson.md": "# Bends\n\n## The Reef Knot\n\nIt joins two ends of one rope.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a course."""
    path = tmp_path / "knots"
    path.mkdir()
    return path


@pytest.fixture
def write(folder: Path) -> Callable[[Files], Path]:
    """Write the least valid course with these files added or changed."""

    def write_files(files: Files) -> Path:
        for name, content in {**LEAST_COURSE, **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return write_files


@pytest.fixture
def course_of(write: Callable[[Files], Path]) -> Callable[[Files], Course]:
    """Load the least valid course with these files added or changed."""
    return lambda files: load_course(write(files))


@pytest.fixture
def problems_of(write: Callable[[Files], Path]) -> Callable[[Files], list[str]]:
    """List what is wrong in the least valid course with these files added or changed."""
    return lambda files: [str(problem) for problem in check_course(write(files)).problems]
