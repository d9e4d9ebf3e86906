"""Match words and pieces of words: stems, numbers, names and their misspellings."""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

# Words that say nothing about a question's subject, learners' spellings of them included.
STOPWORDS = frozenset(Path(__file__).with_name("stopwords.txt").read_text("utf-8").split())
GRAM = 4  # letters in a character n-gram
# Words, numbers with their marks ("4,096", "0.5", "24×") and joined names ("kv-cache").
_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+", re.UNICODE)
_TIMES = str.maketrans({"×": "x", "·": " ", "’": "'", "−": "-"})


def fold(text: str) -> str:
    """Return text in lower case, compatibility characters replaced, accents kept out."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_TIMES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, folded; thousands separators are dropped."""
    return [w.replace(",", "") if w[0].isdigit() else w for w in _WORD.findall(fold(text))]


def stems(text: str) -> list[str]:
    """Return the stems of a text's words, without the words that say nothing."""
    return [stem(w) for w in words(text) if w not in STOPWORDS]


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the English stem of a word; numbers stay as they are."""
    with _lock:
        return str(_stemmer().stemWord(word))


def grams(text: str) -> list[str]:
    """Return the character n-grams of a text's words, with their ends marked."""
    found: list[str] = []
    for word in words(text):
        if word not in STOPWORDS:
            marked = f"<{word}>"
            found += [marked[i : i + GRAM] for i in range(max(1, len(marked) - GRAM + 1))]
    return found


class Bm25:
    """BM25 over the tokens that `tokens` finds in each text."""

    def __init__(self, texts: Sequence[str], tokens: Callable[[str], list[str]]) -> None:
        import bm25s  # type: ignore[import-untyped]

        self._tokens = tokens
        self._size = len(texts)
        self._model: Any = bm25s.BM25()
        corpus = [tokens(text) or [""] for text in texts]
        if corpus:
            self._model.index(corpus, show_progress=False)

    def scores(self, question: str) -> Scores:
        """Return a score of at least 0 for each text: float32 of shape (texts,)."""
        import numpy as np

        known = (
            [t for t in self._tokens(question) if t in self._model.vocab_dict] if self._size else []
        )
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: Scores = self._model.get_scores(known)
        return scores.astype(np.float32)


@functools.cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


_lock = threading.Lock()  # a Snowball stemmer holds the word it works on
