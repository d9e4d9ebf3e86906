"""Hugging Face configurations: read as their classes mean them, or refused by the field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.config_json import MAX_CONFIG_BYTES, read_config, read_config_file, shape_of
from bot.calculator.errors import CalculatorError
from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import canonical, known_models

CONFIGS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "hf_configs.json").read_text(encoding="utf-8")
)
LLAMA = CONFIGS["llama-2-70b"]


def per_token(config: dict[str, Any]) -> int:
    return kv_cache(shape_of(config), 1).bytes_per_token


@pytest.mark.parametrize("name", CONFIGS)
def test_a_configuration_gives_the_layers_of_its_preset(name: str) -> None:
    shape, preset = shape_of(CONFIGS[name]), known_models()[canonical(name)]
    assert sorted(map(str, shape.layers)) == sorted(map(str, preset.layers))
    assert shape.d_model == preset.d_model


def test_head_dim_wins_over_hidden_size_by_heads() -> None:
    assert per_token(CONFIGS["qwen3-0.6b"]) == 28 * 2 * 8 * 128 * 2


def test_without_kv_heads_llama_means_one_for_each_head() -> None:
    old = {k: v for k, v in LLAMA.items() if k != "num_key_value_heads"}
    assert per_token(old) == 8 * per_token(LLAMA)


def test_gemma_3_files_that_leave_out_defaults_are_filled_and_say_so() -> None:
    text = {"model_type": "gemma3_text", "num_hidden_layers": 34, "hidden_size": 2560,
            "sliding_window": 1024}  # fmt: skip
    shape = shape_of({"model_type": "gemma3", "text_config": text})
    assert kv_cache(shape, 1).bytes_per_token == 34 * 2 * 4 * 256 * 2
    assert "num_key_value_heads 4" in shape.notes[0]


def test_qwens_window_counts_only_when_it_is_switched_on() -> None:
    base = CONFIGS["qwen2.5-7b"]
    on = {**base, "use_sliding_window": True, "sliding_window": 4096, "max_window_layers": 20}
    windows = [(g.count, g.window) for g in shape_of(on).attention]
    assert windows == [(20, None), (8, 4096)]
    assert [g.window for g in shape_of(base).attention] == [None]


def test_a_list_of_layer_types_is_followed() -> None:
    types = ["sliding_attention", "full_attention", "full_attention"]
    listed = {"model_type": "gpt_oss", "num_hidden_layers": 3, "num_attention_heads": 64,
              "num_key_value_heads": 8, "head_dim": 64, "hidden_size": 2880,
              "sliding_window": 128, "layer_types": types}  # fmt: skip
    assert [(g.count, g.window) for g in shape_of(listed).attention] == [(1, 128), (2, None)]
    with pytest.raises(CalculatorError, match="all 3 layers"):
        shape_of({**listed, "layer_types": types[:2]})
    with pytest.raises(CalculatorError, match="linear_attention"):
        shape_of({**listed, "layer_types": ["linear_attention", *types[1:]]})


def test_old_falcon_has_one_kv_head_or_all() -> None:
    old = CONFIGS["falcon-7b"]
    assert per_token(old) == 32 * 2 * 64 * 2
    assert per_token({**old, "multi_query": False}) == 71 * per_token(old)


def test_mamba_2_also_buffers_b_and_c() -> None:
    config = {"model_type": "mamba2", "num_hidden_layers": 2, "num_heads": 4, "head_dim": 8,
              "state_size": 16, "n_groups": 1, "conv_kernel": 4}  # fmt: skip
    assert kv_cache(shape_of(config), 9).bytes_total == 2 * (32 * 16 + (32 + 32) * 4) * 2


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"model_type": None}, "model_type"),
        ({"model_type": "llama9"}, "llama9"),
        ({"model_type": "bert"}, "bert"),
        ({"model_type": "t5"}, "t5"),
        ({"is_encoder_decoder": True}, "encoder"),
        ({"num_hidden_layers": None}, "num_hidden_layers"),
        ({"num_hidden_layers": "80"}, "num_hidden_layers"),
        ({"num_hidden_layers": True}, "num_hidden_layers"),
        ({"num_hidden_layers": -1}, "num_hidden_layers"),
        ({"num_attention_heads": 10**9}, "num_attention_heads"),
        ({"num_key_value_heads": 7}, "7 KV heads"),
        ({"num_key_value_heads": 128}, "more KV heads"),
        ({"hidden_size": 8191}, "head_dim"),
        ({"model_type": "qwen3", "num_key_value_heads": 8}, "head_dim"),
        ({"model_type": "mistral"}, "sliding_window"),
        ({"model_type": "stablelm", "num_key_value_heads": 0}, "num_key_value_heads"),
        ({"model_type": "deepseek_v3"}, "qk_nope_head_dim"),
        ({"layer_types": "full"}, "layer_types"),
    ],
)
def test_what_is_missing_or_odd_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(CalculatorError, match=named):
        shape_of({**LLAMA, **change})


def test_files_that_cannot_be_read_are_refused_in_a_sentence(tmp_path: Path) -> None:
    binary, long, good = tmp_path / "a", tmp_path / "b", tmp_path / "c"
    binary.write_bytes(b"\xff\xfe\x00")
    long.write_bytes(b" " * (MAX_CONFIG_BYTES + 1))
    good.write_bytes(b"\xef\xbb\xbf" + json.dumps(LLAMA).encode())
    for path in (binary, long, tmp_path, tmp_path / "none"):
        with pytest.raises(CalculatorError):
            read_config_file(path)
    assert read_config_file(good).layer_count == 80


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", '"llama"', "[" * 100_000, "{}"])
def test_text_that_is_no_configuration_is_refused(text: str) -> None:
    with pytest.raises(CalculatorError):
        read_config(text)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)


@given(st.sampled_from(sorted(CONFIGS)), st.data())
def test_any_value_in_any_field_gives_a_shape_or_a_refusal(name: str, data: st.DataObject) -> None:
    config = dict(CONFIGS[name])
    config[data.draw(st.sampled_from(sorted(config)))] = data.draw(VALUES)
    try:
        shape = shape_of(config)
    except CalculatorError as refused:
        assert str(refused)  # noqa: PT017 - either outcome is right
    else:
        assert kv_cache(shape, 10).bytes_total > 0
