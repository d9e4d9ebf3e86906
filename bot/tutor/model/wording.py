"""The words around a language model, from `prompts/model.toml` (and `foreign.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bot.tutor.foreign import languages


def say(key: str, /, **values: object) -> str:
    """Return the words under a dotted key ("notice.slow") with its {values} filled in."""
    group, _, name = key.partition(".")
    return str(_file()[group][name]).format(**values)


def words_of(key: str) -> tuple[str, ...]:
    """Return the list of words under a dotted key ("contrasts.pairs")."""
    group, _, name = key.partition(".")
    return tuple(_file()[group][name])


@cache
def notices() -> frozenset[str]:
    """Return every notice that may stand above an answer, in Markdown."""
    foreign = (told["answer"] for told in languages().values())
    return frozenset(marked(text) for text in (*_file()["notice"].values(), *foreign))


def marked(notice: str) -> str:
    """Return a notice as it stands above an answer."""
    return f"*{notice}*"


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(files("prompts").joinpath("model.toml").read_text("utf-8"))
