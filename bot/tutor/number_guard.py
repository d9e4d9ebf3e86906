"""The number guard: find each number of a text, and tell which ones no evidence supports.

A number is compared by value and unit, not by its digits: 4×, 4x, fourfold and "four times" are
one; 128K is 131,072 or 128,000; 64 GiB is 68.7 GB. A rounded number is supported by the exact
one. Digits inside a name (GPT-3, INT8, S4) and citation marks ([1]) are no numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_TEENS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
SMALL = {word: value for value, word in enumerate(_TEENS)} | _TENS | {"thousand": 1000}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
# K, M, B and T after a number may mean powers of ten or, K and M, powers of two.
LETTERS = {
    "K": (1e3, 2.0**10),
    "M": (1e6, 2.0**20),
    "G": (1e9, 2.0**30),
    "B": (1e9,),
    "T": (1e12,),
}
_PREFIX = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4, "P": 5}
RATIO, PERCENT, BYTES = "×", "%", "B"
CLOSE = 1e-9
HIGHEST_POWER, HIGHEST_BASE = 400, 1e9  # beyond these a power is no number anyone means

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NUMBER = re.compile(
    rf"""(?<![\w.^{_SUPERSCRIPT}])(?<![^\W\d_][-‑])(?<![^\W\d_]\u2009)
    (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?P<power>[{_SUPERSCRIPT}]{{1,6}}|\^\d{{1,6}}|e[+-]?\d{{1,2}}(?!\d))?
    (?:[ \u00a0\u202f-]?(?P<scale>thousand|million|billion|trillion)\b)?
    (?:(?P<letter>[KMBTGk])(?![\w])(?!iB))?
    (?:[ \u00a0\u202f-]?(?P<unit>×|x(?!\w)|%|percent\b|times\b|[- ]?fold\b|[kKMGTP]i?B\b|B\b
      |bytes?\b|bits?\b|ms\b|µs\b|s\b|seconds?\b))?""",
    re.VERBOSE,
)
_SPELLED = re.compile(
    rf"\b(?P<word>{'|'.join(SMALL)})[- ]?(?P<unit>times|fold|percent)\b", re.IGNORECASE
)
_LOOSE = re.compile(rf"\b(?P<word>{'|'.join(SMALL)})\b", re.IGNORECASE)
_TWICE = {
    "twice": 2.0,
    "double": 2.0,
    "doubles": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "half": 0.5,
    "halves": 0.5,
    "triple": 3.0,
    "triples": 3.0,
    "quadruple": 4.0,
    "quadruples": 4.0,
}
_CITATION = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: every value it may mean, its unit, and half its last digit."""

    text: str
    values: tuple[float, ...]
    unit: str
    slack: float


def numbers(text: str) -> tuple[str, ...]:
    """Return the numbers that a text states, as written, each once, in order."""
    return tuple(dict.fromkeys(found.text for found in quantities(text)))


def unsupported(text: str, evidence: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text, as written, that stand in no evidence."""
    stated = quantities(text)
    if not stated:
        return ()
    known = [found for source in evidence for found in (*quantities(source), *_spelled(source))]
    missing = (one.text for one in stated if not any(_same(one, other) for other in known))
    return tuple(dict.fromkeys(missing))


@lru_cache(maxsize=2048)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text with their meaning; spelled ones only before times or fold."""
    bare = _CITATION.sub("", text)
    found = [(match.start(), _quantity(match)) for match in _NUMBER.finditer(bare)]
    found += [
        (match.start(), Quantity(match.group(), (float(SMALL[match["word"].lower()]),),
                                 _unit(match["unit"]), 0.0))
        for match in _SPELLED.finditer(bare)
    ]  # fmt: skip
    return tuple(quantity for _, quantity in sorted(found, key=lambda pair: pair[0]))


def _quantity(match: re.Match[str]) -> Quantity:
    digits = match["digits"].replace(",", "")
    value = float(digits)
    slack = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    if match["power"]:
        value, slack = _power(value, match["power"]), 0.0
    scales = [SCALES[match["scale"]]] if match["scale"] else [1.0]
    if match["letter"]:
        scales = list(LETTERS[match["letter"].upper()])
    unit = _unit(match["unit"] or "")
    if unit == BYTES:
        scales = [scale * _bytes(match["unit"]) for scale in scales]
    values = tuple(value * scale for scale in scales)
    return Quantity(match.group().strip(), values, unit, slack * max(scales))


def _power(base: float, written: str) -> float:
    if written[0] == "e":
        return base * 10.0 ** int(written[1:])
    exponent = int(unicodedata.normalize("NFKC", written).lstrip("^"))
    return (
        float(base**exponent) if exponent < HIGHEST_POWER and base < HIGHEST_BASE else float("inf")
    )


def _unit(written: str) -> str:
    name = written.strip(" -").lower()
    if name in {"×", "x", "times", "fold"}:
        return RATIO
    if name in {"%", "percent"}:
        return PERCENT
    if name in {"byte", "bytes", "b"} or re.fullmatch(r"[kmgtp]i?b", name):
        return BYTES
    return {"second": "s", "seconds": "s", "bits": "bit"}.get(name, name)


def _bytes(written: str) -> float:
    name = written.strip()
    if name.lower().startswith("byte") or name == "B":
        return 1.0
    base = 1024.0 if "i" in name else 1000.0
    return base ** _PREFIX[name[0].upper()]


def _spelled(text: str) -> Iterator[Quantity]:
    for match in _LOOSE.finditer(text):
        yield Quantity(match.group(), (float(SMALL[match["word"].lower()]),), "", 0.0)
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _TWICE:
            yield Quantity(word, (_TWICE[word],), RATIO, 0.0)


def _same(stated: Quantity, known: Quantity) -> bool:
    return _comparable(stated, known) and any(
        abs(a - b) <= stated.slack + CLOSE * abs(b) for a in stated.values for b in known.values
    )


def _comparable(stated: Quantity, known: Quantity) -> bool:
    if stated.unit == known.unit:
        return True
    loose = {"", RATIO}
    if BYTES in (stated.unit, known.unit):
        # "327,680" beside "327,680 bytes" is the same; 64 beside 64 GiB is not.
        plain = stated if stated.unit == BYTES else known
        return {stated.unit, known.unit} == {"", BYTES} and not re.search(
            r"[kKMGTP]i?B", plain.text
        )
    return {stated.unit, known.unit} <= loose
