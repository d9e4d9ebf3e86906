"""Slow work is seen, quick work is not."""

from __future__ import annotations

import asyncio

from adapters.terminal.waiting import Waiting
from tests.adapters.terminal.harness import Window


async def test_quick_work_shows_nothing() -> None:
    window = Window(80, 24)
    async with Waiting(window, lambda: "Looking it up", delay=60):
        await asyncio.sleep(0)
    assert window.text == ""


async def test_slow_work_says_what_is_going_on_and_is_taken_away_again() -> None:
    window = Window(80, 24)
    said = asyncio.Event()

    def status() -> str:
        said.set()
        return "Preparing the search index 40%"

    async with Waiting(window, status, delay=0):
        await asyncio.wait_for(said.wait(), 10)
    assert "Preparing the search index 40%…" in window.text
    assert window.text.endswith("\x1b[2K")


async def test_an_answer_being_written_shows_its_end_when_it_is_longer_than_the_screen() -> None:
    window = Window(80, 10)
    async with Waiting(window, lambda: "", delay=60) as waiting:
        waiting.write("\n\n".join(f"paragraph {n}" for n in range(50)))
        assert "paragraph 49" in window.text
        assert "paragraph 40" not in window.text
