"""What the tutor adds to a quiz: one more hint while a question is open, a mistake explained after.

An ask leaves the turn as it is, so the question stays answerable while the tutor works.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.effects import Ask, Remember
from bot.errors import LearnerError
from bot.events import Answered, Failed, Outcome
from bot.flows import items
from bot.flows.base import Step, act
from bot.flows.talk import ANSWER_LEASE
from bot.replies import Button
from bot.tutor.types import Answer, Role
from bot.words import say
from knowledge.models import Question

T = TypeVar("T", bound="Tutored")

TUTOR_HINT = "tutor"
EXPLAIN = "explain"
_MARK = re.compile(r"\s*\[\d+\]")
ROLES = {TUTOR_HINT: Role.HINT, EXPLAIN: Role.MISTAKE}


@dataclass(frozen=True, slots=True)
class Pending:
    """What the tutor was asked, and when. `failed`: no answer came; `error` is in the log then."""

    question: str
    role: Role
    since: datetime
    failed: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tutored(items.Run):
    """A run with a tutor beside it; `told` is what the tutor said of the question in hand."""

    pending: Pending | None = None
    told: Answer | None = None


def may_hint(run: Tutored, item: Question) -> bool:
    """Whether the tutor may give a hint: the question is open and its own hints are used up."""
    return not run.over and not run.explaining and run.hints >= len(item.hints)


def may_explain(run: Tutored, item: Question) -> bool:
    """Whether there is a mistake to explain: the question was answered, and wrongly."""
    return not run.over and run.explaining and run.chosen[run.at] != item.key


def ask(run: T, choice: str, item: Question, at: datetime) -> tuple[T, Ask] | None:
    """Return the run that waits for the tutor, and what to ask; None where nothing is to be.

    LearnerError while the same was asked and may still be answered.
    """
    role = ROLES[choice]
    allowed = may_hint(run, item) if role is Role.HINT else may_explain(run, item)
    if not allowed or run.told is not None:
        return None
    question = say(f"quiz.asks_{role}", question=item.text)
    before = run.pending
    waits = before is not None and before.question == question and not before.failed
    if before is not None and waits and abs(at - before.since) <= ANSWER_LEASE:
        raise LearnerError(say("talk.still_working"))
    chosen = run.chosen[run.at] if role is Role.MISTAKE else None
    asked = Ask(question, role, item.lesson, item.id, chosen)
    return replace(run, pending=Pending(question, role, at)), asked


def settle(run: T, event: Outcome, item: Question) -> T | None:
    """Return the run with what the tutor said of `item`, or that it failed; None where it is late.

    What the tutor declined to say can be asked again.
    """
    pending = run.pending
    if pending is None or pending.question != event.question:
        return None
    if event.question != say(f"quiz.asks_{pending.role}", question=item.text):
        return None  # the learner has gone on to another question
    if isinstance(event, Failed):
        return replace(run, pending=replace(pending, failed=True, error=event.error_id))
    return replace(run, pending=None, told=event.answer)


def settled(kept: Tutored, drawn: Step, event: Outcome) -> Step:
    """Return the step of a run that was settled; a refusal is said once and not kept."""
    if not isinstance(event, Answered):
        return drawn
    if not event.answer.covered:
        return replace(drawn, state=replace(kept, told=None))
    told = Remember(event.question, event.answer.text, "", covered=True, counted=False)
    return replace(drawn, effects=(told,))


def said(run: Tutored) -> str:
    """What stands under a question: the tutor's hint, or that no answer came."""
    if run.told is not None and run.explaining:
        return ""  # it has a card of its own
    if run.told is not None:
        return say("quiz.told_hint", text=_plain(run.told), places=_places(run.told))
    pending = run.pending
    if pending is None or not pending.failed:
        return ""
    return say("quiz.no_answer" if pending.error else "quiz.stopped", error=pending.error)


def _plain(answer: Answer) -> str:
    """A hint in one line without its marks: numbers beside the options would be taken for one."""
    return " ".join(_MARK.sub("", answer.text).split())


def _places(answer: Answer) -> str:
    titles = dict.fromkeys(cited.section_title for cited in answer.citations)
    return say("quiz.told_places", sections=", ".join(titles)) if titles else ""


def button(flow: str, run: Tutored, item: Question) -> tuple[Button, ...]:
    """The button that asks the tutor, where it may be asked; "Try again" after a failure.

    A mistake that was explained is shown again by it.
    """
    choice = EXPLAIN if run.explaining else TUTOR_HINT
    allowed = may_explain(run, item) if run.explaining else may_hint(run, item)
    if not allowed or (run.told is not None and not run.explaining):
        return ()
    again = run.pending is not None and run.pending.failed
    label = say("talk.retry") if again else say(f"quiz.{choice}")
    return (Button(label, act(flow, run, choice)),)
