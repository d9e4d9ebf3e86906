"""Attention's cost: the convention, exact ratios, windows, shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.attention import (
    AttentionCost,
    ScoreLayers,
    attention_cost,
    linear_flops,
    score_layers,
)
from bot.calculator.errors import CalculatorError
from bot.calculator.names import resolve_model
from bot.calculator.shapes import uniform
from bot.calculator.units import FP32

LENGTHS = st.integers(1, 10**6)


def plain(context: int, baseline: int | None = None, causal: bool = False) -> AttentionCost:
    layers = (ScoreLayers(96, 96, 2 * 12_288),)
    return attention_cost(layers, context, baseline, causal=causal)


def test_one_layer_costs_four_n_squared_d_and_half_of_it_when_causal() -> None:
    n, d = 1000, 12_288
    assert plain(n).flops_per_layer == 4 * n**2 * d
    assert plain(n).flops_total == 96 * 4 * n**2 * d
    assert plain(n, causal=True).flops_per_layer == 2 * n**2 * d


@pytest.mark.parametrize(
    ("context", "baseline", "ratio"),
    [(131_072, 8192, 256), (65_536, 16_384, 16), (32_768, 4096, 64), (8192, 4096, 4)],
)
def test_the_courses_ratios_come_out_exactly(context: int, baseline: int, ratio: int) -> None:
    assert plain(context, baseline).cost_ratio == ratio
    assert plain(context, baseline, causal=True).cost_ratio == ratio


@given(LENGTHS, LENGTHS)
def test_a_ratio_needs_no_sizes_and_is_the_square_of_the_lengths(one: int, two: int) -> None:
    bare = attention_cost((ScoreLayers(0, 0, 0),), one, two)
    assert bare.cost_ratio == Fraction(one, two) ** 2
    assert bare.flops_total is None
    assert bare.score_bytes_total is None


def test_one_heads_scores_at_128k_in_fp32_are_64_gib() -> None:
    cost = attention_cost((ScoreLayers(1, 96, 0),), 131_072, dtype=FP32)
    assert cost.score_bytes_per_head == 64 * 2**30
    assert cost.score_bytes_per_layer == 6 * 2**40


@given(st.integers(2, 100_000), st.integers(1, 100_000), st.booleans())
def test_a_wider_window_never_costs_less_and_a_full_one_costs_the_same(
    context: int, window: int, causal: bool
) -> None:
    def work(size: int | None) -> int:
        layers = (ScoreLayers(1, 1, 2, size),)
        return attention_cost(layers, context, causal=causal).flops_total or 0

    assert work(window) <= work(window + 1) <= work(None)
    assert work(context) == work(context + window) == work(None)


def test_a_window_of_4k_at_32k_saves_less_than_eight_times() -> None:
    cost = attention_cost((ScoreLayers(1, 1, 2, 4096),), 32_768, causal=True)
    assert cost.window_saving == Fraction(64, 15)


@given(st.integers(1, 10**6))
def test_the_share_of_attention_is_n_over_n_plus_6d(context: int) -> None:
    d, layers = 12_288, 96
    shape = uniform(layers, 96, 96, 128)
    cost = attention_cost(score_layers(shape), context, linear_flops_per_token=linear_flops(shape))
    assert cost.share == Fraction(context, context + 6 * d)


def test_break_even_for_gpt_3s_width_is_at_73728_tokens() -> None:
    shape = uniform(96, 96, 96, 128)
    cost = attention_cost(score_layers(shape), 73_728, linear_flops_per_token=linear_flops(shape))
    assert cost.share == Fraction(1, 2)


def test_width_is_heads_times_head_dim_not_the_hidden_size() -> None:
    layer = score_layers(resolve_model("Qwen3 0.6B"))[0]
    assert layer.widths == 2 * 16 * 128


def test_mla_multiplies_keys_of_192_and_values_of_128() -> None:
    assert score_layers(resolve_model("DeepSeek V3"))[0].widths == 128 * (192 + 128)


def test_a_hybrid_counts_its_attention_layers_only() -> None:
    assert sum(layer.count for layer in score_layers(resolve_model("Jamba"))) == 4


def test_a_model_without_attention_is_refused() -> None:
    with pytest.raises(CalculatorError, match="no attention layers"):
        score_layers(resolve_model("Mamba 2.8B"))


def test_a_fused_kernel_keeps_a_number_a_row() -> None:
    assert plain(131_072).fused_bytes_per_layer == 96 * 131_072 * 4
