"""A second formula, written from the configurations layer by layer, over every preset.

It reads the Hugging Face configuration, not the presets, and loops where the calculator
multiplies, so that a slip in one is not a slip in both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import canonical, known_models
from bot.calculator.presets import models

CONFIGS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "hf_configs.json").read_text(encoding="utf-8")
)
# Published in papers only, so their tables stand here: layers, KV heads, head dim.
PAPERS = {"GPT-3 175B": (96, 96, 128), "OPT 175B": (96, 96, 128), "PaLM 540B": (118, 1, 256)}
BYTES = 2


def total_of(config: dict[str, Any], tokens: int) -> int:
    text = config.get("text_config", config)
    layers = text.get("num_hidden_layers") or text["n_layer"]
    return sum(one_layer(text, index, tokens) for index in range(layers))


def one_layer(c: dict[str, Any], index: int, tokens: int) -> int:
    kind = c["model_type"]
    if kind.startswith("deepseek"):
        return int(tokens * (c["kv_lora_rank"] + c["qk_rope_head_dim"]) * BYTES)
    if kind == "mamba":
        inner = c["expand"] * c["hidden_size"]
        return int(inner * c["state_size"] * BYTES + inner * c["conv_kernel"] * BYTES)
    if kind == "jamba" and (index - c["attn_layer_offset"]) % c["attn_layer_period"]:
        inner = c["mamba_expand"] * c["hidden_size"]
        return int(inner * c["mamba_d_state"] * BYTES + inner * c["mamba_d_conv"] * BYTES)
    kept = tokens
    if is_local(c, index):
        kept = min(tokens, c["sliding_window"])
    keys = values = kept * kv_heads(c) * head_dim(c) * BYTES
    return keys + values


def is_local(c: dict[str, Any], index: int) -> bool:
    kind = c["model_type"]
    if kind == "gemma2":
        return index % 2 == 0
    if kind == "gemma3_text":
        return (index + 1) % 6 != 0
    if kind.startswith("qwen"):
        return bool(c["use_sliding_window"])
    return c.get("sliding_window") is not None


def heads(c: dict[str, Any]) -> int:
    return int(c.get("num_attention_heads") or c["n_head"])


def kv_heads(c: dict[str, Any]) -> int:
    if c["model_type"] == "falcon":
        return int(c["num_kv_heads"]) if c["new_decoder_architecture"] else 1
    return int(c.get("num_key_value_heads") or heads(c))


def head_dim(c: dict[str, Any]) -> int:
    return int(c.get("head_dim") or (c.get("hidden_size") or c["n_embd"]) // heads(c))


@pytest.mark.parametrize("name", CONFIGS)
@pytest.mark.parametrize("tokens", [1, 1000, 4096, 5000, 131_072, 1_000_000])
def test_the_preset_agrees_with_its_configuration_layer_by_layer(name: str, tokens: int) -> None:
    shape = known_models()[canonical(name)]
    assert kv_cache(shape, tokens).bytes_total == total_of(CONFIGS[name], tokens)


@pytest.mark.parametrize("name", PAPERS)
def test_the_preset_agrees_with_its_papers_table(name: str) -> None:
    layers, kv, dim = PAPERS[name]
    shape = known_models()[canonical(name)]
    assert kv_cache(shape, 2048).bytes_total == layers * 2 * kv * dim * 2048 * BYTES


def test_no_preset_is_left_without_a_second_formula() -> None:
    checked = {known_models()[canonical(name)].name for name in CONFIGS} | set(PAPERS)
    assert {preset.shape.name for preset in models()} == checked
