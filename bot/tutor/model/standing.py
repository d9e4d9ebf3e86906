"""Whether a model's answers hold up: it has to earn that its words stand beside the lesson's."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from bot.tutor.model.faults import Why
from bot.tutor.model.meter import Tally

RECENT = 20  # answers that count
LEAST = 10  # answers that a model must have given
FAILED = 0.2  # share of them that may have failed
FAILS = frozenset({Why.UNGROUNDED, Why.CUT, Why.EMPTY, Why.LEAK})


class Standing:
    """Counts a model's last answers in this process; `past` are answers from before."""

    def __init__(self, past: Iterable[bool] = ()) -> None:
        self._held = deque(past, maxlen=RECENT)

    def count(self, tally: Tally, why: Why | None) -> None:
        """Count an answer: it failed where the guards dropped any of it, or all."""
        if why in FAILS or tally.dropped:
            self._held.append(False)
        elif why is None and tally.kept:
            self._held.append(True)

    @property
    def proven(self) -> bool:
        """Whether the model has given enough answers, and few of them failed."""
        return len(self._held) >= LEAST and self._held.count(False) <= FAILED * len(self._held)
