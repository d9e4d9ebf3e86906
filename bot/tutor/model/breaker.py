"""The breaker: after a few faults in a row a provider is left alone, longer each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.tutor.model.faults import OURS, Why

THRESHOLD = 3
"""Faults in a row that open the breaker; a refused key or a rate limit opens it at once."""

REST = timedelta(seconds=30)
"""How long it stays open at first; each fault after that doubles it."""

LONGEST_REST = timedelta(minutes=10)
PROBE = timedelta(minutes=2)
"""How long the one call that is let through after a rest keeps the others waiting."""

AT_ONCE = frozenset({Why.KEY, Why.RATE})


@dataclass(frozen=True, slots=True)
class Breaker:
    """Faults in a row, and until when the provider is left alone."""

    faults: int = 0
    open_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Whether a call may be made."""
        return self.open_until is None or now >= self.open_until

    def trying(self, now: datetime) -> Breaker:
        """Return the state while a call runs: after a rest only one call tries."""
        if self.open_until is None:
            return self
        return Breaker(self.faults, now + PROBE)

    def after(self, why: Why | None, now: datetime) -> Breaker:
        """Return the state after a call that ended well (None) or in a fault."""
        if why is None or why in OURS:
            return Breaker()
        faults = max(self.faults + 1, THRESHOLD if why in AT_ONCE else 0)
        if faults < THRESHOLD:
            return Breaker(faults)
        rest = min(LONGEST_REST, REST * 2 ** min(faults - THRESHOLD, 10))
        return Breaker(faults, now + rest)

    def given_up(self) -> Breaker:
        """Return the state after a call that the learner stopped: nothing was learnt."""
        return self if self.open_until is None else Breaker(self.faults, None)
