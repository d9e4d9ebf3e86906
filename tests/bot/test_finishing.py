"""What must be finished is, whoever leaves meanwhile, and its fault goes to the log."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.finishing import finished
from bot.observe import metrics


async def left(work: Coroutine[Any, Any, None]) -> None:
    """Wait for work, and leave before it ends."""
    waiting = asyncio.create_task(finished(work))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_work_goes_on_when_its_caller_leaves() -> None:
    done, go = list[str](), asyncio.Event()

    async def work() -> None:
        await go.wait()
        done.append("done")

    await left(work())
    go.set()
    await asyncio.sleep(0)
    assert done == ["done"]


async def test_a_fault_is_raised_to_whoever_waits() -> None:
    async def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await finished(work())


async def test_a_fault_that_nobody_waits_for_is_reported() -> None:
    go = asyncio.Event()

    async def work() -> None:
        await go.wait()
        raise ZeroDivisionError

    before = metrics.ERRORS.labels("ZeroDivisionError")._value.get()
    await left(work())
    go.set()
    await asyncio.sleep(0.01)
    assert metrics.ERRORS.labels("ZeroDivisionError")._value.get() == before + 1
