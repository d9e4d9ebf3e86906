"""What the tutor on a language model needs of the records: who may call, and what was spent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from bot.tutor.model.faults import Why
from bot.tutor.model.standing import Standing
from bot.tutor.types import Share


@dataclass(frozen=True, slots=True)
class Limits:
    """What a model may be asked for; 0 means without limit.

    Tokens are counted in and out together, a learner's, a workspace's and a class's by UTC day.
    """

    learner_tokens: int = 100_000
    workspace_tokens: int = 2_000_000
    at_once: int = 8
    class_tokens: int = 0

    def within(self, share: Share) -> Limits:
        """Return these limits with a class's own: the lower of two holds."""
        return replace(
            self,
            learner_tokens=_lower(self.learner_tokens, share.learner_tokens),
            class_tokens=_lower(self.class_tokens, share.class_tokens),
        )


@dataclass(frozen=True, slots=True)
class Call:
    """One answer that a model is to give: for whom, and at most how many tokens it may take.

    `learner` and `class_id` are the store's ids, 0 for nobody known; `workspace` may be empty.
    """

    id: str
    model: str
    learner: int
    workspace: str
    tokens: int
    class_id: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended: the tokens that it spent, and `why` is its fault, if any, for the breaker.

    `stopped`: its learner left. `held` is whether the answer held up, None if that is not known.
    """

    spent: int
    why: Why | None = None
    stopped: bool = False
    held: bool | None = None


class Ledger(Protocol):
    """Shared by all workers: budgets, running calls, each model's breaker and its standing."""

    async def admit(self, call: Call, limits: Limits) -> Why | None:
        """Reserve a call's tokens and its place, or return why it may not be made now.

        DOWN: the breaker is open.
        """
        ...

    async def settle(self, call: Call, ended: Ended) -> Standing:
        """Give back the place and what was not spent; note how the call ended.

        Returns the standing that the model had before this answer.
        """
        ...


class Unlimited:
    """A ledger that admits every call: for one's own command line and for benchmarks.

    It knows of the one model that is asked, in this process.
    """

    def __init__(self, standing: Standing | None = None) -> None:
        self._standing = standing or Standing()

    async def admit(self, call: Call, limits: Limits) -> Why | None:
        """Admit the call."""
        return None

    async def settle(self, call: Call, ended: Ended) -> Standing:
        """Keep whether the answer held up."""
        before, self._standing = self._standing, self._standing.after(ended.held)
        return before


def _lower(one: int, other: int) -> int:
    """The lower of two limits, of which 0 sets none."""
    return min(one, other) if one and other else one or other
