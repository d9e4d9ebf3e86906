"""How the time to index grows with the course: `python -m benchmarks.index_growth [TIMES…]`."""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bot.settings import BUILT_IN_COURSE
from knowledge.catalog import load_course
from knowledge.encoder import Encoder, open_encoder
from knowledge.index import Index, open_index
from knowledge.models import Course, Lesson
from knowledge.retrieve import Library

TIMES = (1, 10, 100)


def enlarged(course: Course, times: int) -> Course:
    """Return a course `times` as long; each copy of a lesson says its number in every section."""
    lessons = tuple(
        _copy(lesson, copy) if copy else lesson
        for copy in range(times)
        for lesson in course.lessons
    )
    return replace(course, id=f"{course.id}-{times}", lessons=lessons)


def _copy(lesson: Lesson, copy: int) -> Lesson:
    sections = tuple(
        replace(section, body=f"Edition {copy}. {section.body}") for section in lesson.sections
    )
    return replace(
        lesson, slug=f"{lesson.slug}-{copy}", title=f"{lesson.title} {copy}", sections=sections
    )


def main(times: tuple[int, ...]) -> None:
    """Index the course at each size, then again unchanged, then with one section changed."""
    course = load_course(BUILT_IN_COURSE)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        encoder = open_encoder(data)
        print("size   passages  vectors   first run  unchanged  one change  ready  a question")
        for size in times:
            print(_row(enlarged(course, size), size, data, encoder), flush=True)


def _row(course: Course, size: int, data: Path, encoder: Encoder) -> str:
    index, first = _timed(course, data, encoder)
    _, again = _timed(course, data, encoder)
    lesson = course.lessons[0]
    section = replace(lesson.sections[0], body="All of this section is new.")
    changed = replace(lesson, sections=(section, *lesson.sections[1:]))
    index, change = _timed(replace(course, lessons=(changed, *course.lessons[1:])), data, encoder)
    start = time.perf_counter()
    library = Library(course, index)
    library.find("warm up")
    ready = time.perf_counter() - start
    start = time.perf_counter()
    library.find("why is decode bound by memory bandwidth")
    asked = time.perf_counter() - start
    return (
        f"{size:>4}×  {len(index.passages):8}  {len(index.views):7}  {first:8.2f} s  {again:7.2f} s"
        f"  {change:8.2f} s  {ready:4.1f} s  {1000 * asked:7.0f} ms"
    )


def _timed(course: Course, data: Path, encoder: Encoder) -> tuple[Index, float]:
    start = time.perf_counter()
    index = open_index(course, data, encoder)
    return index, time.perf_counter() - start


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or TIMES)
