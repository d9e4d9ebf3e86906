"""Recognise requests that the tutor turns down, however they are dressed up, and small talk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from rapidfuzz.distance import OSA

from bot.tutor.wording import patterns, telling

TURNED_DOWN = ("rules", "key", "grade", "privacy")
TALK = (
    "greeting",
    "thanks",
    "bye",
    "feeling",
    "help",
    "identity",
    "praise",
    "upset",
    "progress",
)
LONGEST_TALK = 80  # characters
SHORT_WORD = 5  # letters; a shorter word is left as it is
LONG_WORD = 8  # letters; from here on two typos are mended instead of one

_LEET = str.maketrans("013457@$!|", "oieastasil")
_LOOKALIKE = str.maketrans("авеіјкмнорсстухѕԁɡ", "abeijkmhopcctyxsdg")
_SPACED = re.compile(r"(?<![^\W_])(?:[a-z][ .\-_*])+[a-z](?![^\W_])")
_INNER = re.compile(r"(?<=[a-z])[*_.\-~^|](?=[a-z])")
_LEETED = re.compile(r"\b(?=\w*[a-z])(?=\w*[0-9@$!|])[\w@$!|]{4,}")
_PUNCTUATION = re.compile(r"[^\w\s]")

Known = Callable[[str], bool]


def turned_down(text: str, known: Known) -> str:
    """Return which group of requests a message belongs to, or nothing.

    `known` tells whether a word belongs to the course: such a word is never taken for a typo.
    """
    for form in _forms(text, known):
        for group in TURNED_DOWN:
            if any(pattern.search(form) for pattern in _compiled(group)):
                return group
    return ""


def talk(text: str) -> str:
    """Return what kind of small talk a whole message is, or nothing."""
    if len(text) > LONGEST_TALK:
        return ""
    bare = " ".join(_PUNCTUATION.sub(" ", _plain(text).replace("'", "")).split())
    if not bare:
        return ""
    return next((group for group in TALK if any(p.fullmatch(bare) for p in _compiled(group))), "")


def _forms(text: str, known: Known) -> list[str]:
    """Return a message as written and with its disguises taken off."""
    plain = _plain(text)
    # Before spaces are folded: two of them part the words of s p a c e d  o u t text.
    spaced = _SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match.group()), text.casefold())
    undone = _plain(spaced)
    undone = _LEETED.sub(lambda match: match.group().translate(_LEET), undone)
    mended = " ".join(_mended(word, known) for word in undone.split())
    joined = _INNER.sub("", undone)
    return list(dict.fromkeys((plain, undone, mended, joined)))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if re.search(r"[a-z]", bare):  # a Cyrillic letter among Latin ones is a disguise
        bare = re.sub(r"\b\w*[a-z]\w*\b", lambda match: match.group().translate(_LOOKALIKE), bare)
    bare = bare.replace("’", "'").replace("n't", "nt").replace("'re", "re").replace("'s", "s")
    return " ".join(bare.split())


def _mended(word: str, known: Known) -> str:
    bare = word.strip(".,;:!?\"'()")
    if len(bare) < SHORT_WORD or bare in telling() or known(bare):
        return word
    allowed = 2 if len(bare) >= LONG_WORD else 1
    best = min(telling(), key=lambda telling: OSA.distance(bare, telling))
    return word.replace(bare, best) if OSA.distance(bare, best) <= allowed else word


@cache
def _compiled(group: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns(group))
