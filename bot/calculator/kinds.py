"""A kind of calculation: when it is asked for, how it is made, and which sizes it uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.calculator.asking import Question
from bot.calculator.calculation import Calculation


@dataclass(frozen=True, slots=True)
class Kind:
    """`uses` names what it uses of a reading: the reading's own fields, and sizes by name.

    "shape" stands for the sizes of a model that is described instead of named, and "factor" for
    a context that is so many times as long. `lengths` is how many lengths it uses at most.
    """

    asks: Callable[[Question], bool]
    make: Callable[[Question], Calculation]
    uses: frozenset[str]
    lengths: int = 1


def kind(
    asks: Callable[[Question], bool],
    make: Callable[[Question], Calculation],
    uses: str,
    lengths: int = 1,
) -> Kind:
    """Return a kind; `uses` is written as words."""
    return Kind(asks, make, frozenset(uses.split()), lengths)
