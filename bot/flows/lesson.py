"""A lesson: read page by page, each section once, then on to its quiz and lab."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot import bars
from bot.actions import Action
from bot.effects import Advance, Effect
from bot.errors import LearnerError
from bot.events import Answered, Command, Event, Failed, Opened, Outcome, Pressed, Submitted, Typed
from bot.flows.base import Start, State, Step, World, act, menu
from bot.gradebook import Kind, pages
from bot.replies import Button, Card, Choice, Menu, Picture, Reply, Style, Tone
from bot.words import say
from knowledge.models import Lesson, Section

NAME = "lesson"
VERSION = 1
TIMELESS: frozenset[str] = frozenset()
INTRO = 0
"""The page before the first section: what the lesson is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonState(State):
    """The page in hand (0 is the introduction, then the sections, then the key terms).

    `read` holds the pages that were read; the page past the last is the end of the lesson.
    """

    lesson: str
    page: int = INTRO
    read: tuple[int, ...] = ()


STATE = LessonState


def start(start: Start, world: World) -> Step:
    """Open a lesson at its introduction, or at the section asked for."""
    state = LessonState(session=start.session, lesson=start.subject)
    page = _wanted(start.args.get("section", ""), _lesson(state, world))
    return _turn_to(state, page if page is not None else INTRO, world)


def step(state: LessonState, event: Event | Outcome, world: World) -> Step:
    """Turn the page."""
    match event:
        case Pressed(action=action):
            return _press(state, action.choice, world)
        case Command(args=args):
            lesson = _lesson(state, world)
            page = _wanted(args.get("section", ""), lesson)
            if page is None:
                page = INTRO if state.page > _last(lesson) else state.page
            return _turn_to(state, page, world)
        case Opened() | Typed() | Submitted():
            return Step(state, show(state, world))
        case Answered() | Failed():
            return Step(state)
        case _:
            assert_never(event)


def show(state: LessonState, world: World) -> tuple[Reply, ...]:
    """Draw the page in hand."""
    lesson = _lesson(state, world)
    if state.page > _last(lesson):
        return (_end(state, lesson),)
    return (_page(state, lesson),)


def _last(lesson: Lesson) -> int:
    return pages(lesson) - 1


def _press(state: LessonState, choice: str, world: World) -> Step:
    lesson = _lesson(state, world)
    if not choice.isdecimal() or int(choice) > pages(lesson):
        return Step(state, show(state, world))
    target = int(choice)
    if target == state.page + 1:
        state = replace(state, read=tuple(sorted({*state.read, state.page})))
    return _turn_to(state, target, world)


def _turn_to(state: LessonState, page: int, world: World) -> Step:
    moved = replace(state, turn=state.turn + 1, page=page)
    lesson = _lesson(moved, world)
    effects: tuple[Effect, ...] = ()
    if moved.read:
        effects = (Advance(Kind.LESSON, lesson.slug, len(moved.read), pages(lesson)),)
    return Step(moved, show(moved, world), effects)


def _wanted(section: str, lesson: Lesson) -> int | None:
    """The page of a section given by number (from 1), slug or title; None where none is."""
    if not section:
        return None
    if section.isdecimal():
        number = int(section)
        return number if number <= _last(lesson) else None
    wanted = section.casefold()
    for number, known in enumerate(lesson.sections, start=1):
        if wanted in (known.slug.casefold(), known.title.casefold()):
            return number
    return None


def _page(state: LessonState, lesson: Lesson) -> Card:
    title, body, figures = _content(lesson, state.page)
    return Card(
        title=title,
        body=body,
        pictures=figures,
        buttons=_page_buttons(state, lesson),
        menu=_contents(state, lesson),
        footer=say(
            "lesson.footer",
            number=lesson.number,
            lesson=lesson.title,
            at=state.page + 1,
            total=pages(lesson),
        ),
        replaces=True,
    )


def _content(lesson: Lesson, page: int) -> tuple[str, str, tuple[Picture, ...]]:
    if page == INTRO:
        title = say("lesson.title", number=lesson.number, lesson=lesson.title)
        contents = "\n".join(f"- {section.title}" for section in lesson.sections)
        return title, say("lesson.intro", intro=lesson.intro, contents=contents), ()
    if page <= len(lesson.sections):
        section = lesson.sections[page - 1]
        return section.title, section.body, _figures(lesson, section)
    terms = "\n".join(f"- **{term.name}**: {term.meaning}" for term in lesson.terms)
    return say("lesson.terms"), terms, ()


def _figures(lesson: Lesson, section: Section) -> tuple[Picture, ...]:
    return tuple(
        Picture(f"figure:{lesson.slug}/{figure.path.name}", figure.alt, figure.caption)
        for figure in section.figures
    )


def _page_buttons(state: LessonState, lesson: Lesson) -> tuple[Button, ...]:
    ahead = say("lesson.finish" if state.page == _last(lesson) else "lesson.next")
    if state.page == INTRO:
        ahead = say("lesson.start")
    onward = Button(ahead, act(NAME, state, str(state.page + 1)), Style.PRIMARY)
    if state.page == INTRO:
        return (onward, Button(say("menu.home"), menu("learn")))
    back = Button(say("lesson.back"), act(NAME, state, str(state.page - 1)))
    return (onward, back, Button(say("menu.home"), menu("learn")))


def _contents(state: LessonState, lesson: Lesson) -> Menu:
    titles = [say("lesson.introduction"), *(section.title for section in lesson.sections)]
    if lesson.terms:
        titles.append(say("lesson.terms"))
    return Menu(
        say("lesson.jump"),
        tuple(
            Choice(
                title, act(NAME, state, str(page)), say("lesson.read") if page in state.read else ""
            )
            for page, title in enumerate(titles)
            if page != state.page
        ),
    )


def _end(state: LessonState, lesson: Lesson) -> Card:
    read, total = len(state.read), pages(lesson)
    words = say("lesson.done" if read == total else "lesson.left", read=read, total=total)
    return Card(
        title=say("lesson.done_title", number=lesson.number, lesson=lesson.title),
        body=f"{bars.bar(read, total)} {words}",
        buttons=_end_buttons(state, lesson),
        tone=Tone.GOOD if read == total else Tone.INFO,
        replaces=True,
    )


def _end_buttons(state: LessonState, lesson: Lesson) -> tuple[Button, ...]:
    """Where to go from the end: what is unread first, then the quiz, the lab, home."""
    unread = next((page for page in range(pages(lesson)) if page not in state.read), None)
    ways: list[tuple[str, Action]] = []
    if unread is not None:
        ways.append((say("lesson.unread"), act(NAME, state, str(unread))))
    if lesson.quiz:
        ways.append((say("lesson.quiz"), menu("quiz", lesson.number)))
    if lesson.lab:
        ways.append((say("lesson.lab"), menu("lab", lesson.number)))
    if unread is None:
        ways.append((say("lesson.again"), act(NAME, state, str(INTRO))))
    ways.append((say("menu.home"), menu("learn")))
    return tuple(
        Button(label, action, Style.PRIMARY if place == 0 else Style.SECONDARY)
        for place, (label, action) in enumerate(ways)
    )


def _lesson(state: LessonState, world: World) -> Lesson:
    lesson = world.course.lesson(state.lesson)
    if lesson is None:
        raise LearnerError(say("menu.no_such_lesson", lesson=state.lesson))
    return lesson
