"""One more hint for an open quiz question: a sentence of its section that does not answer it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.tutor.compose import write
from bot.tutor.corpus import Corpus
from bot.tutor.form import gives_date
from bot.tutor.giving_away import gives_away
from bot.tutor.intent import understand
from bot.tutor.number_guard import numbers
from bot.tutor.pieces import Kind
from bot.tutor.query import Query, query
from bot.tutor.sentences import Unit
from bot.tutor.types import Answer, Citation
from bot.tutor.wording import say
from bot.tutor.words import alike, stems
from knowledge.models import Question

# What the words of each are worth: the question, the hints before, and why the right option is
# right. The last leads to it, and what would give it away is left out.
ASKED, HINTED, WHY = 0.5, 0.5, 0.8
HISTORY = 0.4  # what it costs to tell who did it, and when
STALE = 0.4  # and to say nothing that the question does not say
SAID = 0.5  # likeness to a hint given before, from which a sentence adds nothing
FIGURES, FEW = 0.1, 2  # each number beyond a few
OTHERS, NAME = 0.1, 4  # each name, of so many letters or more, of a work that nobody asked about
DRAGS = 0.1  # each sentence that must be said before it
LEAST = 0.15  # worth below which a sentence has nothing to do with the question
LONG = 280  # characters


def hint(question: Question, corpus: Corpus) -> Answer:
    """Return a hint with its citation, or the advice to read the section."""
    asked = query(understand(question.text), corpus)
    best = max(_candidates(question, asked, corpus), key=lambda one: one[0], default=None)
    if best is None or best[0] < LEAST:
        return _advice(question, corpus)
    written = write(corpus.bundle(best[1]), asked, corpus)
    said = say("hint.lead", question.id, sentence=written.text)
    return Answer(said, True, True, written.citations, numbers=numbers(said))


def _candidates(question: Question, asked: Query, corpus: Corpus) -> Iterator[tuple[float, Unit]]:
    """Each sentence that may be said as a hint, with what it is worth."""
    before = [stems(hint) for hint in question.hints]
    known = corpus.with_names(stems(question.text))
    parts = ((" ".join(question.hints), HINTED), (question.options[question.key].why, WHY))
    sought = [(asked, ASKED), *((query(understand(text), corpus), w) for text, w in parts if text)]
    for unit in _section(question, corpus):
        bundle = corpus.bundle(unit)
        said = " ".join(one.text for one in bundle)
        if unit.kind is not Kind.SENTENCE or unit.myth or len(said) > LONG:
            continue
        if gives_away(said, question, corpus):
            continue
        found = corpus.read_with(unit)
        if any(alike(found, one) >= SAID for one in before):
            continue
        worth = sum(weight * one.held(found) / one.total for one, weight in sought)
        worth -= HISTORY * gives_date(unit) + STALE * alike(found, known) + DRAGS * unit.before
        worth -= FIGURES * max(0, len(numbers(said)) - FEW)
        worth -= OTHERS * sum(len(name) >= NAME for name in (found & corpus.names) - known)
        yield worth, unit


def _section(question: Question, corpus: Corpus) -> tuple[Unit, ...]:
    """The units of the section that teaches a question; of its lesson where none is named."""
    if question.section:
        return corpus.by_section.get((question.lesson, question.section), ())
    return tuple(unit for unit in corpus.units if unit.lesson == question.lesson)


def _advice(question: Question, corpus: Corpus) -> Answer:
    lesson = corpus.course.lesson(question.lesson)
    section = lesson.section(question.section) if lesson else None
    if lesson is None or section is None:
        return Answer(say("hint.reread", question.id), True, True)
    place = Citation(1, lesson.slug, section.slug, lesson.title, section.title, section.title)
    said = say("hint.section", question.id, section=section.title)
    return Answer(said, True, True, (place,))
