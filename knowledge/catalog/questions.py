"""Read the questions of a `quiz.toml` or of `test.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from knowledge.catalog.lessons import slug_of
from knowledge.catalog.limits import (
    MAX_HINT,
    MAX_HINTS,
    MAX_ID,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_QUESTION,
    MAX_QUESTIONS,
    MAX_WHY,
    MIN_OPTIONS,
)
from knowledge.catalog.problems import counted, nearest, quoted
from knowledge.catalog.tables import Table
from knowledge.models import Option, Question, Section

# The sections of each lesson by its slug; None where the lesson could not be read.
Outline = Mapping[str, tuple[Section, ...] | None]

_SPACE = re.compile(r"\s+")


class QuestionReader:
    """Reads the question files of one course; an id may be used once in all of them."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._ids: dict[str, str] = {}

    def read_quiz(self, file: Table, lesson: str) -> tuple[Question, ...]:
        """Return the questions of a lesson's quiz."""
        return self._read(file, lesson, lesson)

    def read_test(self, file: Table) -> tuple[Question, ...]:
        """Return the questions of the module test, each of which may name its lesson."""
        return self._read(file, "test", None)

    def _read(self, file: Table, prefix: str, lesson: str | None) -> tuple[Question, ...]:
        tables = file.all_tables("question", MAX_QUESTIONS)
        return tuple(
            self._question(table, f"{prefix}-q{number}", lesson)
            for number, table in enumerate(tables, start=1)
        )

    def _question(self, table: Table, default_id: str, quiz_lesson: str | None) -> Question:
        lesson = self._lesson(table) if quiz_lesson is None else quiz_lesson
        question = Question(
            id=self._id(table, default_id),
            text=table.text("text", MAX_QUESTION),
            options=_options(table),
            lesson=lesson,
            section=self._section(table, lesson),
            hints=table.texts("hints", MAX_HINTS, MAX_HINT),
        )
        table.refuse_unknown_keys()
        return question

    def _id(self, table: Table, default: str) -> str:
        chosen = table.text("id", MAX_ID, required=False, one_line=True) or default
        if chosen in self._ids:
            message = f"the id {quoted(chosen)} is taken by {self._ids[chosen]}"
            table.complain(message, "give this question another id", "id")
        self._ids.setdefault(chosen, f"{table.name} of {table.file}")
        return chosen

    def _lesson(self, table: Table) -> str:
        lesson = table.text("lesson", MAX_ID, required=False, one_line=True)
        if lesson and lesson not in self._outline:
            message = f"there is no lesson {quoted(lesson)}"
            table.complain(message, _instead(lesson, self._outline), "lesson")
        elif not lesson and "section" in table.values and "lesson" not in table.values:
            table.complain("a section needs its lesson", 'add lesson = "…"', "section")
        return lesson

    def _section(self, table: Table, lesson: str) -> str:
        wanted = table.text("section", MAX_QUESTION, required=False, one_line=True)
        sections = self._outline.get(lesson)
        if not wanted or sections is None:
            return ""
        slug = slug_of(wanted)
        if slug not in {section.slug for section in sections}:
            message = f"the lesson {quoted(lesson)} has no section {quoted(wanted)}"
            titles = [section.title for section in sections]
            table.complain(message, _instead(wanted, titles), "section")
        return slug


def _instead(word: str, known: Iterable[str]) -> str:
    names = list(known)
    meant = nearest(word, names)
    if meant:
        return f"write {quoted(meant)}"
    return f"write one of {', '.join(map(quoted, names[:8]))}"


def _options(question: Table) -> tuple[Option, ...]:
    tables = question.tables("option", "question.option", f"{question.name}, option {{}}".format)
    count = len(tables)
    if count < MIN_OPTIONS or count > MAX_OPTIONS:
        message = f"{counted(count, 'option')}, where {MIN_OPTIONS} to {MAX_OPTIONS} are allowed"
        remedy = "add [[question.option]]" if count < MIN_OPTIONS else "remove some"
        question.complain(message, remedy, "option", MAX_OPTIONS)
    options = tuple(_option(table) for table in tables[:MAX_OPTIONS])
    _check_right_one(question, options)
    _check_alike(question, options)
    return options


def _option(table: Table) -> Option:
    option = Option(
        text=table.text("text", MAX_OPTION, one_line=True),
        correct=table.flag("correct"),
        why=table.text("why", MAX_WHY, required=False),
    )
    table.refuse_unknown_keys()
    return option


def _check_right_one(question: Table, options: tuple[Option, ...]) -> None:
    right = [index for index, option in enumerate(options) if option.correct]
    if options and not right:
        question.complain("no option is correct", "mark one with correct = true")
    for index in right[1:]:
        message = f"options {right[0] + 1} and {index + 1} are both marked correct"
        question.complain(message, "leave correct = true on one", "option", index, "correct")


def _check_alike(question: Table, options: tuple[Option, ...]) -> None:
    first: dict[str, int] = {}
    for index, option in enumerate(options):
        folded = _SPACE.sub(" ", unicodedata.normalize("NFC", option.text).casefold())
        if folded and folded in first:
            message = f"options {first[folded] + 1} and {index + 1} have the same text"
            question.complain(message, "write another answer", "option", index, "text")
        first.setdefault(folded, index)
