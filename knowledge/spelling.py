"""Read a misspelled word of a question as the course's word that it was meant to be."""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from knowledge.lexical import STOPWORDS, fold, stem, words

SHORTEST = 4  # letters; shorter words have too many neighbours
SHORTEST_TURNED = 3  # letters of a word in which two may have changed places
ALIKE = 0.8  # least share of letters that agree, swapped neighbours counted as one change
LONG = 7  # letters from which even the first letter may be wrong
_PIECE = re.compile(r"[^\W\d_]+|.", re.DOTALL)


class Speller:
    """Corrects towards the words of a course, but leaves alone what is a word by itself."""

    def __init__(self, texts: Iterable[str], english: Collection[str] = ()) -> None:
        self._course = sorted({w for text in texts for w in words(text)})
        self._known = set(self._course) | STOPWORDS | set(english)
        self._stems = {stem(word) for word in self._course}

    def correct(self, question: str) -> str:
        """Return the question with its misspelled course words set right."""
        return "".join(self._corrected(piece) for piece in _PIECE.findall(question))

    def _corrected(self, piece: str) -> str:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        word = fold(piece)
        if not word.isalpha() or word in self._known or stem(word) in self._stems:
            return piece
        turned = self._turned(word)
        if turned or len(word) < SHORTEST:
            return turned or piece
        best = process.extractOne(
            word, self._course, scorer=OSA.normalized_similarity, score_cutoff=ALIKE
        )
        if best is None or (best[0][0] != word[0] and len(word) < LONG):
            return piece
        return best[0]

    def _turned(self, word: str) -> str:
        """The little word with two neighbouring letters the other way round, or nothing: "teh"."""
        if len(word) < SHORTEST_TURNED:
            return ""
        turned = (f"{word[:i]}{b}{a}{word[i + 2 :]}" for i, (a, b) in enumerate(pairwise(word)))
        return next((one for one in turned if one in STOPWORDS), "")
