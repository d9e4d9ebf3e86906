"""The sum behind a quiz question, where the calculator can do it and it bears out the key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from bot.calculator.calculation import Calculation
from bot.calculator.door import answer
from bot.calculator.errors import CalculatorError
from bot.calculator.reading import read
from bot.tutor.number_guard import numbers
from bot.tutor.wording import say
from knowledge.models import Question

_AMOUNT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([^\d\s]*)\s*")
_MARKS = re.compile(r"[^\d.]")  # of a number: 73,728 and 2.7%
SQUARE, CUBE = 2, 3


@dataclass(frozen=True, slots=True)
class Sum:
    """The calculation, and what the chosen number is beside it where both options are numbers."""

    made: Calculation
    lead: str

    @property
    def text(self) -> str:
        """The calculator's own first sentence, which has the sum and the result."""
        return say("mistake.sum", told=re.split(r"(?<=\.) ", self.made.text)[0])


def reckoned(question: Question, chosen: int) -> Sum | None:
    """Return the sum behind a question; None where there is none, or it says another thing."""
    for asked in _asked(question):
        try:
            made = answer(asked)
        except CalculatorError:
            continue
        if made is not None and _bears_out(made, question):
            return Sum(made, _beside(question, chosen, made))
    return None


def _asked(question: Question) -> Iterator[str]:
    """The question as it may be put to the calculator."""
    yield question.text
    yield f"{question.text} {question.options[question.key].text}"
    found = read(question.text)
    length, width = (*found.lengths, found.window)[0], found.sizes.get("d_model")
    if length and width:
        yield f"what share of the work is attention at {length} tokens for d = {width}?"


def _bears_out(made: Calculation, question: Question) -> bool:
    """Whether all numbers of the key come out, or one that its explanation adds."""
    right = question.options[question.key]
    found, wanted = _plain(made.numbers), _plain(numbers(right.text))
    adds = _plain(numbers(right.why)) - _plain(numbers(question.text))
    return bool(wanted) and (wanted <= found or bool(found & adds))


def _plain(written: Iterable[str]) -> set[str]:
    return {_MARKS.sub("", number) for number in written}


def _beside(question: Question, chosen: int, made: Calculation) -> str:
    """What the chosen number would stand for, where both are numbers of one unit."""
    given, right = (_AMOUNT.fullmatch(question.options[i].text) for i in (chosen, question.key))
    if given is None or right is None or given[2] != right[2]:
        return ""
    mine, true = Fraction(given[1]), Fraction(right[1])
    ratio = _ratio(made)
    if ratio and true == ratio**SQUARE:
        for power, name in ((ratio, "linear"), (2 * ratio, "doubled"), (ratio**CUBE, "cubed")):
            if mine == power:
                return say(f"mistake.{name}", ratio=f"{float(ratio):g}")
    times = max(mine, true) / min(mine, true) if mine and true else Fraction(0)
    if not times:
        return ""
    return say(
        "mistake.too_small" if mine < true else "mistake.too_large", times=f"{float(times):g}"
    )


def _ratio(made: Calculation) -> Fraction | None:
    """By how much the longer context is longer, where two are compared."""
    base, context = (made.fields.get(name) for name in ("baseline_tokens", "context_tokens"))
    if isinstance(base, int) and isinstance(context, int) and base:
        return Fraction(context, base)
    return None
