"""Find what a message asks in the course: in full words, in the course's terms, part by part."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from langchain_core.messages import BaseMessage

from bot.tutor.corpus import Corpus
from bot.tutor.foreign import language, languages
from bot.tutor.intent import understand
from bot.tutor.model import restating, rewrite
from bot.tutor.model.briefing import Briefing
from bot.tutor.model.gate import keeps
from bot.tutor.model.restating import WEAK, agrees, strange
from bot.tutor.model.wording import marked, say
from bot.tutor.offline import Finds
from bot.tutor.pointing import named
from bot.tutor.reading import parts
from bot.tutor.types import Request
from knowledge.models import Course
from knowledge.retrieve import Found, Hit

HITS = 5  # passages that a question is asked with
MORE_HITS = 6  # passages for a message that asks several things
TRIES = 2  # times that a message in another language may be put in the course's
LOOKED_AT = 12  # hits by which two searches are compared

Short = Callable[[Sequence[BaseMessage]], Awaitable[str]]
"""Asks the model for a line; gives nothing where only this call was of no use."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A message as it was looked up. `question` is what a model is asked in its place.

    `replaced`: it also stands in for the message with the offline tutor, which reads a follow-up
    by itself where its own search is sure. `restated`: the course was found only in the model's
    words for it. `notice` is what its writer is told of the course's language, or nothing.
    """

    question: str
    found: Found
    replaced: bool = False
    restated: bool = False
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Searches a course for messages, with a model's help where a plain search is not sure."""

    course: Course
    corpus: Corpus
    library: Finds
    briefing: Briefing

    async def of(self, request: Request, text: str, short: Short) -> Understood:
        """Return a message as it was looked up. Raises ModelError where `short` does."""
        before = request.history[-1].question if request.history else ""
        found = plain = await self._find(text, before, LOOKED_AT)
        sought = await self._alone(request, text, plain, short)
        if sought != text:
            found = await self._find(sought, "", LOOKED_AT)
        replaced = sought != text and plain.score < WEAK
        code = await asyncio.to_thread(language, text)
        notice = self._notice(text, code)
        if (found.score < WEAK or code) and request.open_question is None:
            for _ in range(TRIES if code else 1):
                other, again = await self._restated(request, sought, found, short)
                if again is not None:
                    whole = await self._whole(other, again)
                    return Understood(other, whole, replaced=True, restated=True, notice=notice)
        whole = await self._whole(sought, found)
        return Understood(sought, whole, replaced=replaced, notice=notice)

    async def _restated(
        self, request: Request, text: str, found: Found, short: Short
    ) -> tuple[str, Found | None]:
        """The model's wording of a message with what it finds: None where it may not stand in."""
        written = await short(self.briefing.restate(text))
        other = restating.restated(written, text, self.corpus)
        if not other or await self._kept(request, other):
            return other, None
        again = await self._find(other, "", LOOKED_AT)
        return other, again if agrees(again, found) else None

    def _notice(self, text: str, code: str) -> str:
        if code:
            return marked(languages()[code]["answer"])
        return marked(say("notice.foreign")) if strange(text, self.corpus) else ""

    async def _alone(self, request: Request, text: str, plain: Found, short: Short) -> str:
        """The message in words that can be understood without the talk before it."""
        if not rewrite.leans(text, request.history):
            return text
        written = await short(self.briefing.rewrite(request, text))
        full = [rewrite.accepted(written, text, request.history)]
        if plain.score < WEAK:
            full.append(named(text, request.history, self.course))
        for one in full:
            if one and not await self._kept(request, one):
                return one
        return text

    async def _kept(self, request: Request, wording: str) -> bool:
        """Whether the gate would have kept a wording from the model."""
        worded = replace(request, question=wording)
        return await asyncio.to_thread(keeps, worded, self.corpus)

    async def _find(self, text: str, before: str, count: int) -> Found:
        return await asyncio.to_thread(self.library.find, text, before, count)

    async def _whole(self, text: str, found: Found) -> Found:
        """What was found, with what is found for each part of a message that has several."""
        asked = _several(text)
        single = [await self._find(one, "", HITS) for one in asked]
        covered = [found, *(one for one in single if one.covered)]
        if len(covered) == 1:
            return replace(found, hits=found.hits[:HITS])
        hits = _in_turn([one.hits for one in covered])[:MORE_HITS]
        best = max(covered, key=lambda one: one.score)
        return Found(tuple(hits), best.covered, best.score)


def _several(text: str) -> tuple[str, ...]:
    """The questions of a message that asks more than one, or the sides that it compares."""
    asked = [one.asked.text for one in parts(text, ())]
    return tuple(asked) if len(asked) > 1 else understand(text).sides


def _in_turn(lists: Iterable[Sequence[Hit]]) -> list[Hit]:
    """The hits of several searches in turn, each passage once."""
    found: dict[str, Hit] = {}
    for hit in chain.from_iterable(zip_longest(*lists)):
        if hit is not None:
            found.setdefault(hit.passage.id, hit)
    return list(found.values())
