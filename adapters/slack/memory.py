"""Keep what Slack answered, up to so many answers: the one given longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

MOST_PEOPLE = 10_000
"""People of whom one kind of answer is kept."""

V = TypeVar("V")
Key = tuple[str, str]


def keep(known: OrderedDict[Key, V], key: Key, value: V, most: int) -> V:
    """Keep an answer, and return it."""
    known[key] = value
    known.move_to_end(key)
    if len(known) > most:
        known.popitem(last=False)
    return value
