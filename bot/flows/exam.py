"""The module test: every question once, no hints, a verdict at the pass mark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import bars
from bot.effects import Effect, Finish, Record
from bot.errors import LearnerError
from bot.events import Event, Outcome
from bot.flows import items
from bot.flows.base import Start, Step, World, act, link, menu
from bot.gradebook import TEST_SUBJECT, Kind, passes
from bot.replies import Button, Card, Field, Reply, Style, Tone
from bot.words import count, say
from knowledge.models import Course, Question

NAME = "test"
VERSION = 1
TIMELESS: frozenset[str] = frozenset()
REVIEW = "review"
IN_MINUTES = timedelta(hours=2)
"""A longer wait is told in hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamState(items.Run):
    """A run of the module test; `review` is the answer being looked over after the end."""

    review: int | None = None


STATE = ExamState


def start(start: Start, world: World) -> Step:
    """Begin a fresh attempt; LearnerError where the rules forbid one."""
    _check_allowed(world, start.at)
    mark = world.progress.mark(Kind.TEST, TEST_SUBJECT)
    state = ExamState(
        session=start.session,
        seed=start.seed,
        attempt=(mark.attempts if mark else 0) + 1,
        questions=tuple(item.id for item in world.course.test),
    )
    return Step(state, show(state, world))


def step(state: ExamState, event: Event | Outcome, world: World) -> Step:
    """Take a press; anything else shows the run as it stands."""
    return items.step(
        state, event, lambda choice: _press(state, choice, world), lambda: show(state, world)
    )


def show(state: ExamState, world: World) -> tuple[Reply, ...]:
    """Draw the question, its explanation, the result, or an answer looked over."""
    if state.over:
        return (_result(state, world) if state.review is None else _looked_over(state, world),)
    item = items.question(world.course, state, state.at)
    return (_explained(state, item, world) if state.explaining else _asked(state, item),)


def open_question(state: ExamState, course: Course) -> Question | None:
    """The question that waits for an answer: what no tutor may discuss now."""
    if state.over or state.explaining:
        return None
    return items.question(course, state, state.at)


def _check_allowed(world: World, now: datetime) -> None:
    course, policy = world.course, world.course.policy
    if not course.test:
        raise LearnerError(say("test.none"))
    if policy.unlock == "in-order":
        unread = [x for x in course.lessons if not world.progress.done(Kind.LESSON, x.slug)]
        if unread:
            raise LearnerError(say("test.locked", lesson=unread[0].title, number=unread[0].number))
    mark = world.progress.mark(Kind.TEST, TEST_SUBJECT)
    if mark is None:
        return
    if policy.attempts and mark.attempts >= policy.attempts:
        used = count(policy.attempts, "attempt", "attempts")
        raise LearnerError(say("test.no_attempts", attempts=used))
    if mark.changed_at and mark.attempts:
        wait = mark.changed_at + timedelta(hours=policy.cooldown_hours) - now
        if wait > timedelta():
            raise LearnerError(say("test.cooldown", wait=_told(wait)))


