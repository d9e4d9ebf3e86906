"""While a quiz question is open: lead towards its answer, and do not say it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.tutor import open_question
from bot.tutor.corpus import Corpus
from bot.tutor.giving_away import gives_away
from bot.tutor.hint import hint
from bot.tutor.types import Answer, Request, Role
from bot.tutor.wording import say
from knowledge.models import Passage, Question

COACHING = frozenset({Role.HINT, Role.MISTAKE})
"""The roles in which the tutor is asked about one question of a quiz, by a button."""


def item_of(request: Request) -> Question | None:
    """Return the quiz question that a hint or an explained mistake is about."""
    if request.role is Role.HINT:
        return request.quiz
    return request.mistake.question if request.role is Role.MISTAKE and request.mistake else None


def touches_test(request: Request, corpus: Corpus) -> bool:
    """Tell whether a hint or an explained mistake would help with the test question open."""
    item, question = item_of(request), request.open_question
    if item is None or question is None:
        return False
    same = (item.lesson, item.section) == (question.lesson, question.section)
    return same or open_question.concerns(item.text, question, corpus)


def teaches(passage: Passage, item: Question | None) -> bool:
    """Tell whether a passage stands in the section that teaches a question."""
    return item is not None and (passage.lesson, passage.section) == (item.lesson, item.section)


def near(text: str, places: Iterable[tuple[str, str]], item: Question, corpus: Corpus) -> bool:
    """Tell whether a message is about a quiz question, or answered from where it is taught.

    `places` are the lessons and sections that the answer rests on.
    """
    taught = (item.lesson, item.section)
    return taught in places or open_question.concerns(text, item, corpus)


def guided(answer: Answer, text: str, item: Question, corpus: Corpus) -> Answer:
    """Return an answer as it is, or a step towards the open question that it would answer."""
    places = [(one.lesson, one.section) for one in answer.citations]
    said = " ".join((answer.text, *answer.steps, answer.follow_up))
    if not answer.covered or not near(text, places, item, corpus):
        return answer
    if not gives_away(said, item, corpus):
        return answer
    step = hint(item, corpus)
    lead = say("decline.open_quiz", text)
    return Answer(f"{lead} {step.text}", True, True, step.citations, numbers=step.numbers)
