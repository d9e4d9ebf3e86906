"""A lab: a mission, and a free conversation that completes after a few exchanges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot import bars
from bot.effects import Advance, Ask, Leave
from bot.errors import LearnerError
from bot.events import Answered, Command, Event, Failed, Opened, Outcome, Pressed, Submitted, Typed
from bot.flows import talk
from bot.flows.base import Start, Step, World, act, menu
from bot.gradebook import Kind, Progress
from bot.replies import Button, Card, Reply, Style, Tone
from bot.tutor.types import Answer, Role
from bot.words import say
from knowledge.models import Course, Lab, Lesson

NAME = "lab"
VERSION = 1
TIMELESS = frozenset({talk.REPLY})
SUGGESTED = "suggested"
LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabState(talk.TalkState):
    """A lab's conversation: how many exchanges it has held."""

    exchanges: int = 0


STATE = LabState


def start(start: Start, world: World) -> Step:
    """Open a lesson's lab with its mission; exchanges held before still count."""
    lesson, _ = _lab(world.course, start.subject)
    before = world.progress.mark(Kind.LAB, lesson.slug)
    state = LabState(
        session=start.session, lesson=lesson.slug, exchanges=before.latest if before else 0
    )
    return Step(state, show(state, world))


def step(state: LabState, event: Event | Outcome, world: World) -> Step:
    """Take what the learner says, or the tutor's answer to it."""
    match event:
        case Typed(text=text, at=at):
            return _ask(*talk.asked(state, text, at))
        case Submitted(fields=fields, at=at):
            return _ask(*talk.asked(state, fields.get(talk.QUESTION_FIELD, ""), at))
        case Pressed():
            return _press(state, event, world)
        case Answered():
            return _answered(state, event, world)
        case Failed():
            return _failed(state, event)
        case Command() | Opened():
            return Step(state, show(state, world))
        case _:
            assert_never(event)


def show(state: LabState, world: World) -> tuple[Reply, ...]:
    """Draw the mission and how far the conversation has come."""
    lesson, lab = _lab(world.course, state.lesson)
    again = (talk.retry_button(NAME, state),) if state.waiting else ()
    suggested = Button(say("lab.suggested"), act(NAME, state, SUGGESTED), Style.PRIMARY)
    card = Card(
        title=say("lab.title", number=lesson.number, lab=lab.title),
        body=say("lab.body", mission=lab.mission, opening=lab.opening, start=lab.start),
        buttons=(
            *(again or (suggested,)),
            talk.reply_button(NAME, state, say("lab.own_words")),
            Button(say("lab.leave"), act(NAME, state, LEAVE)),
        ),
        footer=_footer(state, lab),
    )
    return (card,)


def _press(state: LabState, event: Pressed, world: World) -> Step:
    match event.action.choice:
        case choice if choice == SUGGESTED:
            _, lab = _lab(world.course, state.lesson)
            return _ask(*talk.asked(state, lab.start, event.at))
        case talk.RETRY:
            return _ask(*talk.retried(state, event.at))
        case choice if choice == LEAVE:
            moved = replace(state, turn=state.turn + 1)
            lesson, lab = _lab(world.course, state.lesson)
            return Step(moved, (_left(moved, lesson, lab),), (Leave(),))
        case _:
            return Step(state, show(state, world))


def _ask(state: LabState, question: str) -> Step:
    return Step(state, (), (Ask(question, Role.LAB, state.lesson),))


def _answered(state: LabState, event: Answered, world: World) -> Step:
    if not talk.waits(state, event.question):
        return Step(state)
    lesson, lab = _lab(world.course, state.lesson)
    answer = event.answer
    counted = answer.covered and answer.on_subject
    moved = replace(talk.settled(state, event.question), exchanges=state.exchanges + int(counted))
    kept = talk.remembered(event, lesson.slug, counted=counted)
    replies: tuple[Reply, ...] = (_answer_card(moved, answer, lesson, lab, world),)
    if not counted:
        return Step(moved, replies, (kept,))
    if moved.exchanges == lab.exchanges:
        replies = (*replies, _complete(lesson, lab, world.progress))
    done = Advance(Kind.LAB, lesson.slug, min(moved.exchanges, lab.exchanges), lab.exchanges)
    return Step(moved, replies, (kept, done))


def _failed(state: LabState, event: Failed) -> Step:
    moved = talk.failed(state, event.question)
    return Step(moved, (talk.failure_card(NAME, moved, event),))


def _answer_card(state: LabState, answer: Answer, lesson: Lesson, lab: Lab, world: World) -> Card:
    return Card(
        title=say("lab.title", number=lesson.number, lab=lab.title),
        body=talk.body(answer),
        sources=talk.sources(world.course, answer),
        pictures=talk.pictures(answer),
        buttons=(
            talk.reply_button(NAME, state, say("lab.reply")),
            *talk.nearest_button(world.course, answer.nearest),
            Button(say("lab.leave"), act(NAME, state, LEAVE)),
        ),
        footer=_footer(state, lab),
    )


def _complete(lesson: Lesson, lab: Lab, progress: Progress) -> Card:
    """Said once, when the last exchange that counts is in."""
    todo = Kind.QUIZ if lesson.quiz and not progress.done(Kind.QUIZ, lesson.slug) else None
    quiz = (Button(say("lesson.quiz"), menu("quiz", lesson.number), Style.PRIMARY),) if todo else ()
    return Card(
        title=say("lab.complete_title", number=lesson.number),
        body=say("lab.complete", exchanges=lab.exchanges),
        buttons=(*quiz, Button(say("menu.home"), menu("learn"))),
        tone=Tone.GOOD,
    )


def _left(state: LabState, lesson: Lesson, lab: Lab) -> Card:
    return Card(
        title=say("lab.title", number=lesson.number, lab=lab.title),
        body=say("lab.left"),
        buttons=(
            Button(say("lab.back"), menu("lab", lesson.number)),
            Button(say("menu.home"), menu("learn"), Style.PRIMARY),
        ),
        footer=_footer(state, lab),
        replaces=True,
    )


def _footer(state: LabState, lab: Lab) -> str:
    held = min(state.exchanges, lab.exchanges)
    words = say(
        "lab.footer_done" if held == lab.exchanges else "lab.footer", held=held, of=lab.exchanges
    )
    return f"{bars.bar(held, lab.exchanges, width=lab.exchanges)} {words}"


def _lab(course: Course, slug: str) -> tuple[Lesson, Lab]:
    lesson = course.lesson(slug)
    if lesson is None:
        raise LearnerError(say("menu.no_such_lesson", lesson=slug))
    if lesson.lab is None:
        raise LearnerError(say("lab.none", lesson=lesson.title))
    return lesson, lesson.lab
