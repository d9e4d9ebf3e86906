"""Cut sentences into clauses, and a clause at one of its words: who does it, and to what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.tutor.model.wording import say, words_of
from bot.tutor.words import stem, stopwords, words

WINDOW = 7  # content words on each side of a word that belong to it

_CUT = re.compile(r"[,;:()]\s|\s[–—]\s|(?<=[.!?])\s")
_MARK = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """A clause seen from one word: the stems before and after it, in the active voice.

    `compares`: the word is "than" or "as". `denied`: the clause has a negation. `open`: a passive
    that does not say by whom, so nothing can be said of who does it.
    """

    pivot: str
    before: frozenset[str]
    after: frozenset[str]
    compares: bool = False
    denied: bool = False
    open: bool = False


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a text: what stands between its stops, commas and conjunctions."""
    pieces = (_joints().split(part) for part in _CUT.split(_MARK.sub("", text)))
    return tuple(one.strip() for found in pieces for one in found if one.strip())


@lru_cache(maxsize=4096)
def turns(clause: str) -> tuple[Turn, ...]:
    """Return a clause seen from each of its verbs, and from "is", "than" and the like."""
    return tuple(_turns(words(clause)))


@lru_cache(maxsize=4096)
def told(text: str) -> frozenset[str]:
    """Return the stems of what a text says, with words such as "before", "more" and "none"."""
    return frozenset(_content(words(text)))


def _turns(spoken: list[str]) -> Iterator[Turn]:
    denied = not _negations().isdisjoint(spoken)
    for at, word in enumerate(spoken):
        if stem(word) not in _verbs() and word not in _pivots():
            continue
        before, after = _content(spoken[:at])[-WINDOW:], _content(spoken[at + 1 :])[:WINDOW]
        passive = at > 0 and _is_passive(spoken, at)
        by = passive and "by" in spoken[at + 1 : at + 3]
        if by:
            before, after = after, before
        sides = frozenset(before), frozenset(after)
        yield Turn(stem(word), *sides, word in _comparing(), denied=denied, open=passive and not by)


def _is_passive(spoken: list[str], at: int) -> bool:
    auxiliary = set(spoken[max(0, at - 2) : at]) & _auxiliaries()
    return bool(auxiliary) and spoken[at].endswith(("ed", "en", "wn", "ut", "ld", "ad"))


def _content(spoken: list[str]) -> list[str]:
    kept = (word for word in spoken if word not in stopwords() or word in _directions())
    return [stem(word) for word in kept if word not in _quantities()]


@cache
def _joints() -> re.Pattern[str]:
    joints = "|".join(words_of("clauses.joints"))
    return re.compile(rf"\b(?:{joints})\b", re.IGNORECASE)


@cache
def _pivots() -> frozenset[str]:
    return frozenset(words_of("clauses.pivots"))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(stem(word) for word in words(say("clauses.verbs")))


@cache
def _comparing() -> frozenset[str]:
    return frozenset(words_of("clauses.comparing"))


@cache
def _negations() -> frozenset[str]:
    return frozenset(words_of("contrasts.negations"))


@cache
def _quantities() -> frozenset[str]:
    return frozenset(words_of("clauses.quantities"))


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(words_of("clauses.auxiliaries"))


@cache
def _directions() -> frozenset[str]:
    return frozenset(words_of("clauses.directions"))
