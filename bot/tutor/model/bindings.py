"""Tell whether a number or a formula is said of something that the source gives another one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.tutor.corpus import Corpus
from bot.tutor.model.clauses import clauses, told
from bot.tutor.number_guard import quantities
from bot.tutor.words import words

ABOUT = 0.6  # share of what a number is said of that a clause with another number must hold
CLEARLY = 0.2  # and how much more than any clause with the number itself
SMALLEST = 4  # "one" to "three" are counted in prose everywhere

_FORMULA = re.compile(r"[OΘ]\([^()]*(?:\([^()]*\)[^()]*)*\)|\b\w+[²³]|√\w+")
_PARTS = re.compile(r"\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Value:
    """A number or a formula, so that two of them can be told to be the same or of one kind."""

    kind: str
    values: frozenset[float | str]

    def same(self, other: _Value) -> bool:
        return self.kind == other.kind and bool(self.values & other.values)


def misbound(said: str, sources: Iterable[str], known: Iterable[str], corpus: Corpus) -> bool:
    """Tell whether a value of a sentence belongs, in the sources, to something else.

    It does where a clause about the same has another value of that kind, which the sentence does
    not have, and no clause with the value itself is nearly as much about it. What stands in
    `known`, the learner's words and calculations, belongs where it is put.
    """
    given = [value for text in known for value in _values(text)]
    pieces = [(piece, _values(piece)) for source in sources for piece in _pieces(source)]
    for clause in _pieces(said):
        mine = _values(clause)
        rest = {one: corpus.rarity(one) or 1.0 for one in _about(clause)}
        for value in mine if rest else ():
            if _among(value, given):
                continue
            own = rival = 0.0
            for piece, values in pieces:
                share = _share(rest, corpus.with_names(_about(piece)))
                if _among(value, values):
                    own = max(own, share)
                elif any(one.kind == value.kind and not _among(one, mine) for one in values):
                    rival = max(rival, share)
            if rival >= ABOUT and rival - own > CLEARLY:
                return True
    return False


def _pieces(text: str) -> list[str]:
    return [part for clause in clauses(text) for part in _PARTS.split(clause) if part.strip()]


def _values(text: str) -> tuple[_Value, ...]:
    numbers = (one for one in quantities(text) if one.values[0] >= SMALLEST)
    found = [_Value(one.unit or "number", frozenset(one.values)) for one in numbers]
    flat = (re.sub(r"\s", "", formula) for formula in _FORMULA.findall(text))
    return (*found, *(_Value("formula", frozenset([one])) for one in flat))


def _about(piece: str) -> frozenset[str]:
    """What a clause is about: its words without formulas and numbers."""
    bare = _FORMULA.sub(" ", piece)
    return frozenset(one for one in told(bare) if not one[0].isdigit() and words(one))


def _among(one: _Value, others: Iterable[_Value]) -> bool:
    return any(one.same(other) for other in others)


def _share(weights: dict[str, float], held: frozenset[str]) -> float:
    return sum(w for one, w in weights.items() if one in held) / sum(weights.values())
