"""What a run measured, as one line of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adapters.slack.work import KEPT_SECONDS
from benchmarks.quantiles import quantile

WORDS = ("app", "records")
NUMBERS = (
    *("workers", "learners", "acts", "acts/s", "refused", "late", "ack p50", "p95", "p99"),
    *("reply p50", "p95", "p99", "CPU ms an act", "MB a worker"),
)
GROWTH = ("workers", "learners", "acts/s", "ack p95", "reply p95", "CPU an act", "memory")

MOST = 95
"""The percent of acts whose times are compared."""


def head(numbers: Sequence[str]) -> str:
    """Return the head of a table whose columns are the WORDS and these numbers."""
    lines = ("---",) * len(WORDS) + ("---:",) * len(numbers)
    return f"{_row((*WORDS, *numbers))}\n{_row(lines)}"


@dataclass(frozen=True)
class Figures:
    """One run: `acks` and `replies` are the seconds from each act to its ack and its card.

    `refusals` are the seconds from each act that was not acknowledged to that answer: an act was
    refused at once, or taken and not recorded in time.
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

    @property
    def rate(self) -> float:
        """Acts a second."""
        return len(self.acks) / self.seconds

    def times(self, base: Figures) -> tuple[float, float, float, float]:
        """How many times as long or much as the base's: ack, reply, CPU of an act, memory."""
        return (
            quantile(self.acks, MOST) / quantile(base.acks, MOST),
            quantile(self.replies, MOST) / quantile(base.replies, MOST),
            self.dearness / base.dearness,
            self.memory / base.memory,
        )

    def __str__(self) -> str:
        """The run as a row of the table; times in milliseconds."""
        cells = (
            self.app,
            self.records,
            str(self.workers),
            f"{self.learners:,}",
            f"{len(self.acks):,}",
            f"{self.rate:.0f}",
            f"{len(self.refusals) - self.late:,}",
            f"{self.late:,}",
            *(f"{quantile(self.acks, q) * 1e3:.0f}" for q in (50, 95, 99)),
            *(f"{quantile(self.replies, q) * 1e3:.0f}" for q in (50, 95, 99)),
            f"{self.dearness * 1e3:.1f}",
            f"{self.memory / 1e6:.0f}",
        )
        return _row(cells)


def ratios(ours: Figures, base: Figures) -> str:
    """How many times as long, as much or as dear as in the `base` of the same run it was."""
    acks, replies, dearness, memory = ours.times(base)
    return (
        f"{ours.app} on {ours.records}, {ours.workers} workers, {ours.learners:,} learners, "
        f"to {base.app}: ack p95 {acks:.1f}x, reply p95 {replies:.1f}x, "
        f"CPU an act {dearness:.1f}x, memory {memory:.1f}x"
    )


def growth(runs: Iterable[Figures]) -> list[str]:
    """Return rows that compare each class with the first that the same app had.

    The same is: on the same records, with as many workers.
    """
    first: dict[tuple[str, str, int], Figures] = {}
    rows = []
    for run in runs:
        base = first.setdefault((run.app, run.records, run.workers), run)
        if base is not run:
            grown = (run.learners / base.learners, run.rate / base.rate, *run.times(base))
            cells = (f"{times:.1f}x" for times in grown)
            rows.append(_row((run.app, run.records, str(run.workers), *cells)))
    return rows


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
