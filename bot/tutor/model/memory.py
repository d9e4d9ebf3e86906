"""What a model is told of the talk so far: the last exchanges whole, what was before in short."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.tutor.model.quoting import quoted
from bot.tutor.model.wording import notices
from bot.tutor.types import Exchange
from knowledge.sentences import sentences

BUDGET = 900  # tokens of exchanges that are told whole
LETTERS_A_TOKEN = 4
KEPT_SUMMARIES = 256
LONGEST_SUMMARY = 600  # characters

Summarise = Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Memory:
    """The talk as a model is told it: exchanges oldest first, and a summary of those before."""

    recent: tuple[Exchange, ...]
    summary: str = ""


class Remembering:
    """Fits talks into a budget of tokens; summaries are kept while the process runs."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._known: OrderedDict[str, str] = OrderedDict()

    async def of(self, history: Sequence[Exchange], summarise: Summarise) -> Memory:
        """Return what a model is told of a talk; what does not fit is summarised.

        Where `summarise` gives nothing, the questions and the first sentences stand in for it.
        """
        bare = tuple(Exchange(one.question, without_notice(one.answer)) for one in history)
        recent = fitting(bare, self._budget)
        older = bare[: len(bare) - len(recent)]
        return Memory(recent, await self._short(older, summarise) if older else "")

    async def _short(self, older: Sequence[Exchange], summarise: Summarise) -> str:
        talk = told(older)
        if talk not in self._known:
            written = quoted(await summarise(talk)) or digest(older)
            self._known[talk] = written[:LONGEST_SUMMARY]
            while len(self._known) > KEPT_SUMMARIES:
                self._known.popitem(last=False)
        return self._known[talk]


def fitting(history: Sequence[Exchange], budget: int) -> tuple[Exchange, ...]:
    """Return the last exchanges that fit a budget of tokens together."""
    kept: list[Exchange] = []
    for exchange in reversed(history):
        budget -= tokens(exchange.question) + tokens(exchange.answer)
        if budget < 0:
            break
        kept.insert(0, exchange)
    return tuple(kept)


def tokens(text: str) -> int:
    """Return about how many tokens a text has: one for every four letters."""
    return -(-len(text) // LETTERS_A_TOKEN)


def told(history: Sequence[Exchange]) -> str:
    """Return exchanges as text, to be quoted in a prompt."""
    return "\n".join(
        f"Learner: {quoted(one.question)}\nTutor: {quoted(one.answer)}" for one in history
    )


def digest(history: Sequence[Exchange]) -> str:
    """Return what was asked and the first sentence of each answer: a summary without a model."""
    return " ".join(
        f"{quoted(one.question)} – {(sentences(quoted(one.answer)) or [''])[0]}" for one in history
    )


def without_notice(answer: str) -> str:
    """Return an answer without the notice that may stand above it."""
    first, _, rest = answer.partition("\n\n")
    return rest if first in notices() else answer
