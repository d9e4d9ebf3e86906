"""Whether a model's answers hold up: it has to earn that its words stand beside the lesson's."""

from __future__ import annotations

from dataclasses import dataclass

from bot.tutor.model.faults import Why
from bot.tutor.model.meter import Tally

RECENT = 20  # answers that count
LEAST = 10  # answers that a model must have given
FAILED = 0.2  # share of them that may have failed
FAILS = frozenset({Why.UNGROUNDED, Why.CUT, Why.EMPTY, Why.LEAK})


@dataclass(frozen=True, slots=True)
class Standing:
    """Which of a model's last answers held up, the oldest first."""

    held: tuple[bool, ...] = ()

    def after(self, held: bool | None) -> Standing:
        """Return the standing after one more answer; None counts for nothing."""
        return self if held is None else Standing((*self.held, held)[-RECENT:])

    @property
    def proven(self) -> bool:
        """Whether the model has given enough answers, and few of them failed."""
        return len(self.held) >= LEAST and self.held.count(False) <= FAILED * len(self.held)


def held_up(tally: Tally, why: Why | None) -> bool | None:
    """Whether an answer held up: not where the guards dropped any of it, or all.

    None where the model did not answer.
    """
    if why in FAILS or tally.dropped:
        return False
    return True if why is None and tally.kept else None
