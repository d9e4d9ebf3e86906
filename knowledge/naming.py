"""What a question names exactly: the title of a work, or a version that the course does not have.

Meaning alone misses both. A title such as "Attention Is All You Need" is made of stop words, and
GPT-5 lies as near to a passage on GPT-4 as any other question about it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from knowledge.lexical import STOPWORDS, fold, stem, words

LEAST_WORDS = 4  # of a quoted title; shorter quotations are ordinary words
_QUOTED = re.compile(r'["“]([^"“”\n]{8,80})["”]')
# "GPT-4", "Llama 2", "Gemini 1.5": a capital name, then a small number that counts nothing.
_NUMBER = (
    r"v?(\d{1,2}(?:\.\d+)?)(?![\d,]|\.\d|\s?[×%x]"
    r"|(?i:\s?(?:b|k|m|gb|tb|times|bits?|tokens?|layers?|heads?|users?)\b))"
)
_VERSIONED = re.compile(rf"\b([A-Z][A-Za-z]+)[- ]{_NUMBER}", re.ASCII)
_ASKED = re.compile(rf"(?<![\w.-])([a-z]+)[- ]?{_NUMBER}", re.ASCII | re.IGNORECASE)
_SMALL = re.compile(r"\b[a-z]+\b")
# Endings that make another thing of a word; a stemmer takes them off.
_DERIVED = ("izer", "izers", "iser", "isers", "ization", "izations", "isation", "isations")


class Naming:
    """Knows the titles, the versions and the words of a course's passages."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Read the passages' texts, in their order."""
        self._titles: dict[str, set[int]] = defaultdict(set)
        self._versions: dict[str, set[str]] = defaultdict(set)
        self._words: set[str] = set()
        small = {word for text in texts for word in _SMALL.findall(text)} | STOPWORDS
        for place, text in enumerate(texts):
            for title in titles(text):
                self._titles[title].add(place)
            for name, number in _VERSIONED.findall(text):
                if fold(name) not in small:
                    self._versions[fold(name)].add(number)
            self._words.update(words(text))
        self._stems = {stem(word) for word in self._words}

    def works(self, question: str) -> set[int]:
        """Return the places of the passages that quote a title which the question names."""
        found = (places for title, places in self._titles.items() if names(question, title))
        return set().union(*found)

    def foreign(self, question: str) -> bool:
        """Tell whether a question names what looks like the course's and is not.

        A version that the course does not name ("GPT-5"), or another thing made of one of its
        words ("tokenizer" of "token").
        """
        if any(self._other_version(*found) for found in _ASKED.findall(question)):
            return True
        return any(
            word.endswith(_DERIVED) and word not in self._words and stem(word) in self._stems
            for word in words(question)
        )

    def _other_version(self, name: str, number: str) -> bool:
        known = self._versions.get(fold(name), set())
        return bool(known) and number not in known


def titles(text: str) -> list[str]:
    """Return the titles that a text quotes, in plain small words."""
    quoted = _QUOTED.findall(text) if '"' in text or "“" in text else []
    return [_plain(title) for title in quoted if len(words(title)) >= LEAST_WORDS]


def names(question: str, title: str) -> bool:
    """Tell whether a question holds a title, which is in plain small words."""
    return f" {title} " in f" {_plain(question)} "


def _plain(text: str) -> str:
    return " ".join(words(text))
