"""How well each unit answers a question: shared words, kind of answer, and the search's opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.tutor.bearing import burden, home, myth, nameless, reasoned, strangers, titled, topic
from bot.tutor.corpus import Corpus
from bot.tutor.form import fit, forms_of
from bot.tutor.led import led
from bot.tutor.pieces import Kind
from bot.tutor.query import Query
from bot.tutor.sentences import Unit
from knowledge.retrieve import Hit

# What each sign of a good unit is worth; one that holds all the question's words has COVERS.
COVERS = 1.0
AROUND = 0.35  # its heading and lead-in hold the rest of the words
DENSE = 0.15  # it says little else
BESIDE, MOST_BESIDE = 0.2, 2  # words stand side by side as in the question
FOCUSED = 0.2  # it holds the key term that the question names
IN_PASSAGE, IN_SECTION, FADES = 0.45, 0.12, 0.15  # the search found it; less with every place
IN_LESSON = 0.06  # it stands in the lesson in hand
QUOTED = 60  # characters by which a unit is found in a passage


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit, its score, and the weight of the question's words that it shares (0 to 1)."""

    unit: Unit
    score: float
    cover: float


def rank(
    asked: Query,
    hits: Sequence[Hit],
    corpus: Corpus,
    lesson: str = "",
) -> list[Ranked]:
    """Return the units of the sections that were found, and fitting key terms, best first."""
    standing = _standing(hits)
    sections = (corpus.by_section.get(where, ()) for where in standing)
    candidates = [unit for found in sections for unit in found if unit.kind is not Kind.TERM]
    candidates += _terms(asked, hits, corpus)
    passages = [(hit.passage.text, place) for place, hit in enumerate(hits)]
    found = []
    for unit in candidates:
        cover = asked.held(corpus.read_with(unit)) / asked.total
        score = COVERS * cover + _words(asked, unit, corpus, cover) + fit(asked, unit)
        score += topic(asked, unit, corpus) + home(asked, unit, corpus)
        score += myth(asked, unit, corpus) + reasoned(asked, unit, corpus)
        score -= burden(asked, unit, corpus) + strangers(asked, unit, corpus)
        score += titled(asked, unit) - nameless(asked, unit, corpus)
        score += _passage(unit, passages, standing) + led(unit, hits)
        found.append(Ranked(unit, score + (IN_LESSON if unit.lesson == lesson else 0.0), cover))
    return sorted(found, key=lambda one: -one.score)


def _words(asked: Query, unit: Unit, corpus: Corpus, cover: float) -> float:
    """Return what a unit gains by its words beyond holding those of the question."""
    around = asked.held(unit.around | unit.stems) / asked.total
    weight = sum(corpus.rarity(one) for one in unit.stems) or 1.0
    dense = min(1.0, asked.held(corpus.of(unit)) / weight)
    beside = min(MOST_BESIDE, len(asked.pairs & corpus.pairs(unit)))
    focused = bool(asked.focus) and asked.focus <= corpus.read_with(unit) | unit.around
    score = AROUND * max(0.0, around - cover) + DENSE * dense + BESIDE * beside
    return score + (FOCUSED if focused else 0.0)


def _standing(hits: Sequence[Hit]) -> dict[tuple[str, str], int]:
    """Return the sections of the hits, each with the place of its first hit."""
    found: dict[tuple[str, str], int] = {}
    for place, hit in enumerate(hits):
        found.setdefault((hit.passage.lesson, hit.passage.section), place)
    return found


def _terms(asked: Query, hits: Sequence[Hit], corpus: Corpus) -> list[Unit]:
    """Return the key terms that a hit quotes or that the question names."""
    quoted = {hit.passage.text for hit in hits}
    wanted = frozenset(asked.weights)
    return [
        unit
        for unit in corpus.units
        if unit.kind is Kind.TERM
        and (any(unit.quote[:QUOTED] in text for text in quoted) or _named(unit, wanted, corpus))
    ]


def _named(unit: Unit, wanted: frozenset[str], corpus: Corpus) -> bool:
    forms = [form for form in forms_of(unit.context) if form]
    short = {one for one, long in corpus.aliases if any(long <= form for form in forms)}
    return any(form <= wanted for form in forms) or bool(short & wanted)


def _passage(
    unit: Unit, passages: list[tuple[str, int]], standing: Mapping[tuple[str, str], int]
) -> float:
    probe = unit.cells[-1] if unit.cells else unit.quote[:QUOTED]
    for text, place in passages:
        if probe in text and (not unit.cells or unit.cells[0] in text):
            return IN_PASSAGE / (1 + FADES * place)
    place = standing.get(unit.where, len(passages))
    return IN_SECTION / (1 + FADES * place)
