"""A whole course as units that the tutor can say and cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.tutor.pieces import Kind, pieces
from bot.tutor.ties import corrects, ties
from bot.tutor.words import stems
from knowledge.chunking import INTRODUCTION, KEY_TERMS
from knowledge.models import Course, Lesson, Section


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, row, list, formula or key term, with where it stands.

    `text` is how it is said and `quote` how the course has it; `place` is its index in the
    section. `before` and `after` count the units that must be said with it. `myth`: a common
    mistake, true only with the unit that `corrects` it. `context` holds the words it inherits;
    `opens`: the first of its paragraph.
    """

    lesson: str
    section: str
    lesson_title: str
    section_title: str
    kind: Kind
    place: int
    text: str
    quote: str
    context: str = ""
    before: int = 0
    after: int = 0
    myth: bool = False
    corrects: bool = False
    opens: bool = False
    header: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    stems: frozenset[str] = field(default_factory=frozenset, compare=False)
    around: frozenset[str] = field(default_factory=frozenset, compare=False)

    @property
    def where(self) -> tuple[str, str]:
        """The slugs of its lesson and section."""
        return self.lesson, self.section


def units(course: Course) -> tuple[Unit, ...]:
    """Return every unit of a course, in reading order."""
    found: list[Unit] = []
    for lesson in course.lessons:
        opening = Section(INTRODUCTION[0], INTRODUCTION[1], lesson.intro)
        for section in (opening, *lesson.sections):
            found.extend(_of_section(lesson, section))
        found.extend(_of_terms(lesson))
    return tuple(found)


def _of_section(lesson: Lesson, section: Section) -> Iterator[Unit]:
    found = list(pieces(section.body))
    for place, piece in enumerate(found):
        tie = ties(found, place)
        yield Unit(
            lesson=lesson.slug,
            section=section.slug,
            lesson_title=lesson.title,
            section_title=section.title,
            kind=piece.kind,
            place=place,
            text=piece.text,
            quote=piece.quote,
            context=piece.context,
            before=tie.before,
            after=tie.after,
            myth=tie.myth,
            corrects=corrects(piece),
            opens=piece.opens,
            header=piece.header,
            cells=piece.cells,
            stems=stems(piece.text),
            around=stems(f"{section.title} {piece.context}"),
        )


def _of_terms(lesson: Lesson) -> Iterator[Unit]:
    for place, term in enumerate(lesson.terms):
        yield Unit(
            lesson=lesson.slug,
            section=KEY_TERMS[0],
            lesson_title=lesson.title,
            section_title=KEY_TERMS[1],
            kind=Kind.TERM,
            place=place,
            text=f"**{term.name}**: {term.meaning}",
            quote=term.meaning,
            context=term.name,
            stems=stems(f"{term.name} {term.meaning}"),
        )
