"""The heat map of a small class: who got which question right, at the first attempt."""

from __future__ import annotations

from bot.commands.admin import figures
from bot.commands.admin.base import Desk, asked_parts, questions
from bot.gradebook import Kind
from bot.replies import Picture
from bot.store import roster

MAX_QUESTIONS = 60
"""Columns that one picture can hold."""


def heat_map(desk: Desk, most: int) -> tuple[Picture, ...]:
    """Return the picture of at most `most` learners; none where nothing was answered."""
    people = roster.page(desk.unit, desk.class_id, most, 0)
    columns: list[str] = []
    rows: dict[int, str] = {person.id: "" for person in people}
    for key in sorted(asked_parts(desk.course), key=lambda part: part[0] is Kind.TEST):
        answers = roster.first_answers(desk.unit, list(rows), *key)
        lesson = desk.course.lesson(key[1])
        head = str(lesson.number) if lesson else "T"
        for number, item in enumerate(questions(desk.course, key), start=1):
            columns.append(f"{head}.{number}")
            for learner in rows:
                rows[learner] += _mark(answers.get((learner, item.id)))
    names = {person.id: person.label for person in people}
    ranked = sorted(rows, key=lambda learner: (-rows[learner].count(figures.RIGHT), names[learner]))
    if len(columns) > MAX_QUESTIONS or not any(row.strip(figures.NONE) for row in rows.values()):
        return ()
    lines = tuple((names[learner], rows[learner]) for learner in ranked)
    return (figures.picture(figures.Heat(tuple(columns), lines)),)


def _mark(right: bool | None) -> str:
    return figures.NONE if right is None else figures.RIGHT if right else figures.WRONG
