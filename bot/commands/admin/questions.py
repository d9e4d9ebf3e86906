"""`/admin questions`: what learners asked that the course does not cover, grouped by meaning."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from bot import grouping
from bot.commands.admin.base import (
    Args,
    Chore,
    Desk,
    Done,
    home_button,
    page_buttons,
    page_of,
    pages_of,
    quoted,
)
from bot.commands.admin.chores import Bench
from bot.replies import Card, Reply
from bot.store import roster
from bot.tutor.refusals import talk, turned_down
from bot.words import count, say
from bot.workshop import Workshop

QUESTIONS = "questions"
MOST = 400
"""The newest questions that are looked at."""

PAGE = 6
EXAMPLES = 3
LONGEST = 160
LEAST_WORDS = 2


def questions(desk: Desk, args: Args) -> Done:
    """Have the questions grouped, which takes an encoder's time."""
    return Done(chore=Chore(QUESTIONS, {"page": args.get("page", "")}))


async def group(chore: Chore, bench: Bench) -> AsyncGenerator[Reply]:
    """Give the card with a page of groups, the largest first."""
    asked = await bench.run(lambda unit: roster.uncovered(unit, chore.class_id, MOST))
    real = [text for text in asked if is_real(text)]
    groups = await asyncio.to_thread(_grouped, real, bench.workshop)
    yield _card(real, groups, chore.args)


def is_real(text: str) -> bool:
    """Whether a message asks something, rather than greets or begs for marks and keys."""
    if len(text.split()) < LEAST_WORDS:
        return False
    return not turned_down(text, _nothing) and not talk(text)


def _nothing(word: str) -> bool:
    return False


def _grouped(texts: list[str], workshop: Workshop | None) -> tuple[tuple[int, ...], ...]:
    vectors = workshop.vectors(texts) if workshop and texts else None
    return grouping.by_vectors(vectors) if vectors is not None else grouping.by_words(texts)


def _card(texts: list[str], groups: tuple[tuple[int, ...], ...], args: Args) -> Card:
    pages = pages_of(len(groups), PAGE)
    page = page_of(args, pages)
    shown = groups[(page - 1) * PAGE : page * PAGE]
    blocks = [_block([texts[place] for place in group]) for group in shown]
    return Card(
        title=say("admin.questions_title"),
        body="\n\n".join(blocks) if blocks else say("admin.questions_none"),
        buttons=(*page_buttons(QUESTIONS, (), page, pages), home_button()),
        footer=say("admin.questions_footer", many=len(texts), page=page, pages=pages),
    )


def _block(texts: list[str]) -> str:
    """A group: how often, its newest question, and a few that are put differently."""
    distinct = list(dict.fromkeys(texts))
    often = count(len(texts), "time", "times")
    head = say("admin.questions_head", often=often, question=_short(distinct[0]))
    others = "\n".join(f"- {_short(text)}" for text in distinct[1 : 1 + EXAMPLES])
    return f"{head}\n\n{others}" if others else head


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return quoted(plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…")
