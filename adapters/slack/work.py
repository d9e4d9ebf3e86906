"""The work begun for acts already acknowledged: a task each, stoppable, drained at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str]
"""Channel and thread of a conversation that can be stopped."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Work:
    """Tasks by the id of the event that they are about; the same event is never worked on twice."""

    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    open: bool = True

    def start(self, id_: str, key: Key, coroutine: Coroutine[Any, Any, None]) -> None:
        """Begin, unless this very event is being worked on: Slack delivers some twice at once."""
        if id_ in self.tasks:
            coroutine.close()
            return
        task = asyncio.get_running_loop().create_task(coroutine, name=id_)
        self.tasks[id_], self.keys[id_] = task, key
        task.add_done_callback(lambda _: self._forget(id_))

    def stop(self, key: Key) -> int:
        """Cancel what is being worked on in a conversation; return how much that was."""
        ids = [id_ for id_, known in self.keys.items() if known == key]
        for id_ in ids:
            self.stopped.add(id_)
            self.tasks[id_].cancel()
        return len(ids)

    async def drain(self, seconds: float) -> None:
        """Let what was begun finish, for at most `seconds`; then cancel what is left."""
        self.open = False
        if not self.tasks:
            return
        _, late = await asyncio.wait(list(self.tasks.values()), timeout=seconds)
        for task in late:
            log.warning("%s was not finished in %s s and is cut off", task.get_name(), seconds)
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _forget(self, id_: str) -> None:
        self.tasks.pop(id_, None)
        self.keys.pop(id_, None)
        self.stopped.discard(id_)
