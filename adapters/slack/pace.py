"""How fast acts are being recorded, and so whether one more would be in time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import takewhile

MANY = 32
"""Acts that must be waiting for their pace to be the program's: fewer wait for the learners."""

MEMORY = 2.0
"""Seconds that count, about: what was before them counts for a third, and less and less."""

BURST_WAIT, STANDING_WAIT = 2.0, 1.0
"""How long an act may be expected to wait for its record, of the 2.5 s that it may take: nearly all
of them in a burst, but less where many have waited for so long that it is none."""

BURST_SECONDS = 1.0

AT_FIRST, TRUSTED = 400.0, 0.25
"""Acts a second that a worker is trusted with until it has shown its pace, for so many seconds."""

STUCK_SECONDS = 10.0
"""After so long an act waits for something of its own: nothing behind it waits for it."""


@dataclass(slots=True)
class Pace:
    """Knows which acts are not recorded yet, and how many are recorded while many wait.

    `recorded` acts in `busy` seconds are the pace; both fade, and rest while few wait.
    """

    clock: Callable[[], float] = time.monotonic
    recorded: float = AT_FIRST * TRUSTED
    busy: float = TRUSTED
    _since: dict[Hashable, float] = field(default_factory=dict)  # the oldest first
    _at: float = 0.0
    _many_since: float = 0.0

    @property
    def waiting(self) -> int:
        """How many acts wait for their record, but for those that are stuck."""
        return len(self._since)

    def begun(self, act: Hashable) -> None:
        """Note an act that has to be recorded."""
        self._pass()
        self._since[act] = self._at
        if self.waiting == MANY:
            self._many_since = self._at

    def ended(self, act: Hashable, *, recorded: bool) -> None:
        """Note that an act waits no more: because it is recorded, or never will be."""
        self._pass()
        if recorded and self.waiting >= MANY:
            self.recorded += 1
        self._since.pop(act, None)

    def has_room(self) -> bool:
        """Whether one more act would be recorded in time."""
        self._pass()
        burst = self._at - self._many_since <= BURST_SECONDS
        return self.expected() <= (BURST_WAIT if burst else STANDING_WAIT)

    def expected(self) -> float:
        """Return the seconds until an act that came now would be recorded; 0 if few wait."""
        self._pass()
        if self.waiting < MANY:
            return 0.0
        return self.waiting * self.busy / self.recorded if self.recorded else math.inf

    def _pass(self) -> None:
        now = self.clock()
        if self.waiting >= MANY:
            fading = math.exp((self._at - now) / MEMORY)
            self.recorded *= fading
            self.busy = self.busy * fading + MEMORY * (1 - fading)
        self._at = now
        for act in self._stuck(now):
            del self._since[act]

    def _stuck(self, now: float) -> list[Hashable]:
        stuck = takewhile(lambda item: now - item[1] > STUCK_SECONDS, self._since.items())
        return [act for act, _ in stuck]
