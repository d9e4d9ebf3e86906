"""The quiz: ask each question once, explain at once, then sum up; the tutor helps if asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import bars
from bot.effects import Effect, Finish, Record
from bot.errors import LearnerError
from bot.events import Answered, Event, Failed, Outcome, Pressed
from bot.flows import items, talk, tutored
from bot.flows.base import Start, Step, World, act, menu
from bot.gradebook import Kind, passes
from bot.replies import Button, Card, Field, Reply, Style, Tone
from bot.tutor.types import Answer
from bot.words import say
from knowledge.models import Course, Lesson, Question

NAME = "quiz"
VERSION = 1
TIMELESS: frozenset[str] = frozenset()
FULL = 100
"""A quiz counts as done once every question of an attempt was answered; 100% is only praised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizState(tutored.Tutored):
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
    """Take a press or the tutor's words; anything else shows the run as it stands."""
    match event:
        case Answered() | Failed():
            return _settle(state, event, world)
        case Pressed(action=action) if action.choice in tutored.ROLES:
            return _ask(state, event, world)
        case _:
            return items.step(
                state,
                event,
                lambda choice: _press(state, choice, world),
                lambda: show(state, world),
            )


def show(state: QuizState, world: World) -> tuple[Reply, ...]:
    """Draw the question, its explanation, or the result."""
    if state.over:
        return (_result(state, world),)
    item = items.question(world.course, state, state.at)
    return (_explained(state, item, world) if state.explaining else _asked(state, item, world),)


def open_question(state: QuizState, course: Course) -> Question | None:
    """The question that waits for an answer, if the course still has it."""
    if state.over or state.explaining:
        return None
    return items.find(course, state.questions[state.at])


def _ask(state: QuizState, event: Pressed, world: World) -> Step:
    if state.over:
        return Step(state, show(state, world), open=False)
    item = items.question(world.course, state, state.at)
    asked = tutored.ask(state, event.action.choice, item, event.at)
    if asked is not None:
        return Step(asked[0], (), (asked[1],))
    again = state.explaining and state.told is not None
    return Step(state, (_on_mistake(state, item, world),) if again else show(state, world))


def _settle(state: QuizState, event: Outcome, world: World) -> Step:
    """Show a hint on the question's own card, an explained mistake on a card beside it."""
    if state.over:
        return Step(state, open=False)
    item = items.question(world.course, state, state.at)
    moved = tutored.settle(state, event, item)
    if moved is None:
        return Step(state)
    if moved.explaining and moved.told is not None:
        drawn = Step(moved, (_on_mistake(moved, item, world),))
    else:
        drawn = Step(moved, show(moved, world))
    return tutored.settled(moved, drawn, event)


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
    answered = replace(chosen, told=None, pending=None)
    return Step(answered, show(answered, world), (kept,))


def _next(state: QuizState, world: World) -> Step:
    moved = replace(items.onward(state), told=None, pending=None)
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
        body=item.text + hints + tutored.said(state),
        buttons=(
            *items.option_buttons(NAME, state, item),
            *hint,
            *tutored.button(NAME, state, item),
            *(items.reading(world.course, item) if state.told else ()),
        ),
        replaces=True,
    )


def _onward(state: QuizState) -> Button:
    last = state.at + 1 == len(state.questions)
    return items.next_button(NAME, state, say("item.result" if last else "item.next"))


def _on_mistake(state: QuizState, item: Question, world: World) -> Card:
    answer = state.told or Answer("", covered=False, on_subject=False)
    opened = (item.lesson, item.section) in {(one.lesson, one.section) for one in answer.citations}
    reading = () if opened else items.reading(world.course, item)
    return Card(
        title=say("quiz.mistake_title"),
        body=talk.body(answer),
        sources=talk.sources(world.course, answer),
        buttons=(_onward(state), *reading),
        tone=Tone.INFO,
    )


def _explained(state: QuizState, item: Question, world: World) -> Card:
    right = items.is_right(world.course, state, state.at)
    return Card(
        title=_title(state, world),
        body=items.explanation(state, item, state.at) + tutored.said(state),
        buttons=(
            _onward(state),
            *tutored.button(NAME, state, item),
            *items.reading(world.course, item),
        ),
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
    told = f"{bars.bar(right, total)} {words}"
    lab = (
        (Button(say("quiz.lab"), menu("lab", lesson.number), Style.PRIMARY),) if lesson.lab else ()
    )
    return Card(
        title=say("quiz.result", number=lesson.number),
        body="\n\n".join(part for part in (told, items.to_reread(world.course, state)) if part),
        fields=(Field(say("item.best"), f"{best} of {total}"),),
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
