"""A class of made-up learners, for pictures of what moderators see."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle, islice

from sqlalchemy import Connection, Table, delete, select, update

from benchmarks.big_class import NOW, fill
from bot.clock import now
from bot.gradebook import TEST_SUBJECT, passes
from bot.store.admin_tables import CLASS, MEMBERSHIP
from bot.store.database import open_database
from bot.store.tables import ANSWER, LEARNER, MARK, RESULT
from knowledge.models import Course, Question

NAMES = (
    *("Ada Lindqvist", "Bruno Okafor", "Chiara Rossi", "Devika Rao", "Elif Yılmaz"),
    *("Farid Haddad", "Grace Mbeki", "Hugo Martínez", "Ingrid Sørensen", "Jun Watanabe"),
    *("Kofi Mensah", "Léa Dubois", "Mateusz Nowak", "Nadia Petrova", "Oskar Berg"),
    *("Priya Nair", "Quynh Tran", "Rosa Almeida", "Sami Virtanen", "Tomás O'Brien"),
    *("Uma Iyer", "Valentina Silva", "Wei Zhang", "Zoë Jansen"),
)
REACHED = (4, 4, 4, 2, 4, 3, 1)
"""How many lessons one learner after another has done; only who did all has taken the test."""

BROKEN = 10
"""The test question (from 0) with a wrong key: those who know the rest get it wrong."""


def crowd(url: str, course: Course, platform: str, workspace: str, learners: int, ada: str) -> None:
    """Make a class in empty records; its first learner's user id is `ada`."""
    database = open_database(url)
    fill(database, course, learners)
    with database.begin() as db:
        db.execute(update(CLASS).values(platform=platform, workspace=workspace))
        home = workspace if platform == "slack" else ""
        db.execute(update(LEARNER).values(platform=platform, workspace=home))
        for number, name in enumerate(islice(cycle(NAMES), learners), start=1):
            named = {"name": name, **({"user": ada} if number == 1 else {})}
            db.execute(update(LEARNER).where(LEARNER.c.id == number).values(named))
            done = REACHED[number % len(REACHED)]
            if done < len(course.lessons):
                later = {lesson.slug for lesson in course.lessons[done:]}
                _forget(db, number, (*later, TEST_SUBJECT))
        for learner, seen in db.execute(
            select(MEMBERSHIP.c.learner_id, MEMBERSHIP.c.seen_at)
        ).all():
            recent = {"seen_at": now() - (NOW - seen)}
            db.execute(update(MEMBERSHIP).where(MEMBERSHIP.c.learner_id == learner).values(recent))
        _break(db, course.test[BROKEN], course.policy.pass_mark)
    database.dispose()


def _forget(db: Connection, learner: int, subjects: Iterable[str]) -> None:
    tables: tuple[Table, ...] = (ANSWER, RESULT, MARK)
    for table in tables:
        gone = table.c.subject.in_(tuple(subjects))
        db.execute(delete(table).where(table.c.learner_id == learner, gone))


def _break(db: Connection, question: Question, pass_mark: int) -> None:
    """Turn a question's marks around: the better half has it wrong, the other right."""
    taken = select(RESULT.c.session_id, RESULT.c.score, RESULT.c.out_of)
    results = db.execute(taken.where(RESULT.c.kind == "test").order_by(RESULT.c.score)).all()
    for rank, (session, score, out_of) in enumerate(results):
        mine = (ANSWER.c.session_id == session, ANSWER.c.question == question.id)
        had = db.execute(select(ANSWER.c.correct).where(*mine)).scalar_one()
        right = rank < len(results) // 2 and rank % 4 != 0
        chosen = question.key if right else (question.key + 1) % len(question.options)
        db.execute(update(ANSWER).where(*mine).values(correct=right, chosen=chosen))
        new = score + int(right) - int(had)
        values = {"score": new, "passed": passes(new, out_of, pass_mark)}
        db.execute(update(RESULT).where(RESULT.c.session_id == session).values(values))
