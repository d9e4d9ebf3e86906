"""`/admin course reload` and `/admin reindex`: bring what is taught up to date while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot.commands.admin.base import (
    Args,
    Chore,
    Desk,
    Done,
    asked_parts,
    home_button,
    questions,
    to,
)
from bot.commands.admin.chores import Bench, result_of, with_progress
from bot.errors import LearnerError
from bot.replies import Button, Card, Partial, Reply, Tone
from bot.store import audit, membership
from bot.store.unit import Unit
from bot.tutor.types import Tutor
from bot.words import count, say
from bot.workshop import Workshop
from knowledge.errors import KnowledgeError
from knowledge.models import Course, Question

RELOAD, REINDEX = "reload", "reindex"


def reload(desk: Desk, args: Args) -> Done:
    """Have the course's folder read anew."""
    return Done(chore=Chore(RELOAD))


def reindex(desk: Desk, args: Args) -> Done:
    """Have the search index made anew."""
    return Done(chore=Chore(REINDEX))


async def read_again(chore: Chore, bench: Bench) -> AsyncGenerator[Reply]:
    """Read, check and index the folder, then swap; a bad course leaves the running one alone."""
    workshop = _workshop(bench)
    yield Partial(say("admin.reloading"))
    try:
        read = await asyncio.to_thread(workshop.read)
    except KnowledgeError as problem:
        await bench.run(lambda unit: _note(unit, chore, "reload-failed", ""))
        yield _failed(say("admin.reload_bad", problem=str(problem)))
        return
    if read.id != bench.course.id:
        yield _failed(say("admin.reload_other", new=read.id, old=bench.course.id))
        return
    async with aclosing(_swap(chore, bench, read, rebuild=False)) as pieces:
        async for piece in pieces:
            yield piece
    yield _reloaded(bench.course, read)


async def index_again(chore: Chore, bench: Bench) -> AsyncGenerator[Reply]:
    """Make the index anew, with progress, and use it."""
    async with aclosing(_swap(chore, bench, bench.course, rebuild=True)) as pieces:
        async for piece in pieces:
            yield piece
    title = say("admin.reindex_title")
    yield Card(title, say("admin.reindexed"), buttons=(home_button(),), tone=Tone.GOOD)


async def _swap(
    chore: Chore, bench: Bench, course: Course, *, rebuild: bool
) -> AsyncGenerator[Partial]:
    workshop = _workshop(bench)
    tutor: Tutor | None = None
    try:
        pieces = with_progress(
            lambda told: workshop.prepare(course, told, rebuild=rebuild), "admin.indexing"
        )
        async with aclosing(pieces):
            async for piece in pieces:
                tutor = result_of(piece)
                if isinstance(piece, Partial):
                    yield piece
    except KnowledgeError as problem:
        raise LearnerError(say("admin.index_failed", problem=str(problem))) from problem
    if tutor is not None:
        version = await bench.run(lambda unit: _raise(unit, chore))
        bench.swap(course, tutor, version)


def _raise(unit: Unit, chore: Chore) -> int:
    version = membership.raise_version(unit)
    _note(unit, chore, chore.name, say("admin.version", version=version))
    return version


def _note(unit: Unit, chore: Chore, action: str, what: str) -> None:
    audit.note(unit, chore.class_id, chore.actor, action, what=what)


def _workshop(bench: Bench) -> Workshop:
    if bench.workshop is None:
        raise LearnerError(say("admin.no_workshop"))
    return bench.workshop


def _failed(words: str) -> Card:
    return Card(say("admin.reload_title"), words, buttons=(home_button(),), tone=Tone.BAD)


def _reloaded(old: Course, new: Course) -> Card:
    before, after = _questions(old), _questions(new)
    shared = before.keys() & after.keys()
    corrected = [name for name in shared if before[name].key != after[name].key]
    lines = [
        say(
            "admin.reload_lessons",
            lessons=count(len(new.lessons), "lesson", "lessons"),
            before=len(old.lessons),
        ),
        say(
            "admin.reload_questions",
            new=len(after.keys() - before.keys()),
            gone=len(before.keys() - after.keys()),
            corrected=len(corrected),
        ),
    ]
    regrade = (Button(say("admin.menu_regrade"), to("regrade")),) if corrected else ()
    return Card(
        title=say("admin.reload_title"),
        body="\n".join((say("admin.reloaded"), "", *(f"- {line}" for line in lines))),
        buttons=(*regrade, home_button()),
        tone=Tone.GOOD,
    )


def _questions(course: Course) -> dict[str, Question]:
    return {item.id: item for key in asked_parts(course) for item in questions(course, key)}
