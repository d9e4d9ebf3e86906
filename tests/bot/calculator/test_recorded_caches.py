"""Bytes of real caches, built by transformers and recorded by benchmarks/kv_cache_tensors.py."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import canonical, known_models
from bot.calculator.shapes import AttentionLayers, Layers, ModelShape, StateLayers

DATA = Path(__file__).parent / "data"
RECORDED: dict[str, dict[str, Any]] = json.loads(
    (DATA / "recorded_caches.json").read_text(encoding="utf-8")
)["caches"]
# transformers expands Falcon's grouped K and V to all query heads before caching them.
EXPANDED = {"falcon-40b": 16}


def as_transformers_keeps(group: Layers, tokens: int) -> int:
    """One layer's bytes in 16-bit, with the three things transformers does otherwise.

    A full window keeps W - 1 tokens (the newest arrives with the next step), and a recurrent
    state is kept in 32 bits, its convolution buffer in 16.
    """
    if isinstance(group, StateLayers):
        return group.inner * group.state * 4 + group.conv_channels * group.conv_width * 2
    if isinstance(group, AttentionLayers) and group.window and group.window < tokens:
        group = replace(group, window=group.window - 1)
    return kv_cache(ModelShape("one layer", (replace(group, count=1),)), tokens).bytes_total


@pytest.mark.parametrize("name", RECORDED)
def test_each_layer_takes_what_its_tensors_take(name: str) -> None:
    case = RECORDED[name]
    shape = known_models()[canonical(name)]
    ours = {
        as_transformers_keeps(group, case["tokens"]) * EXPANDED.get(name, 1)
        for group in shape.layers
    }
    assert set(case["layer_bytes"]) == ours


def test_at_least_eight_architectures_are_recorded() -> None:
    configs = json.loads((DATA / "hf_configs.json").read_text(encoding="utf-8"))
    assert len({configs[name]["model_type"] for name in RECORDED}) >= 8
