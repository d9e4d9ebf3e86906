"""Which language a message is in, where it is not that of the lessons, and what is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.tutor.lists import table

LESSONS = "en"
SURE = 0.8
"""Probability from which on a language counts: of 1,200 English questions none reaches it."""


def language(text: str) -> str:
    """Return the code of the language that a message is in; "" for English, or if in doubt."""
    code, sure = _identifier().classify(text)
    return "" if code == LESSONS or sure < SURE else str(code)


def languages() -> Mapping[str, Mapping[str, str]]:
    """Return the words for each language that is told, by its code: "ask" and "answer"."""
    return table("foreign.toml")


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([LESSONS, *languages()])
    return identifier
