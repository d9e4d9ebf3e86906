"""The same model side by side under each technique."""

from __future__ import annotations

import pytest

from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import resolve_model
from bot.calculator.presets import models
from bot.calculator.shapes import AttentionLayers, ModelShape
from bot.calculator.units import INT4
from bot.calculator.variants import variants


def test_llama_2_70b_at_32k_for_100_users_under_each_technique() -> None:
    side = variants(kv_cache(resolve_model("Llama 2 70B"), 32_768, 100))
    assert side.mha == 8_589_934_592_000
    assert side.gqa == 1_073_741_824_000
    assert side.mqa == 134_217_728_000
    assert side.int8 == 536_870_912_000
    assert side.int4 == 268_435_456_000


def test_a_model_without_gqa_gets_a_what_if_of_eight_heads() -> None:
    side = variants(kv_cache(resolve_model("Llama 2 7B"), 4096))
    assert side.mha is not None
    assert (side.gqa, side.gqa_kv_heads, side.gqa_is_own) == (side.mha // 4, 8, False)


def test_71_heads_have_no_gqa_of_eight() -> None:
    side = variants(kv_cache(resolve_model("Falcon 7B"), 2048))
    assert side.gqa is None
    assert side.mqa == kv_cache(resolve_model("Falcon 7B"), 2048).bytes_total


def test_mla_is_compared_with_full_keys_and_values_only() -> None:
    cache = kv_cache(resolve_model("DeepSeek V3"), 1)
    side = variants(cache)
    assert side.mha == 61 * 128 * (192 + 128) * 2
    assert side.gqa is None
    assert side.mqa is None


def test_nothing_applies_to_a_recurrent_state() -> None:
    side = variants(kv_cache(resolve_model("Mamba 2.8B"), 1000))
    assert {side.mha, side.gqa, side.mqa, side.int8, side.int4} == {None}


def test_unknown_query_heads_leave_mha_unknown() -> None:
    side = variants(kv_cache(ModelShape("typed", (AttentionLayers(4, 0, 8, 64),)), 10))
    assert (side.mha, side.gqa) == (None, None)
    assert side.mqa == kv_cache(ModelShape("one", (AttentionLayers(4, 0, 1, 64),)), 10).bytes_total


@pytest.mark.parametrize("name", [preset.shape.name for preset in models()])
def test_int4_is_half_of_int8_and_what_a_cache_in_int4_takes(name: str) -> None:
    cache = kv_cache(resolve_model(name), 5000, 3)
    side = variants(cache)
    if side.int8 is None or side.int4 is None:
        assert not cache.shape.growing
        return
    state = 3 * cache.state_bytes
    assert 2 * (side.int4 - state) == side.int8 - state
    assert kv_cache(cache.shape, 5000, 3, INT4).bytes_total == side.int4
