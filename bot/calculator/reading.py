"""Find the sizes in a learner's sentence: model, lengths, users, heads, window, GPU, number type.

Each find is blanked out before the next pattern looks, so the 70 of "70B" is never a length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

from bot.calculator.errors import CalculatorError
from bot.calculator.lengths import parse_length, parse_size, parse_users
from bot.calculator.mentions import GpuMention, ModelMention, find_gpu, find_model
from bot.calculator.names import canonical
from bot.calculator.reading_patterns import (
    COUNTS,
    DTYPE,
    GROUPED,
    MEMORY,
    PRICE_LEFT,
    SIZES,
    TOKENS,
    UNIT_PRICE,
    USERS,
    USERS_SAID,
    USERS_SET,
    WHOLE,
    WINDOW,
)
from bot.calculator.units import GB, GIB, ElementType, parse_dtype

MAX_QUESTION = 4000
# A number without K, M or "tokens" is a length from here on, unless it looks like a year.
LEAST_POWER = 512
LEAST_BARE = 1000
YEARS = range(1900, 2100)
MOST_MODELS = 4
_MEMORY_UNITS = {"gb": GB, "gib": GIB, "tb": 1000 * GB, "tib": 1024 * GIB}


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What a length is said to cost ("a 4K context costs 1 unit"); `unit` may be empty."""

    length: int
    price: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The sizes found in a sentence; None or empty where there were none.

    `others` are the models named after the first; `memory` is bytes to be filled. `fault` says
    what is wrong with a size that cannot be used; it matters only if the sentence turns out to
    ask for a calculation. `left` is the sentence, in small letters, without what was found in it;
    `twice` names the sizes that it gives more than once.
    """

    model: ModelMention | None = None
    gpu: GpuMention | None = None
    lengths: tuple[int, ...] = ()
    users: int | None = None
    dtypes: tuple[ElementType, ...] = ()
    window: int | None = None
    price: UnitPrice | None = None
    sizes: dict[str, int] = field(default_factory=dict)
    fault: str = ""
    others: tuple[ModelMention, ...] = ()
    memory: int | None = None
    left: str = ""
    twice: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether the sentence holds any size or name at all."""
        return bool(
            self.model
            or self.gpu
            or self.lengths
            or self.users
            or self.dtypes
            or self.window
            or self.sizes
            or self.fault
        )


