"""Find the part of a lesson that answers what learners ask in words of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.blocks import plain
from knowledge.chunking import pieces, units
from knowledge.models import Course, Lesson


@dataclass(frozen=True, slots=True)
class Part:
    """One unit of a passage: the passage's place in the lesson, and its number there from 1."""

    place: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """One way of asking, and the unit that answers it, by its passage's place in the course."""

    way: str
    passage: int
    unit: int


def parts(lesson: Lesson) -> list[Part]:
    """Return the units of a lesson's passages in order; of equal ones in a section, the first."""
    found: dict[tuple[str, str], Part] = {}
    for place, (section, _, text) in enumerate(pieces(lesson)):
        for number, unit in enumerate(units(text), 1):
            found.setdefault((section, unit), Part(place, number, _flat(unit)))
    return list(found.values())


def holding(about: str, among: Sequence[Part]) -> list[Part]:
    """Return the parts that hold the words `about`; the cells of a row stand between bars."""
    flat = _flat(about)
    forms = [[cell.strip() for cell in form.split("|")] for form in {flat, plain(flat)}]
    # Nearly all parts lack even the first cell, and that is quickly told.
    near = [(cells, part) for cells in forms for part in among if cells[0] in part.text]
    return list(dict.fromkeys(part for cells, part in near if _holds(part.text, cells)))


def leads(course: Course) -> Iterator[Lead]:
    """Yield every way of asking of a course."""
    first = 0
    for lesson in course.lessons:
        if lesson.asks:
            among = parts(lesson)
            for ask in lesson.asks:
                for part in holding(ask.about, among):
                    yield from (Lead(way, first + part.place, part.number) for way in ask.ways)
        first += sum(1 for _ in pieces(lesson))


def _holds(unit: str, cells: Sequence[str]) -> bool:
    """Tell whether a unit holds all cells, one after another."""
    at = 0
    for cell in cells:
        found = unit.find(cell, at)
        if found < 0:
            return False
        at = found + len(cell)
    return True


def _flat(text: str) -> str:
    return " ".join(text.split())
