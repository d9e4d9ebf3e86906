"""The home card: where the learner stands, one obvious next step, and a way to everything."""

from __future__ import annotations

from bot import bars
from bot.actions import Action
from bot.flows.base import World, menu
from bot.gradebook import TEST_SUBJECT, Kind, Mark, completion, next_part, parts, size
from bot.replies import Button, Card, Choice, Menu, Reply, Style
from bot.words import say
from knowledge.models import Course, Lesson


def home(world: World, under_way: tuple[Kind, str] | None = None) -> tuple[Reply, ...]:
    """Return the home card; what is under way comes first."""
    course, progress = world.course, world.progress
    done, total = completion(course, progress)
    lines = [_lesson_line(lesson, world) for lesson in course.lessons]
    if course.test:
        lines.append(_test_line(world))
    head = say("home.done") if done == total else course.description if done == 0 else ""
    return (
        Card(
            title=say("menu.title", course=course.title),
            body="\n\n".join(part for part in (head, *lines) if part),
            buttons=_buttons(world, under_way),
            menu=_everything(course),
            footer=f"{bars.bar(done, total)} {say('home.welcome', parts_done=done, parts=total)}",
            replaces=True,
        ),
    )


def _buttons(world: World, under_way: tuple[Kind, str] | None) -> tuple[Button, ...]:
    step = next_step(world, under_way)
    first = (Button(*step, Style.PRIMARY),) if step else ()
    return (
        *first,
        Button(say("home.ask"), menu("ask"), opens_form=True),
        Button(say("home.progress"), menu("progress")),
        Button(say("home.help"), menu("help")),
    )


def next_step(world: World, under_way: tuple[Kind, str] | None = None) -> tuple[str, Action] | None:
    """The button that leads on: its label and what it does; None where all is done."""
    found = under_way or next_part(world.course, world.progress)
    if found is None:
        return None
    kind, subject = found
    if kind is Kind.TEST:
        return say("home.continue_test" if under_way else "home.next_test"), menu("test")
    lesson = world.course.lesson(subject)
    number = lesson.number if lesson else 1
    marked = world.progress.mark(kind, subject) is not None and kind is not Kind.QUIZ
    begun = marked or under_way is not None
    words = f"home.{'continue' if begun else 'next'}_{kind}"
    return say(words, number=number), menu(kind, number)


def _lesson_line(lesson: Lesson, world: World) -> str:
    wanted = parts(lesson)
    done = sum(world.progress.done(kind, lesson.slug) for kind in wanted)
    short = " · ".join(
        _short(kind, world.progress.mark(kind, lesson.slug), size(kind, lesson)) for kind in wanted
    )
    return say(
        "home.line",
        bar=bars.bar(done, len(wanted), width=len(wanted)),
        number=lesson.number,
        lesson=lesson.title,
        parts=short,
    )


def _test_line(world: World) -> str:
    mark = world.progress.mark(Kind.TEST, TEST_SUBJECT)
    done = world.progress.done(Kind.TEST, TEST_SUBJECT)
    parts_ = say(
        "home.test_questions",
        count=len(world.course.test),
        mark=world.course.policy.pass_mark,
    )
    if mark:
        parts_ = _short(Kind.TEST, mark, mark.out_of)
    return say("home.test_line", bar=bars.bar(int(done), 1, width=1), parts=parts_)


def _short(kind: Kind, mark: Mark | None, out_of: int) -> str:
    done = mark.best if mark else 0
    return say("home.short", kind=say(f"kind.{kind}"), done=done, out_of=out_of)


def _everything(course: Course) -> Menu:
    choices: list[Choice] = []
    for lesson in course.lessons:
        number = lesson.number
        choices.append(
            Choice(
                say("home.choice_lesson", number=number, lesson=lesson.title),
                menu("lesson", number),
            )
        )
        if lesson.quiz:
            label = say("home.choice_quiz", number=number, lesson=lesson.title)
            choices.append(Choice(label, menu("quiz", number)))
        if lesson.lab:
            label = say("home.choice_lab", number=number, lab=lesson.lab.title)
            choices.append(Choice(label, menu("lab", number)))
    if course.test:
        choices.append(Choice(say("home.choice_test"), menu("test")))
    return Menu(say("home.jump"), tuple(choices))
