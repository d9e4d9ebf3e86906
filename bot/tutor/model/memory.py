"""What a model is told of the talk so far: the last exchanges whole, what was before in short."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.tutor.model.quoting import quoted
from bot.tutor.model.wording import notices
from bot.tutor.types import Exchange, Summary
from knowledge.sentences import sentences

BUDGET = 900  # tokens of exchanges that are told whole
KEPT = 450  # tokens of them that stay whole once there are more: so it is rarely summarised
LETTERS_A_TOKEN = 4
LONGEST_SUMMARY = 600  # characters

Summarise = Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Memory:
    """The talk as a model is told it: exchanges oldest first, and a summary of those before.

    `fresh`: the summary was written just now, and should be kept.
    """

    recent: tuple[Exchange, ...]
    summary: Summary | None = None
    fresh: bool = False


async def remembered(
    history: Sequence[Exchange],
    before: Summary | None,
    summarise: Summarise,
    budget: int = BUDGET,
) -> Memory:
    """Return what a model is told of a talk; what does not fit is summarised.

    `before` is the summary of what came before `history`. Where `summarise` gives nothing, the
    questions and the first sentences stand in for it.
    """
    bare = tuple(
        Exchange(one.question, without_notice(one.answer), one.id)
        for one in history
        if before is None or not one.id or one.id > before.upto
    )
    if fitting(bare, budget) == bare:
        return Memory(bare, before)
    recent = fitting(bare, min(KEPT, budget))
    older = bare[: len(bare) - len(recent)]
    earlier = f"{quoted(before.text)}\n" if before else ""
    written = quoted(await summarise(f"{earlier}{told(older)}")) or f"{earlier}{digest(older)}"
    return Memory(recent, Summary(written[:LONGEST_SUMMARY], older[-1].id), fresh=True)


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
    """Return an answer without the notices that may stand above it."""
    first, _, rest = answer.partition("\n\n")
    return without_notice(rest) if rest and first in notices() else answer
