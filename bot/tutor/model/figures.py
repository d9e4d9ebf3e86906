"""The number guard around a model: every number found, recalculated, or its sentence removed."""

from __future__ import annotations

import re
from collections import Counter

from bot.tutor.model.arithmetic import put_right
from bot.tutor.model.citations import Cited
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.support import SUPPORTS, Support, names_stand_in, supported_by
from bot.tutor.number_guard import RATIO, SMALL, quantities, unsupported
from bot.tutor.words import words

RATIOS = {
    word: value
    for value, forms in (
        (0.25, "quarter quarters"),
        (1 / 3, "third"),
        (0.5, "half halve halves halved halving"),
        (2.0, "twice double doubles doubled doubling"),
        (3.0, "triple triples tripled tripling"),
        (4.0, "quadruple quadruples quadrupled quadrupling"),
    )
    for word in forms.split()
}
"""Numbers that are written as words and mean how many times."""

LEAST_COUNTED = 3  # "one" and "two" are too common in prose to be counts
_MATHS = re.compile(r"[OΘ]\([^()]*(?:\([^()]*\)[^()]*)*\)|\b\w+[²³]|√\w+|\w\^[\w.]+")


def grounded(sentence: Cited, grounds: Grounds) -> Cited | None:
    """Return a sentence all of whose numbers have a source, or None where one has none.

    A number stands in the words quoted for the sentence, in the learner's own words or in a
    calculation. One that stands elsewhere in the evidence gets that place cited beside; a
    calculation written out by the model is done again, and a wrong result is put right.
    """
    text, worked = put_right(sentence.text)
    known = [*grounds.said, *grounds.worked]
    if worked and unsupported(" ".join(_left(one) for one in worked), _all(sentence, known)):
        worked = ()
    found = Cited(text, sentence.supports)
    if _carried(found, [*known, *worked]):
        return found
    if text.rstrip().endswith("?"):
        return None
    for source in grounds.sources:
        support = supported_by(text, source, grounds.corpus)
        alone = Cited(text, (support,))
        holds = support.share >= SUPPORTS and names_stand_in(text, support.evidence)
        if holds and _carried(alone, [*known, *worked]):
            return Cited(text, _once((support, *sentence.supports)))
    return None


def _carried(sentence: Cited, known: list[str]) -> bool:
    """Whether numbers, ratios and formulas of a sentence all stand in its quotes or in `known`."""
    evidence = _all(sentence, known)
    if unsupported(sentence.text, evidence):
        return False
    if not _counts_hold(sentence.text, evidence):
        return False
    whole = _flat(" ".join(evidence))
    return _ratios_hold(sentence.text, evidence) and all(
        _flat(found) in whole for found in _MATHS.findall(sentence.text)
    )


def _counts_hold(text: str, evidence: list[str]) -> bool:
    """Whether each number from three on that is written as a word stands in the evidence."""
    spelled = {SMALL[word] for word in words(text) if SMALL.get(word, 0) >= LEAST_COUNTED}
    found = {float(SMALL[word]) for piece in evidence for word in words(piece) if word in SMALL}
    found |= {value for piece in evidence for one in quantities(piece) for value in one.values}
    return spelled <= found


def _ratios_hold(text: str, evidence: list[str]) -> bool:
    """Whether each "doubles", "half" and "8 times" has its own in one piece of the evidence.

    "Doubling the length doubles the cost" is not supported by "doubling it costs 4 times as much",
    and "64 times smaller" not by "64 query heads".
    """
    spelled = _spelled(text)
    if spelled and not any(spelled <= _ratios(piece) for piece in evidence):
        return False
    times = {one.values[0] for one in quantities(text) if one.unit == RATIO}
    known = frozenset[float]().union(*(_ratios(piece) for piece in evidence))
    return times <= known


def _flat(text: str) -> str:
    return re.sub(r"[\s·*`]", "", text)


def _spelled(text: str) -> Counter[float]:
    return Counter(RATIOS[word] for word in words(text) if word in RATIOS)


def _ratios(text: str) -> Counter[float]:
    written = (one.values[0] for one in quantities(text) if one.unit == RATIO)
    return _spelled(text) + Counter(written)


def _all(sentence: Cited, known: list[str]) -> list[str]:
    return [*(one.evidence for one in sentence.supports), *known]


def _left(calculation: str) -> str:
    return calculation.partition("=")[0]


def _once(supports: tuple[Support, ...]) -> tuple[Support, ...]:
    first = {one.source.number: one for one in reversed(supports)}
    return tuple(one for one in supports if first[one.source.number] is one)
