"""Work that is done to its end, though whoever waits for it may leave."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.observe.faults import report

T = TypeVar("T")


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """Do work; where the caller is cancelled it goes on, and a fault of it is only reported."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(_reported)
        raise


def _reported(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (problem := task.exception()) is not None:
        report(problem, work="what was stopped")
