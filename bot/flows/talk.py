"""A conversation with the tutor, shared by the lab and by questions asked at any time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.actions import Action
from bot.effects import Remember
from bot.errors import LearnerError
from bot.events import Answered, Failed
from bot.flows.base import State, act, link
from bot.replies import Button, Card, Picture, Source, Style, Tone
from bot.tutor.types import Answer, Citation
from bot.words import say
from knowledge.models import Course

T = TypeVar("T", bound="TalkState")

MAX_QUESTION = 4000
"""Characters of a question that the tutor reads; a longer message is refused, not cut."""

ANSWER_LEASE = timedelta(minutes=2)
"""How long an answer may take before its question counts as abandoned and may be asked again."""

_MARKER = re.compile(r"\[(\d{1,3})\]")

REPLY = "reply"
RETRY = "retry"
QUESTION_FIELD = "text"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that has no answer yet."""

    question: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkState(State):
    """A conversation: the questions that wait, oldest first, and the lesson it is about."""

    lesson: str = ""
    waiting: tuple[Waiting, ...] = ()


def asked(state: T, text: str, at: datetime) -> tuple[T, str]:
    """Return the state that waits for an answer to `text`, and the question as it is asked."""
    question = " ".join(text.split())
    if not question:
        raise LearnerError(say("talk.empty"))
    if len(question) > MAX_QUESTION:
        raise LearnerError(say("talk.too_long", length=len(question), most=MAX_QUESTION))
    waiting = (*state.waiting, Waiting(question, at))
    return replace(state, turn=state.turn + 1, waiting=waiting), question


def remembered(event: Answered, lesson: str = "", *, counted: bool = False) -> Remember:
    """Return the effect that keeps an exchange; `counted`: a lab counts it."""
    answer = event.answer
    return Remember(event.question, answer.text, lesson, answer.covered, counted, answer.summary)


def waits(state: TalkState, question: str) -> bool:
    """Whether `question` still waits for its answer."""
    return any(entry.question == question for entry in state.waiting)


def settled(state: T, question: str) -> T:
    """Return the state in which `question` waits no more."""
    left = list(state.waiting)
    found = next((entry for entry in left if entry.question == question), None)
    if found is not None:
        left.remove(found)
    return replace(state, turn=state.turn + 1, waiting=tuple(left))


def abandoned(state: TalkState, now: datetime) -> Waiting | None:
    """The oldest question whose answer can no longer be expected, if any."""
    # A question from the future was asked before the clock was set back: it waits in vain too.
    late = (entry for entry in state.waiting if abs(now - entry.since) > ANSWER_LEASE)
    return next(late, None)


def retried(state: T, now: datetime) -> tuple[T, str]:
    """Return the state and the question to ask again; LearnerError where none is to be."""
    if not state.waiting:
        raise LearnerError(say("talk.nothing_waits"))
    entry = abandoned(state, now)
    if entry is None:
        raise LearnerError(say("talk.still_working"))
    return asked(settled(state, entry.question), entry.question, now)


def failed(state: T, question: str) -> T:
    """Return the state in which `question` may be asked again at once."""
    waiting = tuple(
        replace(entry, since=entry.since - ANSWER_LEASE * 2)
        if entry.question == question
        else entry
        for entry in state.waiting
    )
    return replace(state, turn=state.turn + 1, waiting=waiting)


def retry_button(flow: str, state: TalkState) -> Button:
    """The button that asks the oldest unanswered question again."""
    return Button(say("talk.retry"), act(flow, state, RETRY), Style.PRIMARY)


def reply_button(flow: str, state: TalkState, label: str) -> Button:
    """The button that opens a box to write in, for places where the bot reads no messages."""
    return Button(label, act(flow, state, REPLY), opens_form=True)


def sources(course: Course, answer: Answer) -> tuple[Source, ...]:
    """One source per section cited: the number in the text, and a press that opens it."""
    shown = _shown(answer)
    first = {shown[cited.number]: cited for cited in reversed(answer.citations)}
    return tuple(
        Source(
            number,
            say("talk.source", lesson=cited.lesson_title, section=cited.section_title),
            _opening(course, cited),
        )
        for number, cited in sorted(first.items())
    )


def nearest_button(course: Course, cited: Citation | None) -> tuple[Button, ...]:
    """The button that opens the section nearest to a question that is not covered."""
    if cited is None:
        return ()
    return (Button(say("talk.nearest", section=cited.section_title), _opening(course, cited)),)


def body(answer: Answer) -> str:
    """The answer in Markdown: its text, its working, and the question it leaves to think about."""
    steps = "\n".join(f"- {step}" for step in answer.steps)
    follow_up = say("talk.follow_up", question=answer.follow_up) if answer.follow_up else ""
    said = "\n\n".join(part for part in (answer.text, steps, follow_up) if part)
    shown = _shown(answer)
    return _MARKER.sub(lambda mark: f"[{shown.get(int(mark[1]), int(mark[1]))}]", said)


def pictures(answer: Answer) -> tuple[Picture, ...]:
    """The chart that belongs to a calculation, if any; its alt text comes with its drawing."""
    return (Picture(f"chart:{answer.chart}", ""),) if answer.chart else ()


def failure_card(flow: str, state: TalkState, event: Failed) -> Card:
    """Say that a question got no answer, and offer to ask it again."""
    key = "talk.failed" if event.error_id else "talk.stopped"
    return Card(
        title=say("talk.failed_title" if event.error_id else "talk.stopped_title"),
        body=say(key, question=event.question, error=event.error_id),
        buttons=(retry_button(flow, state),),
        tone=Tone.WARN,
    )


def _shown(answer: Answer) -> dict[int, int]:
    """The number that a reader sees for each citation: sentences of one section share it."""
    places: dict[tuple[str, str], int] = {}
    return {
        cited.number: places.setdefault((cited.lesson, cited.section), len(places) + 1)
        for cited in answer.citations
    }


def _opening(course: Course, cited: Citation) -> Action:
    """The press that opens a cited section; by number, since a slug may be too long."""
    lesson = course.lesson(cited.lesson)
    if lesson is None:
        return link("learn")
    slugs = [section.slug for section in lesson.sections]
    page = slugs.index(cited.section) + 1 if cited.section in slugs else len(slugs) + 1
    return link("lesson", lesson.number, page)
