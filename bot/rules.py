"""The rules of a class: what its moderators set over the course's own, and how they write it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from bot.errors import LearnerError
from bot.events import Place
from bot.tutor.types import Share
from bot.words import say
from knowledge.models import Course, Policy

MAX_ATTEMPTS = 1000
MAX_HOURS = 24 * 365
MAX_DAYS = 3650
MAX_QUESTIONS = 10_000
MAX_CHANNELS = 50
MAX_TOKENS = 1_000_000_000
MAX_SILENCE = 90

HERE, NOT_HERE = "here", "not here"
"""What a moderator writes to name, or to take back, the channel in which they write it."""

OWN = "default"
"""What a moderator writes to go back to the course's or the operator's own setting."""


@dataclass(frozen=True, slots=True)
class Rules:
    """None means: as the course (or, for `keep_days`, the operator) says.

    transcripts             moderators may read a learner's exchanges, once the learner was told
    keep_days               days that exchanges with the tutor are kept; 0 keeps them for good
    questions_per_day       questions that a learner may ask the tutor in 24 hours; 0: any number
    model                   the tutor may use the operator's language model, if there is one
    tokens_per_day          tokens of it that the class may use in a UTC day; 0: any number
    learner_tokens_per_day  and one learner; the operator's own limits hold as well
    reminders               days of silence after which a learner is reminded once; 0: never
    announce_channel        where announcements are posted; "": where they are given
    channels                the shared places where the course may be taken; none named: all
    """

    pass_mark: int | None = None
    attempts: int | None = None
    cooldown_hours: float | None = None
    unlock: str | None = None
    feedback: str | None = None
    transcripts: bool = False
    keep_days: int | None = None
    questions_per_day: int = 0
    model: bool = True
    tokens_per_day: int = 0
    learner_tokens_per_day: int = 0
    reminders: int = 0
    announce_channel: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """Days that things are kept where a class has no rule of its own; 0 keeps them for good."""

    transcripts: int = 365
    deliveries: int = 30
    sessions: int = 90


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What was granted to one learner beyond the rules of the module test."""

    extra_attempts: int = 0
    unlocked: bool = False
    waived: bool = False


def dump(rules: Rules) -> str:
    """Return rules as JSON, without what is as it was."""
    usual = asdict(Rules())
    return json.dumps({k: v for k, v in asdict(rules).items() if v != usual[k]})


@lru_cache(maxsize=1024)
def load(text: str) -> Rules:
    """Return the rules that `dump` made `text` of; what this program does not know is left out."""
    known = {field.name for field in fields(Rules)}
    found = {name: value for name, value in json.loads(text).items() if name in known}
    return Rules(**{**found, "channels": tuple(found.get("channels", ()))})


def applied(course: Course, rules: Rules, granted: Exceptions) -> Course:
    """Return the course with its policy as it holds for one learner of a class."""
    own = course.policy
    policy = Policy(
        pass_mark=own.pass_mark if rules.pass_mark is None else rules.pass_mark,
        attempts=own.attempts if rules.attempts is None else rules.attempts,
        cooldown_hours=own.cooldown_hours if rules.cooldown_hours is None else rules.cooldown_hours,
        unlock=rules.unlock or own.unlock,
        feedback=rules.feedback or own.feedback,
    )
    policy = replace(
        policy,
        attempts=policy.attempts and policy.attempts + granted.extra_attempts,
        cooldown_hours=0.0 if granted.waived else policy.cooldown_hours,
        unlock="open" if granted.unlocked else policy.unlock,
    )
    return course if policy == own else replace(course, policy=policy)


def share(rules: Rules) -> Share:
    """Return what a class lets its learners have of a language model."""
    return Share(rules.model, rules.learner_tokens_per_day, rules.tokens_per_day)


def channel(where: Place) -> str:
    """The channel of a place: an adapter writes it before the first colon of the place's id."""
    return where.id.partition(":")[0]


def welcome(rules: Rules, where: Place) -> bool:
    """Whether the course may be taken in a place."""
    return not where.shared or not rules.channels or channel(where) in rules.channels


def changed(rules: Rules, name: str, text: str, where: Place) -> Rules:
    """Return the rules with one setting as a moderator wrote it; LearnerError where it is wrong."""
    if name not in SETTINGS:
        raise LearnerError(say("admin.settings_which", names=", ".join(SETTINGS)))
    written = text.strip().casefold()
    if not written:
        raise LearnerError(say(f"admin.settings_how_{name}"))
    if written == OWN:
        return replace(rules, **{name: getattr(Rules(), name)})
    if name in PLACED:
        return _placed(rules, name, written, where)
    value = SETTINGS[name](written)
    if value is None:
        raise LearnerError(say(f"admin.settings_how_{name}"))
    return replace(rules, **{name: value})


def _placed(rules: Rules, name: str, written: str, where: Place) -> Rules:
    """Return the rules with the channel of a place named, or taken back."""
    if written not in (HERE, NOT_HERE) or not where.shared:
        raise LearnerError(say(f"admin.settings_how_{name}"))
    here = (channel(where),) if written == HERE else ()
    if name == "announce_channel":
        return replace(rules, announce_channel="".join(here))
    others = tuple(known for known in rules.channels if known != channel(where))
    return replace(rules, channels=(*others, *here)[:MAX_CHANNELS])


def _whole(least: int, most: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        number = text.removesuffix("%").strip()
        if not (number.isascii() and number.isdigit() and len(number) <= len(str(most))):
            return None
        return int(number) if least <= int(number) <= most else None

    return read


def _hours(text: str) -> float | None:
    try:
        hours = float(text.removesuffix("h").strip())
    except ValueError:
        return None
    return hours if math.isfinite(hours) and 0 <= hours <= MAX_HOURS else None


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda text: text if text in words else None


def _switch(text: str) -> bool | None:
    return {"on": True, "yes": True, "off": False, "no": False}.get(text)


def _days_or_off(text: str) -> int | None:
    if _switch(text) is False:
        return 0
    return _whole(1, MAX_SILENCE)(text.removesuffix("days").removesuffix("day").strip())


SETTINGS: dict[str, Callable[[str], Any]] = {
    "pass_mark": _whole(1, 100),
    "attempts": _whole(0, MAX_ATTEMPTS),
    "cooldown_hours": _hours,
    "unlock": _one_of("open", "in-order"),
    "feedback": _one_of("each", "end"),
    "transcripts": _switch,
    "keep_days": _whole(0, MAX_DAYS),
    "questions_per_day": _whole(0, MAX_QUESTIONS),
    "model": _switch,
    "tokens_per_day": _whole(0, MAX_TOKENS),
    "learner_tokens_per_day": _whole(0, MAX_TOKENS),
    "reminders": _days_or_off,
    "announce_channel": str,
    "channels": str,
}
"""Every setting by name, with how it is read; None where the words do not fit."""

PLACED = frozenset({"channels", "announce_channel"})
"""The settings whose value is the place in which they are given."""
