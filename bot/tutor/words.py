"""Words as the offline tutor compares them: stems, content words, and typos mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from bot.tutor.lists import table
from knowledge.lexical import stem as _stem

SHORTEST_MENDED = 4
LEAST_ALIKE = 82
_WORD = re.compile(r"\d+(?:\.\d+)+[a-z]?\b|[^\W_]+")
_JOINTS = re.compile(r"(?<=\d),(?=\d{3})|(?<=\d)[x×](?!\w)")  # 4,096 and 24x
_VERSION = re.compile(r"\bv(?=\d)", re.IGNORECASE)
_ROOT = re.compile(r"\b(?:square root(?: of)?|sqrt)\b|√", re.IGNORECASE)
_INDEXED = re.compile(r"\b([A-Za-z])_([A-Za-z])\b")  # d_k is written dₖ in the lessons
_APOSTROPHE = re.compile(r"['’`]s\b")
# Noun and verb of one family that the stemmer keeps apart: reduction and reduce, growth and grow.
_KIN = (("duct", "duc"), ("growth", "grow"))
# The plural of an acronym, which the stemmer leaves: SSMs, LLMs, GPUs.
_ACRONYMS = re.compile(r"(?:[bcdfghjklmnpqrstvwxz]{2,5}|[gct]pu)s")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@cache
def stopwords() -> frozenset[str]:
    """Return the words that say nothing about what a question is about."""
    return frozenset(table("language.toml")["stop"].split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one lower-case word; a word with a digit is its own stem."""
    if any(letter.isdigit() for letter in word):
        return word
    if _ACRONYMS.fullmatch(word):
        return word[:-1]
    found = _stem(word)
    for ending, kept in _KIN:
        if found.endswith(ending):
            return found.removesuffix(ending) + kept
    return found


def clean(text: str) -> str:
    """Return text on one line, without control or invisible characters, in NFKC form."""
    visible = "".join(
        " " if letter in "\n\r\t" else "" if unicodedata.category(letter) in _INVISIBLE else letter
        for letter in text
    )
    return " ".join(unicodedata.normalize("NFKC", visible).split())


def words(text: str) -> list[str]:
    """Return the lower-case words and numbers of a text, in order."""
    flat = unicodedata.normalize("NFKC", _APOSTROPHE.sub("", text))
    flat = _ROOT.sub(" root ", flat)
    flat = flat.replace("'", "").replace("’", "")
    joined = _INDEXED.sub(r"\1\2", _JOINTS.sub("", flat))
    joined = _VERSION.sub("", joined)
    return _WORD.findall(joined.replace("_", " ").lower())


def stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words."""
    return frozenset(stem(word) for word in words(text) if word not in stopwords())


def pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the stems of content words that stand next to each other in a text."""
    found = [stem(word) for word in words(text) if word not in stopwords()]
    return frozenset(pairwise(found))


def parts(name: str) -> str:
    """Return a joined name with its parts apart: PagedAttention is Paged Attention."""
    return _CAMEL.sub(" ", name)


def mend(word: str, vocabulary: Sequence[str]) -> str:
    """Return the word of the vocabulary that a misspelled word most likely is, or itself."""
    if len(word) < SHORTEST_MENDED or any(letter.isdigit() for letter in word):
        return word
    found = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return word if found is None or found[0][0] != word[0] else str(found[0])


def alike(left: Iterable[str], right: Iterable[str]) -> float:
    """Return how much two sets of stems share: 0 for nothing, 1 for the same (Jaccard)."""
    a, b = set(left), set(right)
    return len(a & b) / len(a | b) if a | b else 0.0
