"""Which unit answers a question that learners ask in this way: the course may tell."""

from __future__ import annotations

from collections.abc import Sequence

from bot.tutor.sentences import Unit
from knowledge.blocks import plain
from knowledge.retrieve import Hit

FAR = 0.45  # a cosine up to which a question is not asked in this way
SURE = 0.7  # score of a best hit that answers in the course's own terms
LED = 8.0  # times the cosine beyond FAR, times how much the best hit falls short of SURE


def led(unit: Unit, hits: Sequence[Hit]) -> float:
    """Return what a unit gains that answers a way of asking which the question comes near."""
    doubt = max(0.0, SURE - max((hit.score for hit in hits), default=SURE))
    return LED * doubt * max(0.0, nearness(unit, hits) - FAR)


def answers(unit: Unit, hit: Hit) -> bool:
    """Tell whether a unit is the part of the passage that answers the way of asking."""
    if unit.where != (hit.passage.lesson, hit.passage.section) or not hit.answer:
        return False
    said = _flat(hit.answer)
    if unit.cells:
        return all(_flat(plain(cell)) in said for cell in unit.cells)
    quote = _flat(plain(unit.quote))
    return quote in said or said.removeprefix("- ") in quote


def _flat(text: str) -> str:
    return " ".join(text.split())


def nearness(unit: Unit, hits: Sequence[Hit]) -> float:
    """Return how near the question comes to a way of asking that a unit answers; 0 to none."""
    return max((hit.asked for hit in hits if answers(unit, hit)), default=0.0)
