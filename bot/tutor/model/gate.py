"""Decide which messages a language model never gets to see."""

from __future__ import annotations

from bot.calculator.door import answer as calculate
from bot.calculator.errors import CalculatorError
from bot.tutor import guiding, open_question
from bot.tutor.corpus import Corpus
from bot.tutor.intent import content
from bot.tutor.refusals import talk, turned_down
from bot.tutor.types import Request
from bot.tutor.words import clean


def keeps(request: Request, corpus: Corpus) -> bool:
    """Tell whether the offline tutor answers by itself.

    So it does for small talk, for what is turned down (keys, grades, rules, other people), for
    the test question that is open, for a calculation that must be refused, and for no question.
    A hint and an explained mistake hold nothing that a learner wrote.
    """
    if guiding.item_of(request) is not None:
        return guiding.touches_test(request, corpus)
    text = clean(request.question)
    if not content(text) or talk(text) or turned_down(text, corpus.knows):
        return True
    question = request.open_question
    if question is not None and open_question.concerns(text, question, corpus):
        return True
    return _refused(text, request)


def _refused(text: str, request: Request) -> bool:
    previous = request.history[-1].question if request.history else ""
    try:
        calculate(text, previous)
    except CalculatorError:
        return True
    return False