def _told(wait: timedelta) -> str:
    """A wait in minutes, or in hours where it is long; never told too short."""
    if wait <= IN_MINUTES:
        return count(-(-wait // timedelta(minutes=1)), "minute", "minutes")
    return count(-(-wait // timedelta(hours=1)), "hour", "hours")


def _press(state: ExamState, choice: str, world: World) -> Step:
    if state.over:
        return _after(state, choice, world)
    item = items.question(world.course, state, state.at)
    if choice == items.NEXT and state.explaining:
        return _next(state, world, ())
    chosen = items.choose(state, item, choice)
    if chosen is None:
        return Step(state, show(state, world))
    kept = Record(
        Kind.TEST, TEST_SUBJECT, item.id, state.attempt, int(choice), item.key == int(choice)
    )
    if world.course.policy.feedback == "end":
        return _next(chosen, world, (kept,))
    return Step(chosen, show(chosen, world), (kept,))


def _next(state: ExamState, world: World, effects: tuple[Effect, ...]) -> Step:
    moved = items.onward(state)
    if moved.over:
        right, total = items.score(world.course, moved), len(moved.questions)
        passed = passes(right, total, world.course.policy.pass_mark)
        effects = (*effects, Finish(Kind.TEST, TEST_SUBJECT, moved.attempt, right, total, passed))
    return Step(moved, show(moved, world), effects, open=not moved.over)


def _after(state: ExamState, choice: str, world: World) -> Step:
    """After the end: page through the answers, and back to the result."""
    review = state.review
    if choice == REVIEW:
        review = 0
    elif choice == items.NEXT and review is not None:
        review = review + 1 if review + 1 < len(state.questions) else None
    else:
        return Step(state, show(state, world), open=False)
    moved = replace(state, turn=state.turn + 1, review=review)
    return Step(moved, show(moved, world), open=False)


def _asked(state: ExamState, item: Question) -> Card:
    return Card(
        title=say("test.title", at=state.at + 1, total=len(state.questions)),
        body=item.text,
        buttons=items.option_buttons(NAME, state, item),
        footer=say("test.footer"),
        replaces=True,
    )


def _explained(state: ExamState, item: Question, world: World) -> Card:
    right = items.is_right(world.course, state, state.at)
    last = state.at + 1 == len(state.questions)
    return Card(
        title=say("test.title", at=state.at + 1, total=len(state.questions)),
        body=items.explanation(state, item, state.at),
        buttons=(
            items.next_button(NAME, state, say("item.result" if last else "item.next")),
            *items.reading(world.course, item),
        ),
        tone=Tone.GOOD if right else Tone.BAD,
        replaces=True,
    )


def _looked_over(state: ExamState, world: World) -> Card:
    number = state.review or 0
    item = items.question(world.course, state, number)
    last = number + 1 == len(state.questions)
    return Card(
        title=say("test.review_title", at=number + 1, total=len(state.questions)),
        body=items.explanation(state, item, number),
        buttons=(
            items.next_button(NAME, state, say("item.result" if last else "item.next_answer")),
            *items.reading(world.course, item),
        ),
        tone=Tone.GOOD if items.is_right(world.course, state, number) else Tone.BAD,
        replaces=True,
    )


def _result(state: ExamState, world: World) -> Card:
    course = world.course
    right, total = items.score(course, state), len(state.questions)
    passed = passes(right, total, course.policy.pass_mark)
    before = world.progress.mark(Kind.TEST, TEST_SUBJECT)
    best = max(right, before.best if before else 0)
    return Card(
        title=say("test.passed" if passed else "test.failed"),
        body="\n\n".join(
            part
            for part in (
                f"{bars.bar(right, total)} {right} of {total} ({bars.percent(right, total)})",
                say(
                    "test.verdict_passed" if passed else "test.verdict_failed",
                    needed=_needed(course),
                    total=total,
                    mark=course.policy.pass_mark,
                ),
                items.to_reread(course, state),
            )
            if part
        ),
        fields=(
            Field(say("item.best"), f"{best} of {total}"),
            Field(say("item.attempt"), str(state.attempt)),
        ),
        buttons=_after_buttons(state, passed),
        tone=Tone.GOOD if passed else Tone.WARN,
        replaces=True,
    )


def _after_buttons(state: ExamState, passed: bool) -> tuple[Button, ...]:
    home = say("menu.home"), menu("learn")
    others = ((say("test.review"), act(NAME, state, REVIEW)), (say("test.again"), link("test")))
    first, *rest = (home, *others) if passed else (*others, home)
    return (Button(*first, Style.PRIMARY), *(Button(*way) for way in rest))


def _needed(course: Course) -> int:
    """The least number of right answers that passes."""
    total = len(course.test)
    return -(-course.policy.pass_mark * total // 100)
