"""Put every message to a tutor, and add up what came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from benchmarks.tutor.items import Item
from benchmarks.tutor.judge import Verdict, judge
from bot.tutor.types import Answer, Draft, Exchange, Request, Role, Tutor
from knowledge.models import Course


@dataclass
class Row:
    """What was measured of one contender."""

    name: str
    verdicts: list[tuple[Item, Verdict]] = field(default_factory=list)
    first_words: list[float] = field(default_factory=list)
    tokens: int = 0

    def add(self, item: Item, verdict: Verdict) -> None:
        """Add the verdict on one answer."""
        self.verdicts.append((item, verdict))

    def right(self, *kinds: str) -> str:
        """Return how many messages of some kinds were answered or declined rightly."""
        return self._share(lambda item: item.kind in kinds)

    def put(self, way: str) -> str:
        """Return how many messages put in one way were answered or declined rightly."""
        return self._share(lambda item: item.way == way)

    def _share(self, chosen: Callable[[Item], bool]) -> str:
        found = [verdict for item, verdict in self.verdicts if item.judged and chosen(item)]
        return f"{sum(verdict.right for verdict in found)}/{len(found)}"

    def total(self, name: str) -> int:
        """Return the sum of a count over all verdicts."""
        return sum(int(getattr(verdict, name)) for _, verdict in self.verdicts)

    @property
    def length(self) -> float:
        """Words of an answer, in the median."""
        return median(verdict.words for _, verdict in self.verdicts) if self.verdicts else 0.0

    @property
    def first_word(self) -> float:
        """Seconds until the learner reads something, in the median."""
        return median(self.first_words) if self.first_words else 0.0


Tell = Callable[[Item, Answer, Verdict], None]


async def measure(
    row: Row, tutor: Tutor, items: Sequence[Item], course: Course, tell: Tell
) -> None:
    """Ask everything in order; a conversation's turns see what was said before."""
    history: list[Exchange] = []
    for place, item in enumerate(items):
        if not item.talk or place == 0 or items[place - 1].talk != item.talk:
            history = []
        begun, first = perf_counter(), 0.0
        answer = Answer("", covered=False, on_subject=False)
        async with aclosing(tutor.answer(request(item, history))) as pieces:
            async for piece in pieces:
                first = first or perf_counter() - begun
                if not isinstance(piece, Draft):
                    answer = piece
        row.first_words.append(first)
        verdict = judge(item, answer, course, [one.question for one in history])
        row.add(item, verdict)
        tell(item, answer, verdict)
        history.append(Exchange(item.text, answer.text))


def request(item: Item, history: Sequence[Exchange]) -> Request:
    """Return the request that a message stands for."""
    role = Role.LAB if item.lab else Role.ASK
    return Request(item.text, role, item.lab, tuple(history), item.open)
