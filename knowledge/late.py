"""Late interaction: match each word of a question with its closest word in a passage.

After ColBERT (Khattab and Zaharia, 2020), with the tokens of the ordinary encoder: they carry
their context, so "reads" in a question finds "loads from memory" where one vector a passage
would have averaged it away.
"""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from knowledge.answers import share, wanted
from knowledge.chunking import units
from knowledge.encoder import BATCH, Encoder, Tokens
from knowledge.lexical import STOPWORDS, fold, stem, stems
from knowledge.models import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

PAUSE = 1.0  # seconds that reading ahead lets a question go first
KEPT = 500  # passages whose token vectors are kept, at about 100 kB each
FAINT = 0.1  # the weight of a stop word's token; a rare word's is log(1 + passages)


@dataclass(frozen=True, slots=True)
class Match:
    """How near a passage comes to a question, each as a cosine averaged over the question.

    `sentence` is its best sentence or row, `kind` its best one that holds the kind of answer
    asked for (0 if none does or no kind is recognised). `weakest` is how near the passage comes
    to the question's worst matched content word.
    """

    passage: float = 0.0
    sentence: float = 0.0
    kind: float = 0.0
    weakest: float = 0.0


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage's token vectors, and the first and last (exclusive) token of each part."""

    vectors: NDArray[np.float16]
    parts: tuple[tuple[int, int], ...]


class LateInteraction:
    """Compares questions with passages token by token; safe to use from several threads."""

    def __init__(self, passages: tuple[Passage, ...], encoder: Encoder) -> None:
        self._encoder = encoder
        self._texts = [f"{p.heading}\n{p.text}" for p in passages]
        self._starts = [len(p.heading) + 1 for p in passages]
        self._units = [units(p.text) for p in passages]
        self._spread = Counter(s for text in self._texts for s in set(stems(text)))
        self._kept: OrderedDict[int, _Read] = OrderedDict()
        self._lock = threading.Lock()
        self._idle = threading.Event()  # no question waits for an answer
        self._idle.set()

    def read_ahead(self) -> None:
        """Encode as many passages as are kept, pausing for questions that are asked meanwhile."""
        order = sorted(range(min(KEPT, len(self._texts))), key=lambda i: len(self._texts[i]))
        for start in range(0, len(order), BATCH):
            self._idle.wait(PAUSE)
            self._read(order[start : start + BATCH])

    def compare(self, question: str, places: list[int]) -> list[Match]:
        """Return a match for each passage, given by its place in the course."""
        import numpy as np

        asked = self._encoder.tokens([question])[0]
        if not asked.spans or not places:
            return [Match()] * len(places)
        weights = self._weights(question, asked)
        kinds = wanted(question)
        self._idle.clear()
        try:
            read = self._read(places)
        finally:
            self._idle.set()
        # One product for all passages: many small ones cost more than they compute.
        near = asked.vectors @ np.concatenate([one.vectors for one in read]).astype(np.float32).T
        starts = np.cumsum([0, *(len(one.vectors) for one in read)])
        return [
            self._match(near[:, start:end], weights, one.parts, self._units[place], kinds)
            for place, one, start, end in zip(places, read, starts, starts[1:], strict=False)
        ]

    @staticmethod
    def _match(
        near: Scores,
        weights: Scores,
        parts: tuple[tuple[int, int], ...],
        texts: list[str],
        kinds: tuple[re.Pattern[str], ...],
    ) -> Match:
        """Sum up the cosines of a question's tokens (rows) with a passage's (columns)."""
        nearest = near.max(axis=1)
        content = weights > weights.min() if weights.max() > weights.min() else weights > 0
        scores = [float(weights @ near[:, a:b].max(axis=1)) if b > a else 0.0 for a, b in parts]
        fit = [score * share(text, kinds) for score, text in zip(scores, texts, strict=True)]
        return Match(
            passage=float(weights @ nearest),
            sentence=max(scores, default=0.0),
            kind=max(fit, default=0.0),
            weakest=float(nearest[content].min()),
        )

    def _weights(self, question: str, asked: Tokens) -> Scores:
        """Return how much each token of the question counts: rare words most, together 1."""
        import numpy as np

        raw = np.array([self._weight(fold(question[a:b])) for a, b in asked.spans], np.float32)
        scaled: Scores = raw / raw.sum()
        return scaled

    def _weight(self, token: str) -> float:
        if token in STOPWORDS or not any(map(str.isalnum, token)):
            return FAINT
        spread = self._spread.get(stem(token), 0)
        return max(FAINT, log(1 + (len(self._texts) + 0.5) / (spread + 0.5)))

    def _read(self, places: list[int]) -> list[_Read]:
        """Return the token vectors of passages, encoding those not seen lately."""
        with self._lock:
            found = {p: self._kept[p] for p in places if p in self._kept}
        missing = [p for p in places if p not in found]
        encoded = self._encoder.tokens([self._texts[p] for p in missing])
        found |= {p: self._parted(p, tokens) for p, tokens in zip(missing, encoded, strict=True)}
        with self._lock:
            for place in places:
                self._kept[place] = found[place]
                self._kept.move_to_end(place)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return [found[p] for p in places]

    def _parted(self, place: int, tokens: Tokens) -> _Read:
        """Find which tokens make up each sentence or row of a passage."""
        text, at = self._texts[place], self._starts[place]
        begins = []
        for unit in self._units[place]:
            at = max(at, text.find(unit, at))
            begins.append(at)
        first = [sum(span[0] < begin for span in tokens.spans) for begin in begins]
        ends = [*first[1:], len(tokens.spans)]
        return _Read(tokens.vectors.astype("float16"), tuple(zip(first, ends, strict=True)))
