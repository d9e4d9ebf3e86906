"""Keep vectors in Chroma, through LangChain: in a folder, or in a server by URL."""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from langchain_core.embeddings import Embeddings

from knowledge.errors import KnowledgeError, VectorIndexError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.encoder import Encoder

FOLDER = "index"  # inside the data folder
PAGE = 2000  # records read or deleted at a time
LOCK_SECONDS = 600
REBUILD = "run `seminar index --rebuild`"


class EncoderEmbeddings(Embeddings):
    """An encoder in LangChain's clothes."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector a text."""
        rows: list[list[float]] = self._encoder.encode(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question."""
        return self.embed_documents([text])[0]


class VectorStore:
    """One Chroma collection: the vectors of a course by one encoder, each under a key."""

    def __init__(self, client: Any, encoder: Encoder, about: dict[str, str]) -> None:
        from langchain_chroma import Chroma

        name = "seminar-" + hashlib.sha256("\n".join(about.values()).encode()).hexdigest()[:24]
        self._chroma = Chroma(
            name, EncoderEmbeddings(encoder), client=client, collection_metadata=dict(about)
        )
        stored = client.get_collection(name).metadata or {}
        if any(stored.get(key) != value for key, value in about.items()):
            raise VectorIndexError(f"The index was made by another model or version: {REBUILD}.")

    def keys(self) -> set[str]:
        """Return the keys of all stored vectors."""
        found: set[str] = set()
        while page := self._chroma.get(include=[], limit=PAGE, offset=len(found))["ids"]:
            found.update(page)
        return found

    def add(self, keys: list[str], texts: list[str], metadata: list[dict[str, Any]]) -> None:
        """Embed texts and store them."""
        self._chroma.add_texts(texts, metadatas=metadata, ids=keys)

    def delete(self, keys: list[str]) -> None:
        """Delete vectors."""
        for page in _pages(keys):
            self._chroma.delete(page)

    def read(self, keys: list[str]) -> NDArray[np.float32]:
        """Return vectors in the order of their keys: float32 of shape (keys, width)."""
        import numpy as np

        rows: dict[str, Any] = {}
        for page in _pages(keys):
            got = self._chroma.get(page, include=["embeddings"])
            rows.update(zip(got["ids"], got["embeddings"], strict=True))
        if any(key not in rows for key in keys):
            raise VectorIndexError(f"The index has lost passages: {REBUILD}.")
        return np.array([rows[key] for key in keys], dtype=np.float32)


@contextmanager
def chroma(data: Path, url: str = "", *, rebuild: bool = False) -> Iterator[Any]:
    """Lend a Chroma client to one process at a time, and turn its faults into VectorIndexError.

    `rebuild` throws away what the folder holds; a server's collections are left alone.
    """
    with _faults(url or str(data)):
        if url:
            yield _server(url)
            return
        from filelock import FileLock

        folder = data / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(data / f"{FOLDER}.lock", timeout=LOCK_SECONDS):
            if rebuild:
                shutil.rmtree(folder)
            with _opened(folder) as client:
                yield client


def _opened(folder: Path) -> Any:
    """Return a client of the database in a folder."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    try:
        return chromadb.PersistentClient(str(folder), settings=_settings())
    except BaseException:
        # Chroma keeps what it half opened, and would hand it out again after a rebuild.
        SharedSystemClient.clear_system_cache()
        raise


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _server(url: str) -> Any:
    import chromadb

    parts = urlsplit(url if "//" in url else f"//{url}")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 8000)
    return chromadb.HttpClient(parts.hostname or "", port, ssl=secure, settings=_settings())


@contextmanager
def _faults(where: str) -> Iterator[None]:
    """Say in one sentence what is wrong with the index at `where`."""
    try:
        yield
    except (KnowledgeError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as fault:
        # Chroma's Rust core also raises a PanicException, which is no Exception.
        raise VectorIndexError(_sentence(where, fault)) from fault


def _sentence(where: str, fault: BaseException) -> str:
    said = str(fault).lower()
    if isinstance(fault, TimeoutError):
        return f"Another process has held the index in {where} for too long: try again later."
    if isinstance(fault, PermissionError) or "readonly" in said or "read-only" in said:
        return f"The index in {where} cannot be written: allow writing there, or give --data."
    if "no space" in said or "disk is full" in said:
        return f"The disk that holds the index in {where} is full: make room and try again."
    if "connect" in said:
        return f"The Chroma server at {where} does not answer: start it, or correct its URL."
    return f"The index in {where} cannot be read ({type(fault).__name__}): {REBUILD}."


def _pages(keys: Iterable[str]) -> Iterator[list[str]]:
    listed = list(keys)
    for start in range(0, len(listed), PAGE):
        yield listed[start : start + PAGE]
