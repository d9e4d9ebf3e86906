"""`/admin overview`: how the class stands, with a picture, and the way to everything else."""

from __future__ import annotations

from collections.abc import Mapping

from bot import bars
from bot.commands.admin import figures
from bot.commands.admin.base import Args, Desk, Done, to
from bot.commands.admin.heatmap import heat_map
from bot.gradebook import TEST_SUBJECT, Kind, all_parts, parts
from bot.replies import Button, Card, Choice, Field, Menu, Picture, Style
from bot.store import class_records
from bot.store.class_records import Enrolment, Reach
from bot.words import say
from knowledge.models import Lesson

HEAT_LEARNERS = 30
"""Up to so many learners are drawn one by one; more as distributions."""

PLACES = ("items", "learners", "questions", "regrade", "export", "settings", "announce")
MORE = ("course-reload", "reindex", "audit")

Reached = Mapping[tuple[str, str], Reach]


def overview(desk: Desk, args: Args) -> Done:
    """Return the overview card."""
    people = class_records.enrolment(desk.unit, desk.class_id)
    reached = class_records.reach(desk.unit, desk.class_id)
    finished = class_records.completed(desk.unit, desk.class_id)
    total = len(all_parts(desk.course))
    everyone = people.enrolled + people.former
    lines = [_lesson(lesson, reached, everyone) for lesson in desk.course.lessons]
    card = Card(
        title=say("admin.overview_title", course=desk.course.title),
        body="\n\n".join([*lines, *_test(desk, reached)] if everyone else [say("admin.empty")]),
        fields=_fields(desk, people, finished.get(total, 0)),
        buttons=(
            Button(say("admin.go_items"), to("items"), Style.PRIMARY),
            Button(say("admin.go_learners"), to("learners")),
            Button(say("admin.go_questions"), to("questions")),
            Button(say("admin.go_settings"), to("settings")),
        ),
        menu=_everything(),
        pictures=_picture(desk, people, finished, total) if people.enrolled else (),
        footer=say("admin.overview_former", many=people.former) if people.former else "",
    )
    return Done((card,))


def _fields(desk: Desk, people: Enrolment, finished: int) -> tuple[Field, ...]:
    return (
        Field(say("admin.enrolled"), str(people.enrolled)),
        Field(say("admin.active"), _share(people.active, people.enrolled)),
        Field(say("admin.finished"), _share(finished, people.enrolled)),
    )


def _lesson(lesson: Lesson, reached: Reached, everyone: int) -> str:
    shares = [
        say(
            "admin.overview_part",
            bar=bars.bar(done, everyone),
            kind=say(f"admin.done_{kind}"),
            share=_share(done, everyone),
        )
        for kind in parts(lesson)
        for done in (reached.get((kind, lesson.slug), Reach()).done,)
    ]
    title = say("admin.overview_lesson", number=lesson.number, lesson=lesson.title)
    return "\n".join((title, "", *shares))


def _test(desk: Desk, reached: Reached) -> list[str]:
    if not desk.course.test:
        return []
    test = reached.get((Kind.TEST, TEST_SUBJECT), Reach())
    return [
        say(
            "admin.overview_test",
            bar=bars.bar(test.done, test.begun),
            passed=_share(test.done, test.begun),
            taken=test.begun,
            mark=desk.course.policy.pass_mark,
        )
    ]


def _picture(
    desk: Desk, people: Enrolment, finished: Mapping[int, int], total: int
) -> tuple[Picture, ...]:
    if people.enrolled <= HEAT_LEARNERS:
        return heat_map(desk, HEAT_LEARNERS)
    begun_none = max(people.enrolled - sum(finished.values()), 0)
    counts = [finished.get(number, 0) for number in range(total + 1)]
    counts[0] += begun_none
    scores: tuple[int, ...] = ()
    if desk.course.test:
        part = (Kind.TEST, TEST_SUBJECT)
        scores = class_records.score_counts(desk.unit, desk.class_id, part, len(desk.course.test))
    spread = figures.Spread(tuple(counts), scores, desk.course.policy.pass_mark)
    return (figures.picture(spread),)


def _everything() -> Menu:
    choices = (Choice(say(f"admin.menu_{sub.replace('-', '_')}"), to(sub)) for sub in PLACES + MORE)
    return Menu(say("admin.menu"), tuple(choices))


def _share(part: int, whole: int) -> str:
    return f"{part} ({bars.percent(part, whole)})" if whole else str(part)
