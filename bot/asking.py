"""What the tutor is told with a question: the talk so far, and which graded questions are open."""

from __future__ import annotations

from datetime import timedelta

from bot import codec, rules
from bot.events import Event
from bot.flows import exam, items, quiz
from bot.gradebook import TEST_SUBJECT
from bot.store import membership
from bot.store.unit import Unit
from bot.tutor.types import Mistake, Request, Role
from knowledge.models import Course, Question

IN_HAND = timedelta(hours=2)
"""How long after the last act in it a quiz question is still in the learner's hand."""


def request(unit: Unit, course: Course, event: Event, work: codec.Work) -> Request:
    """Return the request that slow work stands for."""
    learner = unit.learner(event.who)
    member = membership.find(unit, event.who, event.where, learner)
    history, before = unit.talk(work.session)
    ask = work.ask
    item = items.find(course, ask.item) if ask.item else None
    mistake = Mistake(item, ask.chosen) if item and ask.chosen is not None else None
    return Request(
        question=ask.question,
        role=ask.role,
        lesson=ask.lesson,
        history=history,
        open_question=_test_question(unit, course, learner),
        quiz=item if ask.role is Role.HINT else _quiz_question(unit, course, learner),
        mistake=mistake,
        summary=before,
        learner=learner,
        workspace=f"{event.who.platform}:{member.workspace}",
        class_id=member.class_id,
        share=rules.share(member.rules),
    )


def _test_question(unit: Unit, course: Course, learner: int) -> Question | None:
    row = unit.open_session(learner, exam.NAME, TEST_SUBJECT)
    return exam.open_question(codec.load(exam.STATE, row["state"]), course) if row else None


def _quiz_question(unit: Unit, course: Course, learner: int) -> Question | None:
    """The open question of the quiz that the learner was at last, unless that is long ago."""
    row = unit.open_session(learner, quiz.NAME)
    if row is None or row["version"] != quiz.VERSION or unit.now - row["changed_at"] > IN_HAND:
        return None
    return quiz.open_question(codec.load(quiz.STATE, row["state"]), course)
