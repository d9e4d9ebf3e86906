"""The progress card: every part of the course with its bar."""

from __future__ import annotations

from bot import bars
from bot.flows.base import World, menu
from bot.gradebook import TEST_SUBJECT, Kind, Mark, completion, parts
from bot.replies import Button, Card, Reply, Style
from bot.words import count, say
from knowledge.models import Lesson


def progress(world: World) -> tuple[Reply, ...]:
    """Return the progress card."""
    course = world.course
    done, total = completion(course, world.progress)
    blocks = [say("progress.overall", bar=bars.bar(done, total), done=done, parts=total)]
    blocks += [_lesson(lesson, world) for lesson in course.lessons]
    if course.test:
        mark = world.progress.mark(Kind.TEST, TEST_SUBJECT)
        blocks.append(f"{say('progress.test_heading')}\n\n- {_test(mark, world)}")
    return (
        Card(
            title=say("progress.title"),
            body="\n\n".join(blocks),
            buttons=(Button(say("menu.home"), menu("learn"), Style.PRIMARY),),
            replaces=True,
        ),
    )


def _lesson(lesson: Lesson, world: World) -> str:
    heading = say("progress.lesson", number=lesson.number, lesson=lesson.title)
    lines = [f"- {_part(kind, world.progress.mark(kind, lesson.slug))}" for kind in parts(lesson)]
    return "\n".join((heading, "", *lines))


def _part(kind: Kind, mark: Mark | None) -> str:
    if mark is None:
        return say(f"progress.not_begun_{kind}", bar=bars.bar(0, 1))
    shown = mark.best if kind is Kind.QUIZ else mark.latest
    key = "progress.read" if kind is Kind.LESSON else f"progress.{kind}"
    return say(
        key,
        bar=bars.bar(shown, mark.out_of),
        latest=mark.latest,
        best=mark.best,
        out_of=mark.out_of,
        attempts=_attempts(mark),
    )


def _test(mark: Mark | None, world: World) -> str:
    pass_mark = world.course.policy.pass_mark
    if mark is None:
        return say("progress.not_begun_test", bar=bars.bar(0, 1), mark=pass_mark)
    passed = mark.done_at is not None
    verdict = say("progress.passed") if passed else say("progress.not_passed", mark=pass_mark)
    return say(
        "progress.test",
        bar=bars.bar(mark.best, mark.out_of),
        latest=mark.latest,
        best=mark.best,
        out_of=mark.out_of,
        attempts=_attempts(mark),
        verdict=verdict,
    )


def _attempts(mark: Mark) -> str:
    return count(mark.attempts, say("progress.attempt"), say("progress.attempts"))
