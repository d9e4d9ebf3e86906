"""The acts being worked on: a task each, acknowledged once recorded, stoppable, drained."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import BoltResponse

from adapters.slack.pace import Pace
from bot.observe import metrics
from bot.observe.faults import report

KEPT_SECONDS = 2.5
"""How long an act may take to be recorded: Slack waits 3 s for its acknowledgement."""

SAY_AGAIN = 1.0
"""Seconds between two words in the log that acts are refused."""

GIVE_WAY_SECONDS = 0.25
"""How long a reply lets acknowledgements go first, at most."""

OK, UNAVAILABLE = 200, 503

Key = tuple[str, str]
"""Channel and thread of a conversation that can be stopped."""

NOWHERE: Key = ("", "")
"""The key of what no learner can stop."""

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Act:
    """One act; `kept` turns True when it is recorded, False where it ended without that.

    `awaited` counts the deliveries that wait for that; one that `goes_on` needs none.
    """

    key: Key
    kept: asyncio.Future[bool]
    goes_on: bool = True
    task: asyncio.Task[None] | None = None
    stopped: bool = False
    awaited: int = 0

    def wanted(self) -> bool:
        """Whether it is still to be recorded."""
        return self.goes_on or self.awaited > 0

    def stop(self) -> None:
        """End what is recorded; what is not is first recorded: it was done before Stop."""
        self.stopped = True
        if self.kept.done() and self.task is not None:
            self.task.cancel()

    def keep(self) -> None:
        """Note that the act is recorded; what was stopped before that ends only now."""
        if not self.kept.done():
            self.kept.set_result(True)
        if self.stopped and self.task is not None:
            self.task.cancel()


Begin = Callable[[Act], Coroutine[Any, Any, None]]
"""Makes the work on an act; it calls `keep` once the act is recorded."""


@dataclass(slots=True)
class Work:
    """Acts by the id of their event; the same event is never worked on twice at once."""

    acts: dict[str, Act] = field(default_factory=dict)
    open: bool = True
    pace: Pace = field(default_factory=Pace)
    _said: float = -SAY_AGAIN
    _awaited: int = 0
    _calm: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(
        self, id_: str, key: Key, begin: Begin, *, goes_on: bool = False
    ) -> BoltResponse:
        """Work on an act; return what Slack is to be told, as soon as that is known.

        Slack is told nothing good of what is not recorded in time: it then delivers an event
        again, or tells the learner that it failed. Then work that `goes_on` does so, and what
        comes again waits for the same record. Anything else is given up unless its record is
        being written: done late, it would cross what the learner has done since. What would have
        to wait too long is not begun at all.
        """
        if not self.open:
            return _refusal("ending")
        if id_ not in self.acts and self._full():
            return _refusal("too many wait")
        act = self.acts.get(id_) or self.begin(id_, key, begin, goes_on=goes_on)
        act.awaited += 1
        self._awaited += 1
        self._calm.clear()
        try:
            await asyncio.wait((act.kept,), timeout=KEPT_SECONDS)
        finally:
            act.awaited -= 1
            self._awaited -= 1
            if not self._awaited:
                self._calm.set()
        if act.kept.done() and act.kept.result():
            return BoltResponse(status=OK)
        log.warning("%s is not recorded, so it is not acknowledged", id_)
        return _refusal("not recorded" if act.kept.done() else "not recorded in time")

    def begin(self, id_: str, key: Key, begin: Begin, *, goes_on: bool = True) -> Act:
        """Work on something in a task of its own."""
        loop = asyncio.get_running_loop()
        act = self.acts[id_] = Act(key, loop.create_future(), goes_on)
        self.pace.begun(act)
        act.kept.add_done_callback(lambda kept: self.pace.ended(act, recorded=kept.result()))
        act.task = loop.create_task(begin(act), name=id_)
        act.task.add_done_callback(lambda task: self._end(id_, task))
        return act

    def stop(self, key: Key) -> int:
        """End what is being worked on in a conversation; return how much that was."""
        acts = [act for act in self.acts.values() if act.key == key]
        for act in acts:
            act.stop()
        return len(acts)

    def was_stopped(self, id_: str) -> bool:
        """Whether an act that is being worked on was stopped by its learner."""
        return id_ in self.acts and self.acts[id_].stopped

    async def give_way(self) -> None:
        """Wait a moment while other acts are about to be acknowledged: Slack counts the seconds."""
        if self._awaited:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._calm.wait(), GIVE_WAY_SECONDS)

    async def close(self) -> None:
        """Take nothing new, and wait until what was taken can be acknowledged."""
        self.open = False
        if waiting := [act.kept for act in self.acts.values() if not act.kept.done()]:
            await asyncio.wait(waiting, timeout=KEPT_SECONDS)

    async def drain(self, seconds: float) -> None:
        """Let what was begun finish, for at most `seconds`; then cancel what is left."""
        self.open = False
        tasks = [act.task for act in self.acts.values() if act.task is not None]
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            log.warning("%s was not finished in %s s and is cut off", task.get_name(), seconds)
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _full(self) -> bool:
        """Whether one more act would not be recorded in time; said now and then."""
        if self.pace.has_room():
            return False
        if (now := self.pace.clock()) - self._said >= SAY_AGAIN:
            self._said = now
            told = "%s acts wait, about %.1f s each: more are refused"
            log.warning(told, self.pace.waiting, self.pace.expected())
        return True

    def _end(self, id_: str, task: asyncio.Task[None]) -> None:
        act = self.acts.pop(id_)
        if not act.kept.done():
            act.kept.set_result(False)
        if not task.cancelled() and (fault := task.exception()) is not None:
            report(fault, delivery=id_)


def _refusal(because: str) -> BoltResponse:
    """What Slack is told of an act that may be lost."""
    metrics.UNACKNOWLEDGED.labels(because).inc()
    return BoltResponse(status=UNAVAILABLE)
