"""What a run measured, as one line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.slack.work import KEPT_SECONDS
from benchmarks.quantiles import quantile

WORDS = ("app", "records")
NUMBERS = (
    *("workers", "learners", "acts", "acts/s", "refused", "late", "ack p50", "p95", "p99"),
    *("reply p50", "p95", "p99", "CPU ms an act", "MB a worker"),
)
HEAD = (
    f"| {' | '.join((*WORDS, *NUMBERS))} |\n"
    f"| {' | '.join(('---',) * len(WORDS) + ('---:',) * len(NUMBERS))} |"
)

MOST = 95
"""The percent of acts whose times are compared."""


@dataclass(frozen=True)
class Figures:
    """One run: `acks` and `replies` are the seconds from each act to its ack and its card.

    `refusals` are the seconds from each act that was not acknowledged to that answer: an act was
    refused at once, or taken and recorded too late.
    `cpu`: the workers' processor time in seconds; `memory`: the most bytes of one of them.
    """

    app: str
    records: str
    workers: int
    learners: int
    seconds: float
    acks: Sequence[float]
    replies: Sequence[float]
    cpu: float
    memory: int
    refusals: Sequence[float]

    @property
    def dearness(self) -> float:
        """Seconds of processor time an act."""
        return self.cpu / len(self.acks)

    @property
    def late(self) -> int:
        """Acts that were taken, and not acknowledged in time."""
        return sum(seconds >= KEPT_SECONDS for seconds in self.refusals)

    def __str__(self) -> str:
        """The run as a row of the table; times in milliseconds."""
        cells = (
            self.app,
            self.records,
            str(self.workers),
            f"{self.learners:,}",
            f"{len(self.acks):,}",
            f"{len(self.acks) / self.seconds:.0f}",
            f"{len(self.refusals) - self.late:,}",
            f"{self.late:,}",
            *(f"{quantile(self.acks, q) * 1e3:.0f}" for q in (50, 95, 99)),
            *(f"{quantile(self.replies, q) * 1e3:.0f}" for q in (50, 95, 99)),
            f"{self.dearness * 1e3:.1f}",
            f"{self.memory / 1e6:.0f}",
        )
        return f"| {' | '.join(cells)} |"


def ratios(ours: Figures, base: Figures) -> str:
    """How many times as long, as much or as dear as in the `base` of the same run it was."""
    acks = quantile(ours.acks, MOST) / quantile(base.acks, MOST)
    replies = quantile(ours.replies, MOST) / quantile(base.replies, MOST)
    return (
        f"{ours.app} on {ours.records}, {ours.workers} workers, to {base.app}: "
        f"ack p95 {acks:.1f}x, reply p95 {replies:.1f}x, "
        f"CPU an act {ours.dearness / base.dearness:.1f}x, "
        f"memory {ours.memory / base.memory:.1f}x"
    )
