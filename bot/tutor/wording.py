"""The offline tutor's words and word lists, read once from `prompts/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from zlib import crc32

from bot.tutor.lists import table
from bot.tutor.words import stem, words


def say(key: str, seed: str = "", **values: str) -> str:
    """Return one of the sentences under a key, filled in; the same seed gives the same one."""
    group, _, name = key.partition(".")
    variants = table("offline.toml")[group][name]
    choice = variants if isinstance(variants, str) else variants[_pick(seed, len(variants))]
    return str(choice).format(**values)


def patterns(group: str) -> tuple[str, ...]:
    """Return the regular expressions of a group in `requests.toml`."""
    return tuple(table("requests.toml")[group]["patterns"])


@cache
def telling() -> tuple[str, ...]:
    """Return the words in which a typo may hide a request that is turned down."""
    return tuple(table("requests.toml")["telling"].split())


@cache
def synonyms() -> Mapping[str, frozenset[str]]:
    """Return each stem with the stems that mean about the same in a question."""
    found: dict[str, frozenset[str]] = {}
    for line in table("language.toml")["groups"]:
        group = frozenset(stem(word) for word in words(line))
        for one in group:
            found[one] = found.get(one, frozenset()) | group
    return found


@cache
def cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what shows which kind of answer a question wants, the most telling first."""
    return tuple(
        (cue["wants"], re.compile(cue["pattern"], re.IGNORECASE))
        for cue in table("language.toml")["cue"]
    )


@cache
def shortened() -> Mapping[str, str]:
    """Return what learners' short forms stand for."""
    return dict(table("language.toml")["short"])


def _pick(seed: str, count: int) -> int:
    return crc32(seed.encode("utf-8", "replace")) % count
