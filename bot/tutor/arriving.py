"""A tutor that is still being made: what needs no tutor goes on, a question waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future
from contextlib import aclosing

from bot.tutor.types import Answer, Draft, Request, Tutor


class Arriving:
    """Makes a tutor once, in a thread, from `begin` or the first question on.

    What goes wrong there is raised by every `answer`.
    """

    def __init__(self, make: Callable[[], Tutor]) -> None:
        self._make = make
        self._tutor: Future[Tutor] = Future()
        self._once = threading.Lock()
        self._begun = False

    def begin(self) -> None:
        """Begin to make the tutor, unless that was begun before."""
        with self._once:
            if self._begun:
                return
            self._begun = True
        threading.Thread(target=self._work, name="tutor", daemon=True).start()

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Wait for the tutor, then pass the request on to it."""
        self.begin()
        # Shielded: one learner who leaves must not cancel the tutor for all.
        tutor = await asyncio.shield(asyncio.wrap_future(self._tutor))
        async with aclosing(tutor.answer(request)) as pieces:
            async for piece in pieces:
                yield piece

    def _work(self) -> None:
        try:
            self._tutor.set_result(self._make())
        except BaseException as fault:  # noqa: BLE001 (handed on to whoever asks)
            self._tutor.set_exception(fault)
