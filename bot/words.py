"""The words that learners read, from `prompts/words.toml`: keys in, sentences out."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def say(key: str, /, **values: object) -> str:
    """Return the words under a dotted key ("quiz.title") with its {values} filled in.

    KeyError where the key or one of its values is missing: a fault in the program.
    """
    return _words()[key].format(**values)


def count(number: int, one: str, many: str) -> str:
    """Return "1 question" or "3 questions"."""
    return f"{number} {one if number == 1 else many}"


@cache
def _words() -> dict[str, str]:
    text = resources.files("prompts").joinpath("words.toml").read_text(encoding="utf-8")
    return {
        f"{group}.{name}": words
        for group, entries in tomllib.loads(text).items()
        for name, words in entries.items()
    }
