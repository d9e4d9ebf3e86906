"""One quiz press through the engine, against a bare SQLModel read-and-commit on the same file.

Run: python -m benchmarks.press
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from bot.store.database import open_database
from bot.store.tables import LearnerRow
from tests.classroom import Classroom

PRESSES = 300
ROUNDS = 5


async def main() -> None:
    """Measure both in alternating rounds and print medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        room = Classroom(Path(folder))
        await room.engine.start()
        await room.command("learn")
        engine = open_database(room.url)
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare += await _timed(lambda: _bare_off_loop(engine))
            ours += await _presses(room)
        await room.engine.close()
        engine.dispose()
    baseline = statistics.median(bare)
    press = statistics.median(ours)
    print(f"bare SQLModel read-and-commit   median {baseline * 1e3:6.2f} ms   1.00x (baseline)")
    print(f"one quiz press, engine          median {press * 1e3:6.2f} ms   {press / baseline:.2f}x")


async def _presses(room: Classroom) -> list[float]:
    times: list[float] = []
    while len(times) < PRESSES:
        await room.command("quiz", lesson="1")
        for label in ("A", "Next question", "A", "See the result"):
            action = room.button(label).action
            begun = time.perf_counter()
            await room.press_action(action)
            times.append(time.perf_counter() - begun)
    return times


async def _timed(act: Callable[[], Awaitable[None]]) -> list[float]:
    times: list[float] = []
    for _ in range(PRESSES):
        begun = time.perf_counter()
        await act()
        times.append(time.perf_counter() - begun)
    return times


async def _bare_off_loop(engine: Engine) -> None:
    """The least any asynchronous bot does: read a row, change it, commit, off the event loop."""
    await asyncio.to_thread(_bare, engine)


def _bare(engine: Engine) -> None:
    with Session(engine) as session:
        row = session.get_one(LearnerRow, 1)
        row.name = str(time.perf_counter())
        session.add(row)
        session.commit()


if __name__ == "__main__":
    asyncio.run(main())
