"""Keys while no line is being written: Ctrl-C stops the work, the rest waits for the prompt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import store_typeahead
from prompt_toolkit.keys import Keys


class Keyboard:
    """The learner's keys between two prompts, unechoed.

    A key goes to whoever waits for one (`key`); else Ctrl-C calls the stop of `watch`, and
    anything more is typed into the next prompt.
    """

    def __init__(self, source: Input) -> None:
        """Read keys from `source`."""
        self._source = source
        self._stop: Callable[[], object] | None = None
        self._waiting: asyncio.Future[str] | None = None

    @contextmanager
    def watch(self, stop: Callable[[], object]) -> Iterator[None]:
        """Take the keys while work is going on; `stop` is called when it is to end."""
        self._stop = stop
        try:
            with self._source.raw_mode(), self._source.attach(self._read):
                yield
        finally:
            self._stop = None

    async def key(self) -> str:
        """Wait for a key, and return its name; Ctrl-D where none can come."""
        if self._source.closed:
            return Keys.ControlD.value
        self._waiting = asyncio.get_running_loop().create_future()
        watched = nullcontext() if self._stop else self.watch(lambda: None)
        try:
            with watched:
                return await self._waiting
        finally:
            self._waiting = None

    def _read(self) -> None:
        for press in self._source.read_keys():
            if self._waiting and not self._waiting.done():
                self._waiting.set_result(str(getattr(press.key, "value", press.key)))
            elif press.key == Keys.ControlC:
                if self._stop:
                    self._stop()
            else:
                store_typeahead(self._source, [press])
        if self._source.closed and self._waiting and not self._waiting.done():
            self._waiting.set_result(Keys.ControlD.value)
