"""The KV cache: laws that hold for every shape, and numbers that are published."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import resolve_model
from bot.calculator.shapes import AttentionLayers, ModelShape, StateLayers, uniform
from bot.calculator.units import FP16, FP32, GIB, INT4, INT8, ElementType
from tests.bot.calculator.shapes import (
    CONTEXTS,
    DTYPES,
    FULL_SHAPES,
    SHAPES,
    attention_layers,
)


@given(SHAPES, CONTEXTS, st.integers(1, 5000), DTYPES)
def test_more_tokens_never_take_less(
    shape: ModelShape, context: int, more: int, dtype: ElementType
) -> None:
    shorter = kv_cache(shape, context, dtype=dtype).bytes_per_sequence
    assert kv_cache(shape, context + more, dtype=dtype).bytes_per_sequence >= shorter


@given(SHAPES, CONTEXTS, st.integers(1, 10_000), DTYPES)
def test_users_multiply_the_total(
    shape: ModelShape, context: int, users: int, dtype: ElementType
) -> None:
    cache = kv_cache(shape, context, users, dtype)
    assert cache.bytes_total == users * kv_cache(shape, context, 1, dtype).bytes_total


@given(FULL_SHAPES, CONTEXTS)
def test_full_attention_grows_in_step_with_length(shape: ModelShape, context: int) -> None:
    cache = kv_cache(shape, context)
    assert cache.bytes_per_sequence == context * cache.bytes_per_token


@given(attention_layers(st.none()), CONTEXTS)
def test_gqa_times_its_ratio_is_mha(group: AttentionLayers, context: int) -> None:
    mha = replace(group, kv_heads=group.heads)
    ratio = group.heads // group.kv_heads
    grouped = kv_cache(ModelShape("gqa", (group,)), context).bytes_total
    assert ratio * grouped == kv_cache(ModelShape("mha", (mha,)), context).bytes_total


@given(attention_layers(st.none()), CONTEXTS, st.integers(0, 100_000))
def test_a_window_no_shorter_than_the_context_changes_nothing(
    group: AttentionLayers, context: int, more: int
) -> None:
    windowed = replace(group, window=context + more)
    without = kv_cache(ModelShape("full", (group,)), context)
    assert kv_cache(ModelShape("local", (windowed,)), context).kv_bytes == without.kv_bytes


@given(attention_layers(st.integers(1, 5000)), st.integers(5000, 10**6))
def test_a_full_window_stops_growing(group: AttentionLayers, context: int) -> None:
    shape = ModelShape("local", (group,))
    assert kv_cache(shape, context).kv_bytes == kv_cache(shape, 5000).kv_bytes


@given(SHAPES, CONTEXTS)
def test_a_narrower_number_never_takes_more(shape: ModelShape, context: int) -> None:
    sizes = [kv_cache(shape, context, dtype=d).bytes_total for d in (FP32, FP16, INT8, INT4)]
    assert sizes == sorted(sizes, reverse=True)


@given(SHAPES, SHAPES, CONTEXTS)
def test_a_hybrid_is_the_sum_of_its_parts(one: ModelShape, two: ModelShape, context: int) -> None:
    both = ModelShape("both", one.layers + two.layers)
    parts = sum(kv_cache(shape, context).bytes_total for shape in (one, two))
    assert kv_cache(both, context).bytes_total == parts


def test_a_state_is_never_quantised_with_the_cache() -> None:
    shape = ModelShape("states", (StateLayers(2, 10, 4, 10, 4),))
    assert kv_cache(shape, 7, dtype=FP16).bytes_total == 2 * 10 * 8 * 2
    assert kv_cache(shape, 7, dtype=INT4).bytes_total == 2 * 10 * 8 * 2
    assert kv_cache(shape, 7, dtype=FP32).bytes_total == 2 * 10 * 8 * 4


def test_int4_with_scales_is_four_and_a_half_bits() -> None:
    grouped = kv_cache(uniform(1, 8, 8, 128), 1000, dtype=ElementType("int4-g64", 4, 64))
    assert grouped.bytes_total == 2 * 8 * 128 * 1000 * 9 // 16


def test_llama_2_70b_at_32k_for_100_users() -> None:
    cache = kv_cache(resolve_model("llama2-70b"), 32_768, 100)
    assert cache.bytes_per_token == 327_680
    assert cache.bytes_per_sequence == 10_737_418_240
    assert cache.bytes_total == 1_073_741_824_000


def test_vllm_says_800_kib_a_token_for_opt_13b() -> None:
    assert kv_cache(resolve_model("OPT 13B"), 1).bytes_per_token == 800 * 1024


def test_jambas_paper_says_4_gb_at_256k() -> None:
    assert kv_cache(resolve_model("Jamba"), 256 * 1024).kv_bytes == 4 * GIB


def test_deepseek_v3_keeps_576_numbers_a_layer() -> None:
    assert kv_cache(resolve_model("DeepSeek V3"), 1).bytes_per_token == 61 * 576 * 2


def test_gemma_3_27b_saves_six_times_with_its_windows() -> None:
    shape = resolve_model("Gemma 3 27B")
    everywhere = tuple(replace(group, window=None) for group in shape.attention)
    full = kv_cache(replace(shape, layers=everywhere), 131_072).bytes_total
    windowed = kv_cache(shape, 131_072).bytes_total
    assert (windowed, full) == (11_173_625_856, 66_571_993_088)


def test_mamba_keeps_the_same_at_any_length() -> None:
    shape = resolve_model("Mamba 2.8B")
    assert kv_cache(shape, 10).bytes_total == kv_cache(shape, 10**6).bytes_total == 13_107_200
    assert kv_cache(shape, 10).bytes_per_token == 0
