"""Do a calculation again that a model has written down: "16 × 16 = 250" is put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_EQUALS = re.compile(rf"\s*=\s*(?P<right>{_NUMBER})(?![\w.,]*[\d²³^])")
_TOKEN = re.compile(rf"\s*({_NUMBER}|[×*/÷+−()²³-])")
_SIGNS = frozenset("×*/÷+−-²³")
DIGITS = 40
LONGEST = 120

Number = Decimal


def put_right(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with its written-out calculations corrected, and those calculations.

    Numbers that they compute count as calculated; an expression that cannot be read is left
    as it is and is not returned.
    """
    done: list[str] = []
    written, end = "", 0
    for match in _EQUALS.finditer(text):
        begin = max(end, match.start() - LONGEST)
        left, value = _before(text[begin : match.start()], cut=begin > end)
        if value is None:
            continue
        stated = Decimal(match["right"].replace(",", ""))
        right = match["right"] if _rounds_to(value, stated) else _written(value)
        done.append(f"{left} = {right}")
        written += f"{text[end : match.start()]} = {right}"
        end = match.end()
    return written + text[end:], tuple(done)


def _before(text: str, *, cut: bool) -> tuple[str, Number | None]:
    """Return the longest calculation that a text ends with, and its value.

    `cut`: the text begins in the middle of a longer one, so its first number may be half a one.
    """
    starts = [match.start(1) for match in _TOKEN.finditer(text)]
    for start in starts[int(cut) :]:
        left = text[start:]
        value = evaluate(left) if _SIGNS & set(left) else None
        if value is not None:
            return left.strip(), value
    return "", None


def evaluate(expression: str) -> Number | None:
    """Return the value of a sum, product, quotient or power of numbers; None if it is no such."""
    tokens = _TOKEN.findall(expression)
    if len(expression) > LONGEST or "".join(tokens) != re.sub(r"\s", "", expression):
        return None
    with localcontext() as context:
        context.prec = DIGITS
        try:
            value, rest = _sum(tokens)
        except (IndexError, DivisionByZero, InvalidOperation):
            return None
    return value if not rest else None


def _sum(tokens: list[str]) -> tuple[Number, list[str]]:
    return _chain(tokens, _product, {"+": Decimal.__add__, "-": _minus, "−": _minus})


def _product(tokens: list[str]) -> tuple[Number, list[str]]:
    times, over = Decimal.__mul__, Decimal.__truediv__
    return _chain(tokens, _power, {"×": times, "*": times, "/": over, "÷": over})


def _chain(
    tokens: list[str],
    operand: Callable[[list[str]], tuple[Number, list[str]]],
    signs: dict[str, Callable[[Number, Number], Number]],
) -> tuple[Number, list[str]]:
    value, rest = operand(tokens)
    while rest and rest[0] in signs:
        sign = signs[rest[0]]
        other, rest = operand(rest[1:])
        value = sign(value, other)
    return value, rest


def _power(tokens: list[str]) -> tuple[Number, list[str]]:
    value, rest = _atom(tokens)
    while rest and rest[0] in "²³":
        value = value ** (2 if rest[0] == "²" else 3)
        rest = rest[1:]
    return value, rest


def _atom(tokens: list[str]) -> tuple[Number, list[str]]:
    if tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        if rest[0] != ")":
            raise IndexError
        return value, rest[1:]
    return Decimal(tokens[0].replace(",", "")), tokens[1:]


def _minus(left: Number, right: Number) -> Number:
    return left - right


def _rounds_to(value: Number, stated: Number) -> bool:
    """Whether a stated number is the value, or the value rounded to its own last digit."""
    digits = -int(stated.as_tuple().exponent)
    slack = Decimal(1).scaleb(-digits) / 2 if digits > 0 else Decimal(0)
    return abs(value - stated) <= slack


def _written(value: Number) -> str:
    if value == value.to_integral_value():
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1 else f"{value:,.2f}"
