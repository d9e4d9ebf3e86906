"""Explain a mistake: what is wrong in it, what holds, and the sentence that settles it."""

from __future__ import annotations

from bot.tutor.compose import write
from bot.tutor.corpus import Corpus
from bot.tutor.intent import understand
from bot.tutor.number_guard import numbers
from bot.tutor.pieces import Kind
from bot.tutor.query import query
from bot.tutor.sentences import Unit
from bot.tutor.types import Answer, Mistake
from bot.tutor.wording import say
from knowledge.models import Question

WHY = 0.6  # what the words of the explanation are worth beside those of the right option
CHOSEN = 0.3  # and those of the option that was chosen
LEAST = 0.35  # worth below which a sentence settles nothing
DRAGS = 0.1


def explained(mistake: Mistake, corpus: Corpus) -> Answer:
    """Return what was wrong and what holds, with the sentence of the course that settles it."""
    question = mistake.question
    chosen, right = question.options[mistake.chosen], question.options[question.key]
    said = say("mistake.explained", chosen=chosen.text, why=chosen.why, right=right.text,
               right_why=right.why)  # fmt: skip
    settles = _settles(question, mistake.chosen, corpus)
    if settles is None:
        return Answer(said, True, True, numbers=numbers(said))
    asked = query(understand(right.text), corpus)
    written = write(corpus.bundle(settles), asked, corpus)
    said = f"{said}\n\n{say('mistake.settles', question.id, sentence=written.text)}"
    return Answer(said, True, True, written.citations, numbers=numbers(said))


def _settles(question: Question, chosen: int, corpus: Corpus) -> Unit | None:
    """The sentence or row of the section that says most of the right option and its reason."""
    right = question.options[question.key]
    parts = ((right.text, 1.0), (right.why, WHY), (question.options[chosen].text, CHOSEN))
    asked = [(query(understand(text), corpus), weight) for text, weight in parts]

    def worth(unit: Unit) -> float:
        found = corpus.read_with(unit)
        told = sum(weight * one.held(found) / one.total for one, weight in asked)
        return told - DRAGS * unit.before

    where = (question.lesson, question.section)
    units = [one for one in corpus.by_section.get(where, ()) if not one.myth]
    plain = [one for one in units if one.kind in (Kind.SENTENCE, Kind.ROW, Kind.TERM)]
    best = max(plain, key=worth, default=None)
    return best if best is not None and worth(best) >= LEAST else None
