"""The naive way: the recursive splitter's 1000/200 chunks and one MiniLM vector each."""

from __future__ import annotations

from pathlib import Path

from benchmarks.retrieval.measure import Search
from benchmarks.retrieval.questions import Asked
from knowledge.encoder import Encoder

SIZE, OVERLAP = 1000, 200
SEPARATORS = ("\n\n", "\n", " ", "")
FOUND = 5


def naive(course: Path, encoder: Encoder) -> Search:
    """Return dense search over a course's lesson files, as a first RAG tutorial builds it.

    Its confidence is the cosine similarity of the best chunk.
    """
    chunks = [
        chunk
        for file in sorted(course.glob("*/lesson.md"))
        for chunk in _split(file.read_text(encoding="utf-8"))
    ]
    vectors = encoder.encode(chunks)

    def search(asked: Asked) -> tuple[list[str], float]:
        near = vectors @ encoder.encode([asked.question])[0]
        order = near.argsort()[::-1][:FOUND]
        return [chunks[i] for i in order], float(near[order[0]])

    return search


def _split(text: str) -> list[str]:
    """Split as LangChain's RecursiveCharacterTextSplitter does, which is no dependency here."""
    return _merge(_pieces(text, SEPARATORS))


def _pieces(text: str, separators: tuple[str, ...]) -> list[str]:
    """Split at the first separator that occurs, and what is still too long at the next."""
    separator = next(s for s in separators if s in text)
    parts = text.split(separator) if separator else list(text)
    rest = separators[separators.index(separator) + 1 :]
    pieces = [part if i == 0 else separator + part for i, part in enumerate(parts)]
    return [p for piece in pieces for p in (_pieces(piece, rest) if len(piece) > SIZE else [piece])]


def _merge(pieces: list[str]) -> list[str]:
    """Join pieces up to SIZE; each chunk begins with up to OVERLAP characters of the last."""
    chunks: list[str] = []
    held: list[str] = []
    for piece in pieces:
        if held and sum(map(len, held)) + len(piece) > SIZE:
            chunks.append("".join(held).strip())
            while sum(map(len, held)) > OVERLAP or sum(map(len, held)) + len(piece) > SIZE:
                held.pop(0)
        held.append(piece)
    chunks.append("".join(held).strip())
    return [chunk for chunk in chunks if chunk]
