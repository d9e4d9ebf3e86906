"""Refuse by name what a request gives and its calculation would not use: nothing is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.calculator.asking import Question
from bot.calculator.errors import CalculatorError
from bot.calculator.kinds import Kind
from bot.calculator.presets import filler_words
from bot.calculator.reading import MAX_QUESTION, Reading
from bot.calculator.topics import without_factor
from bot.calculator.units import FP16, decimal
from knowledge.lexical import STOPWORDS

MOST_NAMED = 5
MOST_LETTERS = 30

_TOKEN = re.compile(r"[-\N{MINUS SIGN}]?\d[^\s;]*|[^\W\d_]+")
_MLA = frozenset({"layers", "heads", "kv_lora_rank", "rope_dim"})
_ATTENTION = frozenset({"layers", "heads", "kv_heads", "head_dim", "d_model"})


def refuse_unused(question: Question, kind: Kind) -> None:
    """Raise CalculatorError, in one sentence, where not all that was given would be used."""
    if len(question.text) > MAX_QUESTION:
        raise CalculatorError(f"That has more than {MAX_QUESTION:,} characters: please shorten it.")
    if question.reading.twice:
        name = question.reading.twice[0]
        raise CalculatorError(f"Give {_NAMES[name]} once: it stands there twice.")
    strangers = _strangers(question, kind)
    if strangers:
        raise CalculatorError(
            f"I could not place {_listed(strangers)} there: say what it is, as in 32K tokens, "
            "100 users, int8 or on an A100, leave it out, or ask in prose with /ask."
        )
    unused = [*_unused(question.reading, _uses(question, kind)), *_too_many(question.reading, kind)]
    if unused:
        raise CalculatorError(
            f"That calculation would not use {_listed(unused)}: leave it out, or ask for it by "
            "itself."
        )


_NAMES = {"users": "the number of users", "window": "the window"}


def _strangers(question: Question, kind: Kind) -> list[str]:
    """The numbers and words that were read as nothing."""
    left = question.reading.left
    left = without_factor(left) if "factor" in kind.uses else left
    found = (token.rstrip(".,:!?)") for token in _TOKEN.findall(left))
    known = STOPWORDS | filler_words("words")
    if "techniques" in kind.uses:
        known |= filler_words("techniques")
    if question.reading.users or question.about.most or question.about.fit:
        known |= filler_words("people")
    if "block_size" in kind.uses and (question.reading.sizes.get("block_size") or _bare(kind)):
        known |= filler_words("paging")
    return list(dict.fromkeys(token for token in found if token and token not in known))


def _bare(kind: Kind) -> bool:
    """Whether a kind speaks of no model, so that it has a block size of its own."""
    return "model" not in kind.uses


def _uses(question: Question, kind: Kind) -> frozenset[str]:
    """What the kind uses, the sizes of a described shape spelled out."""
    model = question.reading.model
    named = question.shape is not None or (model is not None and model.shape is not None)
    if "shape" not in kind.uses or named:
        return kind.uses
    if "kv_lora_rank" in question.reading.sizes:
        return kind.uses | _MLA
    return kind.uses | _ATTENTION | {"window"}


def _unused(reading: Reading, uses: frozenset[str]) -> Iterator[str]:
    given: tuple[tuple[str, object, str], ...] = (
        ("model", reading.model, reading.model.name if reading.model else ""),
        ("gpu", reading.gpu, reading.gpu.gpu.name if reading.gpu else ""),
        ("users", reading.users, f"{reading.users or 0:,} users"),
        ("window", reading.window, f"a window of {reading.window or 0:,} tokens"),
        ("memory", reading.memory, decimal(reading.memory or 0)),
        *(("others", other, other.name) for other in reading.others),
        *(("lengths", length, f"{length:,} tokens") for length in reading.lengths),
        *(("dtypes", dtype, dtype.name) for dtype in reading.dtypes),
        *(
            (name, size, f"{name.replace('_', ' ')} {size:,}")
            for name, size in reading.sizes.items()
        ),
    )
    return (said for name, value, said in given if value and name not in uses)


def _too_many(reading: Reading, kind: Kind) -> Iterator[str]:
    """Lengths and number types beyond those that are used; 16 bits are told beside any other."""
    if "lengths" in kind.uses:
        yield from (f"{length:,} tokens" for length in reading.lengths[kind.lengths :])
    if "dtypes" in kind.uses:
        yield from (dtype.name for dtype in reading.dtypes[1:] if dtype.bits != FP16.bits)


def _listed(names: list[str]) -> str:
    shown = [f"“{name[:MOST_LETTERS]}”" for name in names[:MOST_NAMED]]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
