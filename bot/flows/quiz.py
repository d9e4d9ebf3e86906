"""The quiz: ask each question once, explain at once, then sum up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import bars
from bot.effects import Effect, Finish, Record
from bot.errors import LearnerError
from bot.events import Event, Outcome
from bot.flows import items
from bot.flows.base import Start, Step, World, act, menu
from bot.gradebook import Kind, passes
from bot.replies import Button, Card, Field, Reply, Style, Tone
from bot.words import say
from knowledge.models import Lesson, Question

NAME = "quiz"
VERSION = 1
TIMELESS: frozenset[str] = frozenset()
FULL = 100
"""A quiz counts as done once every question of an attempt was answered; 100% is only praised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizState(items.Run):
    """A run of one lesson's quiz."""

    lesson: str


STATE = QuizState


def start(start: Start, world: World) -> Step:
    """Begin a fresh attempt at a lesson's quiz."""
    lesson = _lesson(world, start.subject)
    if not lesson.quiz:
        raise LearnerError(say("quiz.none", lesson=lesson.title))
    mark = world.progress.mark(Kind.QUIZ, lesson.slug)
    state = QuizState(
        session=start.session,
        seed=start.seed,
        attempt=(mark.attempts if mark else 0) + 1,
        questions=tuple(item.id for item in lesson.quiz),
        lesson=lesson.slug,
    )
    return Step(state, show(state, world))


def step(state: QuizState, event: Event | Outcome, world: World) -> Step:
    """Take a press; anything else shows the run as it stands."""
    return items.step(
        state, event, lambda choice: _press(state, choice, world), lambda: show(state, world)
    )


def show(state: QuizState, world: World) -> tuple[Reply, ...]:
    """Draw the question, its explanation, or the result."""
    if state.over:
        return (_result(state, world),)
    item = items.question(world.course, state, state.at)
    return (_explained(state, item, world) if state.explaining else _asked(state, item, world),)


def _press(state: QuizState, choice: str, world: World) -> Step:
    if state.over:
        return Step(state, show(state, world), open=False)
    item = items.question(world.course, state, state.at)
    if choice == items.NEXT and state.explaining:
        return _next(state, world)
    if choice == items.HINT and not state.explaining and state.hints < len(item.hints):
        hinted = replace(state, turn=state.turn + 1, hints=state.hints + 1)
        return Step(hinted, show(hinted, world))
    chosen = items.choose(state, item, choice)
    if chosen is None:
        return Step(state, show(state, world))
    kept = Record(
        Kind.QUIZ, state.lesson, item.id, state.attempt, int(choice), item.key == int(choice)
    )
    return Step(chosen, show(chosen, world), (kept,))


def _next(state: QuizState, world: World) -> Step:
    moved = items.onward(state)
    effects: tuple[Effect, ...] = ()
    if moved.over:
        right, total = items.score(world.course, moved), len(moved.questions)
        effects = (
            Finish(
                Kind.QUIZ, moved.lesson, moved.attempt, right, total, passes(right, total, FULL)
            ),
        )
    return Step(moved, show(moved, world), effects, open=not moved.over)


def _asked(state: QuizState, item: Question, world: World) -> Card:
    hints = "".join(say("item.hint", hint=hint) for hint in item.hints[: state.hints])
    more = state.hints < len(item.hints)
    hint = (Button(say("item.hint_button"), act(NAME, state, items.HINT)),) if more else ()
    return Card(
        title=_title(state, world),
        body=item.text + hints,
        buttons=(*items.option_buttons(NAME, state, item), *hint),
        replaces=True,
    )


def _explained(state: QuizState, item: Question, world: World) -> Card:
    right = items.is_right(world.course, state, state.at)
    last = state.at + 1 == len(state.questions)
    onward = items.next_button(NAME, state, say("item.result" if last else "item.next"))
    return Card(
        title=_title(state, world),
        body=items.explanation(state, item, state.at),
        buttons=(onward, *items.reading(world.course, item)),
        tone=Tone.GOOD if right else Tone.BAD,
        replaces=True,
    )


def _result(state: QuizState, world: World) -> Card:
    lesson = _lesson(world, state.lesson)
    right, total = items.score(world.course, state), len(state.questions)
    before = world.progress.mark(Kind.QUIZ, lesson.slug)
    best = max(right, before.best if before else 0)
    perfect = right == total
    words = say("quiz.perfect" if perfect else "quiz.improve", right=right, total=total)
    lab = (
        (Button(say("quiz.lab"), menu("lab", lesson.number), Style.PRIMARY),) if lesson.lab else ()
    )
    return Card(
        title=say("quiz.result", number=lesson.number),
        body=f"{bars.bar(right, total)} {words}",
        fields=(
            Field(say("item.this_time"), f"{right} of {total}"),
            Field(say("item.best"), f"{best} of {total}"),
        ),
        buttons=(
            *lab,
            Button(say("quiz.again"), menu("quiz", lesson.number)),
            Button(say("menu.home"), menu("learn")),
        ),
        tone=Tone.GOOD if perfect else Tone.INFO,
        replaces=True,
    )


def _title(state: QuizState, world: World) -> str:
    lesson = _lesson(world, state.lesson)
    return say("quiz.title", number=lesson.number, at=state.at + 1, total=len(state.questions))


def _lesson(world: World, slug: str) -> Lesson:
    lesson = world.course.lesson(slug)
    if lesson is None:
        raise LearnerError(say("menu.no_such_lesson", lesson=slug))
    return lesson
