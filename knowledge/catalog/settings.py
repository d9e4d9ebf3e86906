"""Read `course.toml` and `lab.toml`: what a course and a lab are called, and their rules."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.catalog.limits import (
    DEFAULT_EXCHANGES,
    MAX_ATTEMPTS,
    MAX_COOLDOWN_HOURS,
    MAX_DESCRIPTION,
    MAX_EXCHANGES,
    MAX_ID,
    MAX_MISSION,
    MAX_OPENING,
    MAX_START,
    MAX_TITLE,
)
from knowledge.catalog.tables import Table
from knowledge.models import Lab, Policy

UNLOCK = ("open", "in-order")
FEEDBACK = ("each", "end")


@dataclass(frozen=True, slots=True)
class CourseSettings:
    """What a `course.toml` holds. `id` is "" where the file names none."""

    title: str
    description: str
    id: str
    policy: Policy


def read_settings(file: Table) -> CourseSettings:
    """Return the settings of a course."""
    settings = CourseSettings(
        title=file.text("title", MAX_TITLE, one_line=True),
        description=file.text("description", MAX_DESCRIPTION, required=False),
        id=file.text("id", MAX_ID, required=False, one_line=True),
        policy=_policy(file.table("policy")),
    )
    file.refuse_unknown_keys()
    return settings


def _policy(table: Table | None) -> Policy:
    usual = Policy()
    if table is None:
        return usual
    policy = Policy(
        pass_mark=table.whole("pass_mark", usual.pass_mark, 1, 100),
        attempts=table.whole("attempts", usual.attempts, 0, MAX_ATTEMPTS),
        cooldown_hours=table.number(
            "cooldown_hours", usual.cooldown_hours, 0.0, MAX_COOLDOWN_HOURS
        ),
        unlock=table.choice("unlock", UNLOCK),
        feedback=table.choice("feedback", FEEDBACK),
    )
    table.refuse_unknown_keys()
    return policy


def read_lab(file: Table) -> Lab:
    """Return the lab of a lesson."""
    lab = Lab(
        title=file.text("title", MAX_TITLE, one_line=True),
        mission=file.text("mission", MAX_MISSION),
        opening=file.text("opening", MAX_OPENING),
        start=file.text("start", MAX_START, one_line=True),
        exchanges=file.whole("exchanges", DEFAULT_EXCHANGES, 1, MAX_EXCHANGES),
    )
    file.refuse_unknown_keys()
    return lab
