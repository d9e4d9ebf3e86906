"""How indexing and search grow with the course: `python -m benchmarks.index_growth [TIMES…]`.

    --drawn    vectors of course text are drawn, not embedded: what grows is then search alone

Each size has a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from benchmarks.quantiles import quantile
from benchmarks.retrieval.questions import DEV
from bot.settings import BUILT_IN_COURSE
from knowledge.catalog import load_course
from knowledge.encoder import Encoder, Tokens, open_encoder
from knowledge.index import Index, open_index
from knowledge.models import Course, Lesson
from knowledge.retrieve import Library

if TYPE_CHECKING:
    from knowledge.encoder import Vectors

TIMES = (1, 10, 100)
HEADER = (
    "size   passages  vectors   first run  unchanged  one change  ready  question p50  p95      MB"
)
MB = 1024
"""Kilobytes of `ru_maxrss` in a megabyte."""


class Drawn:
    """An encoder that draws a text's vector instead of reading it, until it is `asked`."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.identity = f"drawn-{encoder.identity}"
        self.asked = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, the same for the same text, float32 of shape (texts, width)."""
        import numpy as np  # noqa: PLC0415 (as heavy here as in knowledge.encoder)

        if self.asked:
            return self._encoder.encode(texts)
        width = self._encoder.encode(["width"]).shape[1]
        drawn = [np.random.default_rng(crc32(text.encode())).normal(size=width) for text in texts]
        return np.array([one / np.linalg.norm(one) for one in drawn], dtype=np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text, read by the encoder itself."""
        return self._encoder.tokens(texts)


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


def main(times: Sequence[int], *, drawn: bool) -> None:
    """Index the course at each size, then again unchanged, then with one section changed; ask."""
    context = multiprocessing.get_context("spawn")
    _say(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        open_encoder(Path(folder))  # the first call makes a file, which is no part of indexing
        for size in times:
            measuring = context.Process(target=_measure, args=(size, Path(folder), drawn))
            measuring.start()
            measuring.join()


def _measure(size: int, data: Path, drawn: bool) -> None:
    course = enlarged(load_course(BUILT_IN_COURSE), size)
    real = open_encoder(data)
    encoder = Drawn(real) if drawn else real
    index, first = _timed(course, data, encoder)
    _, again = _timed(course, data, encoder)
    lesson = course.lessons[0]
    section = replace(lesson.sections[0], body="All of this section is new.")
    changed = replace(lesson, sections=(section, *lesson.sections[1:]))
    course = replace(course, lessons=(changed, *course.lessons[1:]))
    index, change = _timed(course, data, encoder)
    start = time.perf_counter()
    library = Library(course, index)
    ready = time.perf_counter() - start
    if isinstance(encoder, Drawn):
        encoder.asked = True
    asked = _asked(library)
    _say(
        f"{size:>4}×  {len(index.passages):8}  {len(index.views):7}  {first:8.2f} s  {again:7.2f} s"
        f"  {change:8.2f} s  {ready:4.1f} s  {1000 * quantile(asked, 50):9.0f} ms"
        f"  {1000 * quantile(asked, 95):4.0f} ms"
        f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MB:5}"
    )


def _asked(library: Library) -> list[float]:
    """Ask each question twice, and return how long each took the second time, in seconds."""
    taken = []
    for again in (False, True):
        for one in DEV[0].questions:
            start = time.perf_counter()
            library.find(one.question, one.previous)
            if again:
                taken.append(time.perf_counter() - start)
    return taken


def _timed(course: Course, data: Path, encoder: Encoder) -> tuple[Index, float]:
    start = time.perf_counter()
    index = open_index(course, data, encoder)
    return index, time.perf_counter() - start


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("times", nargs="*", type=int, default=TIMES)
    arguments.add_argument("--drawn", action="store_true")
    chosen = arguments.parse_args()
    main(chosen.times, drawn=chosen.drawn)
