"""What is offered while a learner types an option: lessons, models and GPUs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord.app_commands import Choice

from adapters.discord.render.limits import MAX_CHOICE, MAX_CHOICES, fit
from bot.calculator.names import known_gpus, suggest_models
from bot.commands.admin.base import ALL, part_word
from bot.commands.admin.base import asked_parts as quizzes_and_test
from bot.commands.lessons import named
from bot.gradebook import all_parts
from knowledge.models import Course, Lesson

Offer = list[Choice[str]]

DTYPES = ("fp16", "bf16", "fp32", "fp8", "int8", "int4")
LENGTHS = ("4K", "8K", "16K", "32K", "64K", "128K", "200K", "1M")


def lessons(course: Course, typed: str) -> Offer:
    """Return the lessons whose number or title has what was typed, or else may be meant by it."""
    wanted = typed.casefold().strip()
    having = tuple(x for x in course.lessons if wanted in _title(x).casefold())
    found = having or named(course, typed)
    return _offer((_title(lesson), str(lesson.number)) for lesson in found)


def models(typed: str) -> Offer:
    """Return the models that are nearest to what was typed."""
    return _offer((name, name) for name in suggest_models(typed, MAX_CHOICES))


def gpus(typed: str) -> Offer:
    """Return the GPUs whose name has what was typed."""
    wanted = typed.casefold().strip()
    names = dict.fromkeys(gpu.name for gpu in known_gpus().values())
    return _offer((name, name) for name in names if wanted in name.casefold())


def parts(course: Course, typed: str) -> Offer:
    """Return the parts of the course, and all of it, that have what was typed."""
    return _having((*(part_word(course, key) for key in all_parts(course)), ALL), typed)


def asked_parts(course: Course, typed: str) -> Offer:
    """Return the parts that ask questions and have what was typed."""
    return _having((part_word(course, key) for key in quizzes_and_test(course)), typed)


def _having(values: Iterable[str], typed: str) -> Offer:
    wanted = typed.casefold().strip()
    return _offer((value, value) for value in values if wanted in value)


def listed(values: Sequence[str], typed: str) -> Offer:
    """Return those of a few fixed values that begin with what was typed."""
    wanted = typed.casefold().strip()
    return _offer((value, value) for value in values if value.casefold().startswith(wanted))


def _title(lesson: Lesson) -> str:
    return f"{lesson.number}. {lesson.title}"


def _offer(found: Iterable[tuple[str, str]]) -> Offer:
    pairs = [(name, value) for name, value in found if len(value) <= MAX_CHOICE][:MAX_CHOICES]
    return [Choice(name=fit(name, MAX_CHOICE), value=value) for name, value in pairs]
