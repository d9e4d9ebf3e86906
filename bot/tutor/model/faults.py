"""Why a language model gave no answer that may be shown, told apart by what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

KEY_REFUSED = frozenset({401, 402, 403})
TOO_MANY = frozenset({429, 529})
TOO_LONG = frozenset({408, 504})
_SLOW = ("timeout", "timedout", "deadline")
_AWAY = ("connect", "connection", "unavailable", "remoteprotocol", "network", "socket")


class Why(StrEnum):
    """What went wrong. The last six say nothing about the provider's health."""

    TIMEOUT = "timeout"
    KEY = "key"
    RATE = "rate"
    DOWN = "down"
    BROKEN = "broken"
    EMPTY = "empty"
    CUT = "cut"
    UNGROUNDED = "ungrounded"
    LEAK = "leak"
    BUSY = "busy"
    LEARNER_BUDGET = "learner_budget"
    WORKSPACE_BUDGET = "workspace_budget"
    CLASS_BUDGET = "class_budget"


OURS = frozenset(
    {
        Why.UNGROUNDED,
        Why.LEAK,
        Why.BUSY,
        Why.LEARNER_BUDGET,
        Why.WORKSPACE_BUDGET,
        Why.CLASS_BUDGET,
    }
)
"""Faults that do not speak against the provider, so the breaker does not count them."""


class ModelError(Exception):
    """A language model gave nothing that may be shown; `why` says what to do about it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def classify(problem: BaseException) -> Why:
    """Return what an exception of any provider's client means.

    Clients share no base class, so the HTTP status is read first, then the class names of the
    exception and of what caused it.
    """
    if isinstance(problem, ModelError):
        return problem.why
    for fault in _chain(problem):
        status = _status(fault)
        if status:
            return _of_status(status)
        if isinstance(fault, TimeoutError):
            return Why.TIMEOUT
        names = [kind.__name__.lower() for kind in type(fault).__mro__]
        if any(sign in name for name in names for sign in _SLOW):
            return Why.TIMEOUT
        if any(sign in name for name in names for sign in _AWAY):
            return Why.DOWN
    return Why.BROKEN


def _chain(problem: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while problem is not None and problem not in found:
        found.append(problem)
        problem = problem.__cause__ or problem.__context__
    return found


def _status(problem: BaseException) -> int:
    """The HTTP status that an exception carries under any of the usual names, or 0."""
    response: Any = getattr(problem, "response", None)
    for holder in (problem, response):
        for name in ("status_code", "code", "http_status"):
            value = getattr(holder, name, None)
            if isinstance(value, int) and not isinstance(value, bool):
                return int(value)
    return 0


def _of_status(status: int) -> Why:
    if status in KEY_REFUSED:
        return Why.KEY
    if status in TOO_MANY:
        return Why.RATE
    if status in TOO_LONG:
        return Why.TIMEOUT
    return Why.DOWN if status >= 500 else Why.BROKEN  # noqa: PLR2004 (the server's own faults)
