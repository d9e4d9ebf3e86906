"""The natural-language door: a learner's sentence in, a calculation out, or None.

It is cautious: a sentence without a size, a model or a GPU, or one that asks why, is no
calculation. A follow-up ("what if it used MQA?") leans on the learner's previous question.
"""

from __future__ import annotations

from dataclasses import replace

from bot.calculator.asking import Question
from bot.calculator.calculation import Calculation
from bot.calculator.config_json import shape_of
from bot.calculator.errors import CalculatorError
from bot.calculator.intents import PAIR
from bot.calculator.pasted import pasted_config
from bot.calculator.reading import MAX_QUESTION, Reading, read
from bot.calculator.solving import solve
from bot.calculator.topics import Topics, joined, topics

# A longer sentence stands for itself.
MAX_FOLLOW_UP_WORDS = 14


def answer(text: str, previous: str = "", *, whole: bool = False) -> Calculation | None:
    """Return the calculation that `text` asks for, None if it asks for none.

    `previous` is the learner's question before this one. Raises CalculatorError for a
    calculation that must be refused (unpublished model, impossible size), and with `whole`,
    as for a command, where any word or number of `text` would not be used.
    """
    question = _question(text)
    made = solve(question, whole=whole)
    if made is not None or not previous.strip():
        return made
    return _follow_up(question, previous)


def _question(text: str) -> Question:
    config, rest = pasted_config(text)
    shape = shape_of(config) if config is not None else None
    return Question(rest, read(rest), topics(rest[:MAX_QUESTION]), shape)


def _follow_up(new: Question, previous: str) -> Calculation | None:
    if len(new.text.split()) > MAX_FOLLOW_UP_WORDS or not _leans_back(new.about, new.reading):
        return None
    try:
        old = _question(previous)
    except CalculatorError:
        return None
    if old.shape is None and not old.reading.anything:
        return None
    merged = Question(
        text=new.text,
        reading=_over(new, old),
        about=replace(joined(new.about, old.about), quantity=True, concept=False, claim=False),
        shape=new.shape or (None if new.reading.model else old.shape),
    )
    return solve(merged)


def _leans_back(about: Topics, reading: Reading) -> bool:
    if about.why or about.quality:
        return False
    if about.concept and not (reading.anything or about.fit):
        return False
    return about.follow and (reading.anything or about.technique or about.speed or about.most)


def _over(question: Question, before: Question) -> Reading:
    """The new question's sizes, and the old one's where the new one has none."""
    new, old = question.reading, before.reading
    return Reading(
        model=new.model or old.model,
        gpu=new.gpu or old.gpu,
        lengths=_lengths(question, before),
        users=new.users or old.users,
        dtypes=new.dtypes or old.dtypes,
        window=new.window or old.window,
        price=new.price,
        sizes={**old.sizes, **new.sizes},
    )


def _lengths(question: Question, before: Question) -> tuple[int, ...]:
    """The new lengths; one alone takes the place of its like in a comparison of two.

    "Compared to 32K" is another baseline, "and at 64K" another length beside the same baseline.
    """
    new, old = question.reading.lengths, before.reading.lengths
    if len(new) != 1 or len(old) != PAIR:
        return new or old
    return (old[0], *new) if question.about.times else (*new, old[1])
