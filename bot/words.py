"""The words that people read, from the word files in `prompts/`: keys in, sentences out."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

FILES = ("words.toml", "admin.toml", "settings.toml")
"""What learners read, and what moderators read. No key is in two of them."""


def say(key: str, /, **values: object) -> str:
    """Return the words under a dotted key ("quiz.title") with its {values} filled in.

    KeyError where the key or one of its values is missing: a fault in the program.
    """
    return _words()[key].format(**values)


def count(number: int, one: str, many: str) -> str:
    """Return "1 question" or "3 questions"."""
    return f"{number} {one if number == 1 else many}"


def either(names: Sequence[str]) -> str:
    """Return "a, b or c"; at least one name."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


@cache
def _words() -> dict[str, str]:
    folder = resources.files("prompts")
    return {
        f"{group}.{name}": words
        for file in FILES
        for group, entries in tomllib.loads(
            folder.joinpath(file).read_text(encoding="utf-8")
        ).items()
        for name, words in entries.items()
    }
