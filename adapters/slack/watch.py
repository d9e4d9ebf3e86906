"""Slow work that may be stopped at another worker: looked after for as long as it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from adapters.slack.patience import Pause
from adapters.slack.stops import Stops
from adapters.slack.work import Key, Work

LOOK_EVERY = 1.0
"""Seconds between two looks at the stops of other workers: one look for all that goes on here."""


def conversation(key: Key) -> str:
    """Return the name by which a stopped conversation is remembered."""
    return ":".join(key)


class Watch:
    """Ends work whose conversation was stopped, at whichever worker, after the work was begun."""

    def __init__(self, work: Work, stops: Stops, pause: Pause) -> None:
        self._work, self._stops, self._pause = work, stops, pause
        self._under_way: dict[str, datetime] = {}
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def over(self, id_: str, since: datetime) -> Iterator[None]:
        """Watch over the act of an event, done `since`, until the end of this context."""
        if not self._stops.shared:  # a single process stops its work by itself
            yield
            return
        self._under_way[id_] = since
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            del self._under_way[id_]
            if not self._under_way:
                self._looking.cancel()
                self._looking = None

    async def _look(self) -> None:
        while True:
            await self._pause(LOOK_EVERY)
            acts = {id_: act for id_, act in self._work.acts.items() if id_ in self._under_way}
            stopped = await self._stops.latest({conversation(act.key) for act in acts.values()})
            for id_, act in acts.items():
                since = self._under_way.get(id_)
                at = stopped.get(conversation(act.key), 0.0)
                if since is not None and at >= since.timestamp():
                    act.stop()
