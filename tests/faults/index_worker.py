"""One worker that opens the index, with little to load: ten of them start at once."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import load_course
from knowledge.encoder import Tokens
from knowledge.index import Index, open_index

COURSE = Path(__file__).parents[2] / "knowledge/courses/long-context"
WIDTH = 16


class FakeEncoder:
    """A vector from the letters of a text: quick, and the same in every process."""

    identity = "letters"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        seeds = [zlib.crc32(text.encode()) for text in texts]
        rows = np.array([np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds])
        unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(
            np.float32
        )
        return unit

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [Tokens(self.encode([text]), ((0, len(text)),)) for text in texts]


def build(data: Path, url: str) -> tuple[int, bool]:
    """Open the index in this process: how much was embedded, and whether all vectors are right."""
    encoder = FakeEncoder()
    index: Index = open_index(load_course(COURSE), data, encoder, url=url)
    right = np.allclose(index.vectors, encoder.encode([view.text for view in index.views]))
    return index.embedded, bool(right)
