"""Ask the language model where it can be asked; else the offline tutor answers, and says so."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

import structlog

from bot.errors import LearnerError
from bot.finishing import finished
from bot.tutor.corpus import Corpus
from bot.tutor.guiding import COACHING
from bot.tutor.model.completing import completed
from bot.tutor.model.faults import ModelError, Why, classify
from bot.tutor.model.gate import keeps
from bot.tutor.model.meter import Meter
from bot.tutor.model.ports import Call, Ended, Ledger, Limits
from bot.tutor.model.standing import Standing, held_up
from bot.tutor.model.tutor import ModelTutor, Sought
from bot.tutor.model.wording import marked, say
from bot.tutor.types import Answer, Draft, Request, Tutor
from knowledge.errors import KnowledgeError

log = structlog.get_logger(__name__)

CALL_BYTES = 8
PROMPT_TOKENS = 4000  # what one answer's prompts are reserved for, tools and summary included

NOTICE = {
    Why.TIMEOUT: "slow",
    Why.BUSY: "busy",
    Why.EMPTY: "incomplete",
    Why.CUT: "incomplete",
    Why.BROKEN: "incomplete",
    Why.UNGROUNDED: "ungrounded",
    Why.LEARNER_BUDGET: "learner_budget",
    Why.WORKSPACE_BUDGET: "workspace_budget",
    Why.CLASS_BUDGET: "class_budget",
}
"""What the learner is told of each fault; of a leak nothing, of all others "unreachable"."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the model is asked: its name, limits, and most tokens of an answer."""

    model: str
    limits: Limits
    most_tokens: int


class FallbackTutor:
    """The tutor that learners meet when a language model is set up."""

    def __init__(
        self,
        model: ModelTutor,
        offline: Tutor,
        corpus: Corpus,
        ledger: Ledger,
        terms: Terms,
    ) -> None:
        self._model = model
        self._offline = offline
        self._corpus = corpus
        self._ledger = ledger
        self._terms = terms

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Yield drafts and one answer. LearnerError where there is no question to read."""
        why: Why | None = Why.LEAK
        sought = Sought()
        if request.share.model and not await asyncio.to_thread(keeps, request, self._corpus):
            call = self._call(request)
            why = await self._ledger.admit(call, self._terms.limits.within(request.share))
            if why is None:
                attempt = _Attempt(call, self._ledger, sought)
                async with aclosing(attempt.run(self._model, request)) as pieces:
                    async for piece in pieces:
                        if isinstance(piece, Answer) and _may_complete(request, piece, sought):
                            proven = attempt.standing.proven
                            piece = await self._completed(request, piece, sought, proven=proven)
                        yield piece
                why = attempt.why
        if why is not None:
            async with aclosing(self._offline.answer(_as_sought(request, sought))) as pieces:
                async for piece in pieces:
                    yield _with_notice(piece, why, sought)

    async def _completed(
        self, request: Request, answer: Answer, sought: Sought, *, proven: bool
    ) -> Answer:
        """Add what the offline tutor would have said and the model did not."""
        plain = _as_sought(request, sought)
        async with aclosing(self._offline.answer(plain)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    return completed(
                        plain.question, answer, piece, self._corpus, sought.notice, proven=proven
                    )
        return answer

    def _call(self, request: Request) -> Call:
        return Call(
            secrets.token_urlsafe(CALL_BYTES),
            self._terms.model,
            request.learner,
            request.workspace,
            PROMPT_TOKENS + self._terms.most_tokens,
            request.class_id,
        )


class _Attempt:
    """One call of the model: settled exactly once, however it ends.

    `why` is its fault; `standing` is what the model's answers before this one were worth.
    """

    def __init__(self, call: Call, ledger: Ledger, sought: Sought) -> None:
        self._call = call
        self._sought = sought
        self._ledger = ledger
        self._meter = Meter()
        self._open = True
        self.why: Why | None = None
        self.standing = Standing()

    async def run(self, model: ModelTutor, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Yield what the model gives; a fault ends it quietly and is kept in `why`."""
        try:
            async with aclosing(model.answer(request, self._meter, self._sought)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Answer):
                        await self._settle(None)
                    yield piece
        except (LearnerError, KnowledgeError):
            raise  # nothing that the model did
        except Exception as problem:  # noqa: BLE001 (whatever a provider raises, the learner is answered)
            self.why = classify(problem)
            # No text of the exception: it may hold a key, or what the learner wrote.
            log.warning("model fault", why=self.why.value, kind=_kind(problem), call=self._call.id)
            await self._settle(self.why)
        finally:
            if self._open:  # the learner has left, or stopped it
                await self._settle(None, stopped=True)

    async def _settle(self, why: Why | None, *, stopped: bool = False) -> None:
        self._open = False
        held = None if stopped else held_up(self._meter.tally, why)
        ended = Ended(self._meter.total, why, stopped, held)
        # Whoever leaves meanwhile leaves what was spent to be noted.
        self.standing = await finished(self._ledger.settle(self._call, ended))


def _may_complete(request: Request, answer: Answer, sought: Sought) -> bool:
    """Whether more may be said: not where graded work is open, or in a hint.

    Nor where only the model's words for a question were found, and it sees no answer there.
    """
    closed = request.open_question is not None or request.quiz is not None
    doubted = sought.restated and not answer.covered
    return not closed and not doubted and request.role not in COACHING


def _as_sought(request: Request, sought: Sought) -> Request:
    """The request as it was understood: in words that need no talk before them."""
    return replace(request, question=sought.question, history=()) if sought.question else request


def _with_notice(piece: Draft | Answer, why: Why, sought: Sought) -> Draft | Answer:
    if not isinstance(piece, Answer):
        return piece
    if not piece.covered:
        return piece
    notice = marked(say(f"notice.{NOTICE.get(why, 'unreachable')}"))
    told = notice if why is not Why.LEAK else ""
    return replace(piece, text="\n\n".join(filter(None, (sought.notice, told, piece.text))))


def _kind(problem: BaseException) -> str:
    cause = problem.__cause__ if isinstance(problem, ModelError) and problem.__cause__ else problem
    return type(cause).__name__
