"""What the records must say, computed from what learners press; and what they do say."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Engine, Table, select

from bot.flows.lesson import pages
from bot.gradebook import TEST_SUBJECT, Kind, passes
from bot.store.database import open_database
from bot.store.tables import ANSWER, EXCHANGE, LEARNER, MARK, RESULT
from knowledge.models import Course, Question
from tests.faults.learner import chosen, spoken

Book = dict[str, Counter[tuple[Any, ...]]]
"""Rows by table, each with how often it stands there."""

COLUMNS: dict[Table, tuple[str, ...]] = {
    ANSWER: ("kind", "subject", "question", "attempt", "chosen", "correct"),
    RESULT: ("kind", "subject", "attempt", "score", "out_of", "passed"),
    MARK: ("kind", "subject", "latest", "best", "out_of", "attempts"),
    EXCHANGE: ("lesson", "question", "counted"),  # of labs, where a question counts
}


def expected(course: Course, users: list[str]) -> Book:
    """Work the records out for learners who have each taken the whole course once."""
    book: Book = {table.name: Counter() for table in COLUMNS}
    for user in users:
        for part in course.lessons:
            read = pages(part)
            book["mark"][user, "lesson", part.slug, read, read, read, 0] += 1
            if part.quiz:
                _run(book, user, Kind.QUIZ, part.slug, part.quiz, 100)
            if part.lab is not None:
                held = part.lab.exchanges
                book["mark"][user, "lab", part.slug, held, held, held, 0] += 1
                for number in range(1, held + 1):
                    book["exchange"][user, part.slug, spoken(part.number, number), True] += 1
        if course.test:
            _run(book, user, Kind.TEST, TEST_SUBJECT, course.test, course.policy.pass_mark)
    return book


def recorded(url: str) -> Book:
    """Read the records."""
    engine = open_database(url)
    try:
        return {table.name: _rows(engine, table, names) for table, names in COLUMNS.items()}
    finally:
        engine.dispose()


def answers(book: Book) -> Counter[tuple[str, str, int]]:
    """How often each answer is kept, by user, question and option."""
    rows = book[ANSWER.name].elements()
    return Counter((user, question, chose) for user, _, _, question, _, chose, _ in rows)


def _run(
    book: Book, user: str, kind: Kind, subject: str, questions: tuple[Question, ...], needed: int
) -> None:
    right = 0
    for item in questions:
        choice = chosen(user, item.id)
        correct = choice == item.key
        right += correct
        book["answer"][user, kind.value, subject, item.id, 1, choice, correct] += 1
    total = len(questions)
    passed = passes(right, total, needed)
    book["result"][user, kind.value, subject, 1, right, total, passed] += 1
    book["mark"][user, kind.value, subject, right, right, total, 1] += 1


def _rows(engine: Engine, table: Table, names: tuple[str, ...]) -> Counter[tuple[Any, ...]]:
    columns = (LEARNER.c.user, *(table.c[name] for name in names))
    rows = select(*columns).select_from(table.join(LEARNER, LEARNER.c.id == table.c.learner_id))
    if table is EXCHANGE:
        rows = rows.where(EXCHANGE.c.lesson != "")
    with engine.connect() as connection:
        return Counter(tuple(row) for row in connection.execute(rows))
