"""A run of questions, shared by the quiz and the test: shuffle, ask, mark, explain."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from bot.errors import LearnerError
from bot.events import Answered, Command, Event, Failed, Opened, Outcome, Pressed, Submitted, Typed
from bot.flows.base import State, Step, act, link
from bot.replies import Button, Reply, Style
from bot.words import say
from knowledge.models import Course, Question

R = TypeVar("R", bound="Run")

LETTERS = "ABCDEFGHIJ"
NEXT = "next"
HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(State):
    """Questions by id, the option chosen for each so far, and the one now in hand.

    `chosen` are indexes into the file's order; `at` counts from 0. A question is open while
    `chosen` has no entry for it, explained once it has, and the run is over past the last.
    """

    seed: int
    attempt: int
    questions: tuple[str, ...]
    at: int = 0
    chosen: tuple[int, ...] = ()
    hints: int = 0

    @property
    def over(self) -> bool:
        """Whether every question was answered and left behind."""
        return self.at >= len(self.questions)

    @property
    def explaining(self) -> bool:
        """Whether the question in hand has been answered."""
        return len(self.chosen) > self.at


def step(
    run: Run,
    event: Event | Outcome,
    press: Callable[[str], Step],
    show: Callable[[], tuple[Reply, ...]],
) -> Step:
    """Take a press; anything else shows the run as it stands."""
    match event:
        case Pressed(action=action):
            return press(action.choice)
        case Command() | Opened() | Typed() | Submitted():
            return Step(run, show(), open=not run.over)
        case Answered() | Failed():
            return Step(run, open=not run.over)
        case _:
            assert_never(event)


def question(course: Course, run: Run, number: int) -> Question:
    """Return question `number` (from 0) of a run; LearnerError where the course has lost it."""
    found = find(course, run.questions[number])
    if found is None:
        raise LearnerError(say("item.lost"))
    return found


def find(course: Course, wanted: str) -> Question | None:
    """Return a question of a quiz or the test by its id, or None."""
    return _by_id(course).get(wanted)


def order(seed: int, item: Question) -> tuple[int, ...]:
    """Return the options' indexes in the order shown: the same for the same seed."""
    return tuple(sorted(range(len(item.options)), key=lambda i: _rank(seed, item.id, i)))


def option_buttons(flow: str, run: Run, item: Question) -> tuple[Button, ...]:
    """One button per option, in the order shown, lettered from A."""
    return tuple(
        Button(letter, act(flow, run, str(index)), detail=item.options[index].text)
        for letter, index in zip(LETTERS, order(run.seed, item), strict=False)
    )


def choose(run: R, item: Question, choice: str) -> R | None:
    """Return the run with this option chosen, or None where the choice is no option."""
    if run.over or run.explaining or not choice.isdecimal() or int(choice) >= len(item.options):
        return None
    return replace(run, turn=run.turn + 1, chosen=(*run.chosen, int(choice)))


def onward(run: R) -> R:
    """Return the run at its next question."""
    return replace(run, turn=run.turn + 1, at=run.at + 1, hints=0)


def is_right(course: Course, run: Run, number: int) -> bool:
    """Whether question `number` (from 0) was answered rightly."""
    return question(course, run, number).key == run.chosen[number]


def score(course: Course, run: Run) -> int:
    """How many questions were answered rightly."""
    return sum(is_right(course, run, number) for number in range(len(run.chosen)))


def explanation(run: Run, item: Question, number: int) -> str:
    """The Markdown that explains the answer given to question `number` (from 0)."""
    picked = item.options[run.chosen[number]]
    if picked.correct:
        return say("item.right", question=item.text, answer=picked.text, why=picked.why)
    key = item.options[item.key]
    return say(
        "item.wrong",
        question=item.text,
        answer=picked.text,
        why=picked.why,
        key=key.text,
        key_why=key.why,
    )


def reading(course: Course, item: Question) -> tuple[Button, ...]:
    """The button that opens the section which teaches a question, where one is named."""
    lesson = course.lesson(item.lesson)
    if lesson is None or not item.section:
        return ()
    index = next((i for i, s in enumerate(lesson.sections) if s.slug == item.section), None)
    if index is None:
        return ()
    return (Button(say("item.read"), link("lesson", lesson.number, index + 1)),)


def to_reread(course: Course, run: Run) -> str:
    """The sections behind the questions that went wrong, each once; nothing where none is known."""
    wrong = (
        question(course, run, number)
        for number in range(len(run.questions))
        if not is_right(course, run, number)
    )
    lines = dict.fromkeys(filter(None, (_section_line(course, item) for item in wrong)))
    return say("item.reread", sections="\n".join(lines)) if lines else ""


def next_button(flow: str, run: Run, label: str) -> Button:
    """The button that leads on from an explanation."""
    return Button(label, act(flow, run, NEXT), Style.PRIMARY)


def _section_line(course: Course, item: Question) -> str:
    lesson = course.lesson(item.lesson)
    section = lesson.section(item.section) if lesson else None
    if lesson is None or section is None:
        return ""
    return say("item.reread_line", number=lesson.number, section=section.title)


def _rank(seed: int, item: str, index: int) -> bytes:
    return hashlib.sha256(f"{seed}:{item}:{index}".encode()).digest()


def _by_id(course: Course) -> dict[str, Question]:
    quizzes = (item for lesson in course.lessons for item in lesson.quiz)
    return {item.id: item for item in (*quizzes, *course.test)}
