"""What one answer may rest on: numbered passages, calculations, and the learner's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from bot.calculator.calculation import Calculation
from bot.tutor.corpus import Corpus
from bot.tutor.pieces import Kind
from bot.tutor.sentences import Unit
from bot.tutor.words import stems, words
from knowledge.chunking import section_title, units
from knowledge.models import Course, Passage

MOST = 12  # passages that one answer may see, those found by tools included
WITHIN = 0.9  # share of a unit's stems that stand in a passage the unit belongs to


@dataclass(frozen=True, slots=True)
class Part:
    """What can be quoted to support a sentence: one unit of the course, or two that adjoin.

    `around` holds the words that it inherits, such as a table's header. `myth`: a mistake that
    the lesson goes on to correct, so it supports nothing. `pair`: two units, not one.
    """

    quote: str
    stems: frozenset[str]
    around: str = ""
    myth: bool = False
    pair: bool = False


@dataclass(frozen=True)
class Source:
    """A passage under its number in the prompt, with its parts as the course has them."""

    number: int
    passage: Passage
    lesson_title: str
    section_title: str
    header: str
    parts: tuple[Part, ...]

    @cached_property
    def heading_stems(self) -> frozenset[str]:
        """The stems of the titles above the passage, and of the header of its tables."""
        return stems(f"{self.lesson_title} {self.section_title} {self.header}")

    @property
    def evidence(self) -> str:
        """All that the passage says, with its titles and the headers of its tables."""
        return f"{self.lesson_title}. {self.section_title}. {self.header} {self.passage.text}"


@dataclass
class Grounds:
    """The evidence for one answer. Tools add to it while the model works.

    `said` are the learner's own messages, the newest last; `given` is what the course itself says
    beside its passages: a question that was answered, with its explanations.
    """

    course: Course
    corpus: Corpus
    said: tuple[str, ...]
    sources: list[Source] = field(default_factory=list)
    calculations: list[Calculation] = field(default_factory=list)
    given: tuple[str, ...] = ()

    def add(self, passages: Iterable[Passage]) -> list[Source]:
        """Number passages that are new, and return the sources of all that were given."""
        known = {source.passage.id: source for source in self.sources}
        found: list[Source] = []
        for passage in passages:
            source = known.get(passage.id)
            if source is None and len(self.sources) < MOST:
                source = self._source(passage)
                self.sources.append(source)
            found += [source] if source else []
        return found

    def source(self, number: int) -> Source | None:
        """Return the source with this number, or None."""
        return self.sources[number - 1] if 0 < number <= len(self.sources) else None

    @property
    def worked(self) -> tuple[str, ...]:
        """What is known beside the passages: calculations with steps and notes, and `given`."""
        made = (" ".join((one.text, *one.steps, *one.notes)) for one in self.calculations)
        return (*made, *self.given)

    def words(self) -> frozenset[str]:
        """Return every word of the evidence in lower case."""
        return frozenset(_words((*(s.evidence for s in self.sources), *self.worked, *self.said)))

    def _source(self, passage: Passage) -> Source:
        lesson = self.course.lesson(passage.lesson)
        title = section_title(lesson, passage.section) if lesson else passage.section
        held = _units_of(passage, self.corpus)
        heads = dict.fromkeys(" ".join(unit.header) for unit in held if unit.kind is Kind.ROW)
        return Source(
            len(self.sources) + 1,
            passage,
            lesson.title if lesson else passage.lesson,
            title,
            " ".join(heads),
            tuple(_parts(held, self.corpus)) or _plain_parts(passage),
        )


def _units_of(passage: Passage, corpus: Corpus) -> list[Unit]:
    """The units of the passage's section that stand in the passage itself."""
    inside = stems(passage.text)
    units_there = corpus.by_section.get((passage.lesson, passage.section), ())
    return [unit for unit in units_there if _within(stems(unit.text), inside)]


def _within(found: frozenset[str], inside: frozenset[str]) -> bool:
    return bool(found) and len(found & inside) >= WITHIN * len(found)


def _parts(held: list[Unit], corpus: Corpus) -> Iterator[Part]:
    """Each unit, then each two that adjoin in the text and are both true by themselves."""
    for unit in held:
        around = f"{unit.context} {' '.join(unit.header)}"
        yield Part(unit.quote, corpus.of(unit) | stems(unit.context), around, unit.myth)
    for first, second in pairwise(held):
        if not (first.myth or second.myth) and corpus.adjoin(first, second):
            found = corpus.of(first) | corpus.of(second)
            yield Part(f"{first.quote} {second.quote}", found, first.context, pair=True)


def _plain_parts(passage: Passage) -> tuple[Part, ...]:
    """What a passage holds that is no unit: a figure's caption."""
    return tuple(Part(part, stems(part)) for part in units(passage.text))


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from words(text)
