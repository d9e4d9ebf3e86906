"""Slow work for moderators, begun once the command is committed: progress, then the result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.commands.admin.base import Chore
from bot.courier import Courier
from bot.replies import Partial, Reply
from bot.store.unit import Unit
from bot.tutor.types import Tutor
from bot.words import say
from bot.workshop import Progress, Workshop
from knowledge.models import Course

T = TypeVar("T")


class Run(Protocol):
    """A transaction of the store (bot.store.store.Store.run)."""

    def __call__(self, work: Callable[[Unit], T]) -> Awaitable[T]:
        """Run `work` and commit."""
        ...


@dataclass(frozen=True, slots=True)
class Bench:
    """What a chore may use: transactions, the running course, its makers, a way to channels.

    `swap` puts another course and tutor in the running ones' place, all at once, under the
    version that the records count.
    """

    run: Run
    course: Course
    workshop: Workshop | None
    swap: Callable[[Course, Tutor, int], None]
    courier: Courier | None = None


Worker = Callable[[Chore, Bench], AsyncGenerator[Reply]]


async def work(chore: Chore, bench: Bench) -> AsyncGenerator[Reply]:
    """Do a chore; LearnerError says in one sentence why it cannot be done."""
    from bot.commands.admin import announce, course, export, questions  # noqa: PLC0415 (they name this module)

    workers: dict[str, Worker] = {
        announce.ANNOUNCE: announce.post,
        questions.QUESTIONS: questions.group,
        export.EXPORT: export.write,
        course.RELOAD: course.read_again,
        course.REINDEX: course.index_again,
    }
    async with aclosing(workers[chore.name](chore, bench)) as replies:
        async for reply in replies:
            yield reply


async def with_progress(doing: Callable[[Progress], T], words: str) -> AsyncGenerator[Partial | T]:
    """Run `doing` in a thread; give a Partial for each step of its progress, its result last."""
    loop = asyncio.get_running_loop()
    steps: asyncio.Queue[tuple[int, int] | None] = asyncio.Queue()

    def told(done: int, total: int) -> None:
        loop.call_soon_threadsafe(steps.put_nowait, (done, total))

    task = asyncio.ensure_future(asyncio.to_thread(doing, told))
    task.add_done_callback(lambda _: steps.put_nowait(None))
    while (step := await steps.get()) is not None:
        yield Partial(say(words, done=step[0], total=step[1]))
    yield task.result()


def result_of(piece: Any) -> Any | None:
    """The result among what `with_progress` gives; None for a step of its progress."""
    return None if isinstance(piece, Partial) else piece