class _Page:
    """The sentence, from which finds are taken out; `fault` is the first unusable size."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fault = ""
        self.twice: list[str] = []

    def take_once(self, pattern: re.Pattern[str], name: str) -> re.Match[str] | None:
        found = self.take(pattern)
        if found and pattern.search(self.text):
            self.twice.append(name)
        return found

    def take(self, pattern: str | re.Pattern[str]) -> re.Match[str] | None:
        found = re.search(pattern, self.text)
        if found:
            self.blank(found.start(), found.end())
        return found

    def blank(self, start: int, end: int) -> None:
        self.text = f"{self.text[:start]} ; {self.text[end:]}"

    def number(self, parse: Callable[[str], int], written: str) -> int | None:
        try:
            return parse(written)
        except CalculatorError as error:
            self.fault = self.fault or str(error)
            return None


def read(text: str) -> Reading:
    """Return the sizes in `text`."""
    written = " ".join(text[:MAX_QUESTION].split())
    page = _Page(written.lower())
    price = _price(page.text)
    models = _models(page, written)
    gpu = find_gpu(page.text)
    if gpu:
        page.blank(gpu.start, gpu.end)
    users = _users(page)
    sizes = {name: size for name in SIZES if (size := _size(page, name))}
    dtypes = _dtypes(page)
    window = _window(page)
    memory = _memory(page)
    lengths = _lengths(page)
    if price:
        page.take(PRICE_LEFT)
    return Reading(
        model=models[0] if models else None,
        gpu=gpu,
        lengths=lengths,
        users=users,
        dtypes=dtypes,
        window=window,
        price=price,
        sizes=sizes,
        fault=page.fault,
        others=models[1:],
        memory=memory,
        left=page.text,
        twice=tuple(page.twice),
    )


def _models(page: _Page, written: str) -> tuple[ModelMention, ...]:
    """Return the models named, each once, in the order of the sentence."""
    found: dict[str, ModelMention] = {}
    for _ in range(MOST_MODELS):
        model = find_model(page.text)
        if model is None:
            break
        shift = len(page.text) - len(written)
        page.blank(model.start, model.end)
        # Lower-casing may change the length of exotic letters; then the small letters stay.
        if len(written.lower()) == len(written):
            start, end = model.start - shift, model.end - shift
            model = replace(model, name=written[start:end])
        found.setdefault(canonical(model.name), model)
    return tuple(found.values())


def _memory(page: _Page) -> int | None:
    found = page.take(MEMORY)
    return int(Fraction(found["a"]) * _MEMORY_UNITS[found["unit"]]) if found else None


def _users(page: _Page) -> int | None:
    found = page.take(USERS_SET) or _users_said(page) or page.take(USERS)
    if not found:
        return None
    if USERS_SET.search(page.text) or USERS.search(page.text):
        page.twice.append("users")
    return COUNTS.get(found["a"]) or page.number(parse_users, found["a"])


def _users_said(page: _Page) -> re.Match[str] | None:
    """The number after "users", unless one stands before it too: "100 users 4096"."""
    found = USERS_SAID.search(page.text)
    if not found:
        return None
    before = USERS.search(page.text)
    doubled = before and before.end() == found.end("who")
    if doubled and not found["long"] and _is_length(found["a"], named=False):
        return None
    start = found.end("long") if found["long"] else found.start()
    page.blank(start, found.end())
    return found


def _size(page: _Page, name: str) -> int | None:
    for pattern in SIZES[name]:
        found = page.take(pattern)
        if found:
            label = name.replace("_", " ").replace("kv", "KV").capitalize()
            return page.number(partial(parse_size, name=label), found["a"])
    return None


def _dtypes(page: _Page) -> tuple[ElementType, ...]:
    found: list[ElementType] = []
    while match := page.take(DTYPE):
        found.append(parse_dtype(match["a"]))
    return tuple(dict.fromkeys(found))


def _window(page: _Page) -> int | None:
    for pattern in WINDOW:
        found = page.take_once(pattern, "window")
        if found:
            return page.number(parse_length, found["a"])
    return None


def _lengths(page: _Page) -> tuple[int, ...]:
    found: list[int | None] = []
    for match in reversed(list(TOKENS.finditer(page.text))):
        if match["million"]:
            found.append(10**6)
        elif _is_length(match["a"], bool(match["tokens"])):
            found.append(page.number(parse_length, match["a"]))
        else:
            continue
        page.blank(match.start(), match.end())
    return tuple(dict.fromkeys(n for n in reversed(found) if n is not None))


def _is_length(written: str, named: bool) -> bool:
    """A bare number is a length only if it says so, or is too round or large to be else."""
    if named or written[-1].isalpha() or GROUPED.fullmatch(written):
        return True
    if not WHOLE.fullmatch(written):
        return False
    value = int(written.replace(",", ""))
    if value & (value - 1) == 0:
        return value >= LEAST_POWER
    return value >= LEAST_BARE and value not in YEARS


def _price(text: str) -> UnitPrice | None:
    found = re.search(UNIT_PRICE, text)
    if not found:
        return None
    try:
        length = parse_length(found["length"])
    except CalculatorError:
        return None
    if found["x"]:
        return UnitPrice(length, Fraction(1), "X")
    value = Fraction(1) if found["price"].isalpha() else Fraction(found["price"])
    return UnitPrice(length, value, (found["unit"] or "").rstrip("s"))
