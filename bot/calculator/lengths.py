"""Read lengths and counts as people write them: 32K, 131,072, 1.5M tokens.

The one rule for K and M: when the number before the letter is a power of two (1, 2, 4, 8,
16 ...), K is 1,024 and M is 1,048,576, because context windows are sold that way; any other
number counts in thousands and millions, so 100K is 100,000 and 1.5M is 1,500,000.
"""

from __future__ import annotations

import re
from fractions import Fraction

from bot.calculator.errors import CalculatorError

MAX_LENGTH = 10**12
MAX_SIZE = 10**6
MAX_TYPED = 40

_NUMBER = r"(?P<number>\d{1,3}(?:[,_]\d{3})+|\d+)(?P<fraction>\.\d+)?"
_UNIT = r"(?P<unit>k|m|b|g|ki|mi|thousand|million|billion)?"
_LENGTH = re.compile(
    rf"{_NUMBER}\s*{_UNIT}\s*(?:-?\s*(?:tokens?|toks?))?", re.ASCII | re.IGNORECASE
)
# A point between thousands, as in German.
_THOUSANDS = re.compile(r"([1-9]\d{0,2})\.(\d{3})", re.ASCII)
_WHOLE = re.compile(r"\d{1,3}(?:[,_]\d{3})+|\d+", re.ASCII)
_BINARY = {"k": 2**10, "m": 2**20}
_DECIMAL = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9, "g": 10**9}
_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "ki": 2**10, "mi": 2**20}


def parse_length(text: str | int) -> int:
    """Return the number of tokens meant by `text`.

    In: what a person typed ("32K", "128 k tokens", "1.5M", "131,072") or a whole number.
    Out: tokens, 1 to MAX_LENGTH. Raises CalculatorError for anything else.
    """
    written = str(text).strip()
    match = _LENGTH.fullmatch(written) if len(written) <= MAX_TYPED else None
    if match is None:
        raise CalculatorError(_why_not_a_length(written))
    number = match["number"].replace(",", "").replace("_", "")
    value = Fraction(number + (match["fraction"] or "")) * _multiplier(match)
    if value.denominator != 1:
        raise CalculatorError(_why_not_whole(written, match, float(value)))
    return _in_range(int(value), "length")


def parse_users(text: str | int) -> int:
    """Return a count of users or requests; K and M are always thousands and millions here."""
    written = str(text).strip().lower()
    factor = {"k": 10**3, "m": 10**6}.get(written[-1:], 1)
    digits = written[:-1].strip() if factor > 1 else written
    if len(digits) > MAX_TYPED or _WHOLE.fullmatch(digits) is None:
        raise CalculatorError(
            f"{_quoted(written)} is not a number of users; write a whole number such as 100."
        )
    value = int(digits.replace(",", "").replace("_", "")) * factor
    return _in_range(value, "number of users")


def parse_size(text: str | int, name: str, most: int = MAX_SIZE) -> int:
    """Return a whole number of layers, heads or channels, 1 to `most`; `name` says which."""
    written = str(text).strip()
    if len(written) > MAX_TYPED or _WHOLE.fullmatch(written) is None:
        raise CalculatorError(
            f"{name} must be a whole number of 1 or more, not {_quoted(written)}."
        )
    value = int(written.replace(",", "").replace("_", ""))
    if not 1 <= value <= most:
        raise CalculatorError(f"{name} must be between 1 and {most:,}, not {_quoted(written)}.")
    return value


def _multiplier(match: re.Match[str]) -> int:
    unit = (match["unit"] or "").lower()
    if unit in _WORDS:
        return _WORDS[unit]
    number = int(match["number"].replace(",", "").replace("_", ""))
    power_of_two = number > 0 and number & (number - 1) == 0 and not match["fraction"]
    if power_of_two and unit in _BINARY:
        return _BINARY[unit]
    return _DECIMAL[unit]


def _in_range(value: int, name: str) -> int:
    if value < 1:
        raise CalculatorError(f"The {name} must be 1 or more, not 0.")
    if value > MAX_LENGTH:
        raise CalculatorError(f"The {name} must be at most {MAX_LENGTH:,}, not {value:.3g}.")
    return value


def _why_not_whole(written: str, match: re.Match[str], value: float) -> str:
    groups = _THOUSANDS.fullmatch(f"{match['number']}{match['fraction']}")
    if groups and not match["unit"]:
        meant = int(f"{groups[1]}{groups[2]}")
        return (
            f"{_quoted(written)} is no whole number of tokens; write {meant:,} or {meant} if you "
            "mean thousands."
        )
    return f"{_quoted(written)} is {value:g} tokens; give a whole number."


def _why_not_a_length(written: str) -> str:
    if written.startswith(("-", "\N{MINUS SIGN}")):
        return f"A length cannot be negative ({_quoted(written)}); give 1 token or more."
    return f"{_quoted(written)} is not a length I can read; write it like 32K, 131072 or 1.5M."


def _quoted(written: str) -> str:
    shown = "".join(c for c in written if c.isprintable())
    return f'"{shown if len(shown) <= MAX_TYPED else shown[:MAX_TYPED] + "..."}"'
