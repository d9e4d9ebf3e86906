"""Whether the records answer, asked from a thread that is not the event loop's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import TimeoutError as Late
from typing import Any

PATIENCE = 4.0
"""Seconds that the event loop may take to ask and to tell: probes give up after five."""

Answers = Callable[[], Coroutine[Any, Any, bool]]


def answering(answers: Answers | None) -> Callable[[], bool]:
    """Return what asks `answers` in the loop that runs now; it is called from another thread.

    An event loop that is stuck does not answer either. Where there is nothing to ask (None),
    all is well.
    """
    if answers is None:
        return lambda: True
    loop = asyncio.get_running_loop()

    def ask() -> bool:
        if loop.is_closed():
            return False
        asked = asyncio.run_coroutine_threadsafe(answers(), loop)
        try:
            return asked.result(PATIENCE)
        except Late:
            asked.cancel()
            return False

    return ask


async def always() -> bool:
    """The answer where an adapter has no records of its own to ask."""
    return True
