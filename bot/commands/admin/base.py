"""What every moderator's command is given and gives back, and the words they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.actions import Action
from bot.commands.words import ADMIN
from bot.errors import LearnerError
from bot.events import Place
from bot.flows.base import menu
from bot.gradebook import TEST_SUBJECT, Kind, parts
from bot.replies import Button, Choice, Menu, Reply, Style
from bot.store import audit, roster
from bot.store.membership import Member
from bot.store.roster import Person
from bot.store.unit import Unit
from bot.words import say
from knowledge.models import Course, Policy, Question

MENU_CHOICES = 25
"""Entries of a menu that every platform shows."""

MOST_DIGITS = 18
"""No id of ours is longer."""

_BY_ID = re.compile(rf"#(\d{{1,{MOST_DIGITS}}})")
_MENTION = re.compile(r"<@!?([^>|]+)(?:\|[^>]*)?>")
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")
_PART = re.compile(r"(lesson|quiz|lab)[ -]?(\d{1,3})")
ALL = "all"
BREAK = "  \n"
"""A line break within a paragraph of Markdown."""

PartKey = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """A moderator at work: in which transaction, on which course as it holds in which class."""

    unit: Unit
    course: Course
    member: Member
    where: Place
    own: Policy
    """The course's own policy, which the class's rules stand over."""

    @property
    def class_id(self) -> int:
        """The class that is moderated."""
        return self.member.class_id

    def note(self, action: str, what: str = "", target: int | None = None, why: str = "") -> None:
        """Write to the audit; `what` must hold nothing that names a person."""
        actor = self.member.learner
        audit.note(self.unit, self.class_id, actor, action, what=what, target=target, reason=why)


@dataclass(frozen=True, slots=True)
class Chore:
    """Slow work that a command asks for, done after its transaction: see `chores`.

    The desk fills in the class and the moderator whose work it is.
    """

    name: str
    args: Mapping[str, str] = field(default_factory=dict)
    class_id: int = 0
    actor: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What a command says now, and the slow work it asks for, if any."""

    replies: tuple[Reply, ...] = ()
    chore: Chore | None = None


Args = Mapping[str, str]
Handler = Callable[[Desk, Args], Done]


def to(sub: str, *args: object) -> Action:
    """The press that gives a moderator's command."""
    return menu(ADMIN, sub, *args)


def by_id(person: Person) -> str:
    """A learner as an action names them."""
    return f"#{person.id}"


def home_button() -> Button:
    """The button back to the overview."""
    return Button(say("admin.overview"), to("overview"), Style.PRIMARY)


def page_buttons(sub: str, args: tuple[object, ...], page: int, pages: int) -> tuple[Button, ...]:
    """The buttons to the page before and after; pages count from 1 and stand last in the action."""
    back = (Button(say("admin.page_back"), to(sub, *args, page - 1)),) if page > 1 else ()
    on = (Button(say("admin.page_on"), to(sub, *args, page + 1)),) if page < pages else ()
    return (*back, *on)


def page_of(args: Args, pages: int) -> int:
    """The page asked for, at least 1 and at most `pages`."""
    text = args.get("page", "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1  # noqa: PLR2004 (no longer number is a page)
    return max(1, min(wanted, pages))


def number_of(text: str) -> int:
    """The id that a button carries; 0, which nothing has, where it is none."""
    whole = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if whole else 0


def pages_of(total: int, size: int) -> int:
    """How many pages `total` entries fill; an empty list has one."""
    return max(1, -(-total // size))


def quoted(text: str) -> str:
    """Somebody's words as they are, in a Markdown body: nothing in them is a mark-up."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def people_menu(people: tuple[Person, ...]) -> Menu | None:
    """A list to open one of these learners from."""
    if not people:
        return None
    choices = tuple(
        Choice(person.label[:100], to("learner", by_id(person))) for person in people[:MENU_CHOICES]
    )
    return Menu(say("admin.learner_open"), choices)


def person(desk: Desk, args: Args) -> Person:
    """The learner that the arguments name; LearnerError where there is none, or more than one."""
    text = args.get("user", "").strip()
    if not text:
        raise LearnerError(say("admin.who"))
    found = people(desk, text)
    if len(found) > 1:
        raise LearnerError(say("admin.several", name=text, many=len(found)))
    if not found:
        raise LearnerError(say("admin.nobody"))
    return found[0]


def people(desk: Desk, text: str) -> tuple[Person, ...]:
    """The learners of the class that `text` may mean: an id of ours, a mention, or a name."""
    own = _BY_ID.fullmatch(text)
    if own:
        found = roster.person(desk.unit, desk.class_id, int(own[1]))
        return (found,) if found else ()
    mention = _MENTION.fullmatch(text)
    name = mention[1] if mention else text.removeprefix("@")
    return roster.named(desk.unit, desk.class_id, name, MENU_CHOICES)


def part(course: Course, text: str) -> PartKey | None:
    """The part that `text` names ("quiz 1", "test"), or None for "all"; LearnerError otherwise."""
    wanted = text.strip().casefold()
    if wanted == ALL:
        return None
    if wanted == Kind.TEST and course.test:
        return Kind.TEST, TEST_SUBJECT
    named = _PART.fullmatch(wanted)
    if named:
        kind, number = Kind(named[1]), int(named[2])
        for lesson in course.lessons:
            if lesson.number == number and kind in parts(lesson):
                return kind, lesson.slug
    raise LearnerError(say("admin.which_part"))


def part_word(course: Course, key: PartKey | None) -> str:
    """A part as an action and a moderator name it: "quiz-1", "test", "all"."""
    if key is None:
        return ALL
    lesson = course.lesson(key[1])
    return f"{key[0]}-{lesson.number}" if lesson else str(key[0])


def part_title(course: Course, key: PartKey | None) -> str:
    """A part in words: "quiz 1", "the module test", "the whole course"."""
    if key is None:
        return say("admin.part_all")
    lesson = course.lesson(key[1])
    if lesson is None:
        return say("admin.part_test")
    return say("admin.part", kind=say(f"admin.kind_{key[0]}"), number=lesson.number)


def questions(course: Course, key: PartKey) -> tuple[Question, ...]:
    """The questions of a quiz or the test."""
    lesson = course.lesson(key[1])
    return lesson.quiz if lesson else course.test


def asked_parts(course: Course) -> tuple[PartKey, ...]:
    """The parts that ask questions: the test first, then each lesson's quiz."""
    quizzes = ((Kind.QUIZ, lesson.slug) for lesson in course.lessons if lesson.quiz)
    test = ((Kind.TEST, TEST_SUBJECT),) if course.test else ()
    return (*test, *quizzes)
