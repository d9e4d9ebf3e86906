"""The fast encoder says what the reference says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import DEFAULT_MODEL, Encoder, OnnxEncoder, TorchEncoder, open_encoder
from knowledge.errors import EncoderError

TEXTS = ["KV", "Why does attention cost so much?", "Die Wärme · φ(K)ᵀ 😀", "a long text " * 200]
LEAST = 0.998


@pytest.fixture(scope="module")
def reference() -> TorchEncoder:
    return TorchEncoder()


def test_onnx_and_torch_agree(encoder: Encoder, reference: TorchEncoder) -> None:
    assert isinstance(encoder, OnnxEncoder)
    fast, slow = encoder.encode(TEXTS), reference.encode(TEXTS)
    assert fast.shape == slow.shape == (len(TEXTS), 384)
    assert ((fast * slow).sum(axis=1) >= LEAST).all()
    assert np.allclose(np.linalg.norm(fast, axis=1), 1, atol=1e-5)
    assert encoder.identity == reference.identity == DEFAULT_MODEL


def test_their_tokens_agree_too(encoder: Encoder, reference: TorchEncoder) -> None:
    for fast, slow in zip(encoder.tokens(TEXTS), reference.tokens(TEXTS), strict=True):
        assert fast.spans == slow.spans
        assert ((fast.vectors * slow.vectors).sum(axis=1) >= LEAST).all()


def test_a_batch_gives_each_text_its_own_vector(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-4)


def test_a_damaged_model_file_is_made_anew(models: Path, tmp_path: Path, encoder: Encoder) -> None:
    damaged = tmp_path / "models" / f"{DEFAULT_MODEL}.onnx"
    damaged.parent.mkdir()
    damaged.write_bytes(b"not a model")
    again = open_encoder(tmp_path)
    assert isinstance(again, OnnxEncoder)
    assert np.allclose(again.encode(TEXTS), encoder.encode(TEXTS), atol=1e-4)


def test_an_unknown_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="'no-such-model' cannot be loaded"):
        open_encoder(tmp_path, "no-such-model")
