"""Which deliveries have reached their learners, noted in the records many at a time.

A note for each press would cost as much as the press. What was not noted yet when a worker died
is told again only if the platform delivers it again, and only once its lease is over.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from bot.errors import LearnerError, StoreError
from bot.observe.faults import report
from bot.store.store import Store

GATHER_SECONDS = 0.05
"""How long notes are gathered before they are written together."""

SEND_LEASE = timedelta(seconds=10)
"""How long replies are left to the worker that began to send them; then it counts as dead."""

log = structlog.get_logger(__name__)


class Receipts:
    """Notes of one worker; `in` tells of those that are not written yet."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._noted: set[str] = set()
        self._writing: asyncio.Task[None] | None = None

    def __contains__(self, event: str) -> bool:
        """Whether a delivery was noted, and that is not in the records yet."""
        return event in self._noted

    def note(self, event: str) -> None:
        """Note a delivery; it is in the records soon after."""
        self._noted.add(event)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_soon())

    async def close(self) -> None:
        """Write what is noted."""
        if self._writing is not None:
            await self._writing

    async def _write_soon(self) -> None:
        while self._noted:
            await asyncio.sleep(GATHER_SECONDS)
            await self._write(frozenset(self._noted))
        self._writing = None

    async def _write(self, events: frozenset[str]) -> None:
        try:
            await self._store.run(lambda unit: unit.mark_delivered(events))
        except (LearnerError, StoreError) as problem:
            log.warning("deliveries not marked", number=len(events), reason=str(problem))
        except Exception as problem:  # noqa: BLE001 (a mark that is missing costs nothing)
            report(problem, work="marking deliveries")
        self._noted -= events
