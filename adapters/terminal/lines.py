"""Lines from a pipe or a file, one at a time and never more of one than is wanted."""

from __future__ import annotations

import asyncio
from threading import Thread
from typing import Protocol


class Reader(Protocol):
    """A source of bytes, as sys.stdin.buffer is."""

    def readline(self, size: int, /) -> bytes:
        """Return bytes up to and with the next newline, at most `size` of them."""
        ...


class Lines:
    """Read lines of at most `limit` bytes; what a longer line has more is dropped.

    Each read waits in a thread of its own: the loop stays free, and a read that never ends
    keeps nobody from leaving.
    """

    def __init__(self, reader: Reader, limit: int) -> None:
        """Read from `reader`; a line longer than `limit` comes back one byte longer than it."""
        self._reader = reader
        self._limit = limit

    async def next(self) -> bytes | None:
        """Return the next line, or None at the end."""
        loop = asyncio.get_running_loop()
        line: asyncio.Future[bytes] = loop.create_future()

        def settle(read: bytes) -> None:
            if not line.done():
                line.set_result(read)

        def read() -> None:
            found = self._read()
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, found)

        Thread(target=read, daemon=True).start()
        return await line or None

    def _read(self) -> bytes:
        line = self._reader.readline(self._limit + 1)
        more = line
        while len(more) > self._limit and not more.endswith(b"\n"):
            more = self._reader.readline(self._limit + 1)
        return line
