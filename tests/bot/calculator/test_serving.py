"""Serving bounds: what fits, how much, how fast at best; blocks and their waste."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.errors import CalculatorError
from bot.calculator.kv_cache import kv_cache
from bot.calculator.names import resolve_gpu, resolve_model
from bot.calculator.paging import paging
from bot.calculator.serving import serving
from bot.calculator.serving_working import serving_steps
from bot.calculator.shapes import ModelShape, uniform
from bot.calculator.units import INT4
from tests.bot.calculator.shapes import FULL_SHAPES

H100 = resolve_gpu("h100")
A100 = resolve_gpu("a100")


def test_mixtral_does_not_fit_on_one_a100_but_on_two() -> None:
    cache = kv_cache(resolve_model("Mixtral 8x7B"), 32_768)
    assert serving(cache, A100).fits is False
    assert serving(cache, A100, cards=2).fits is True


@pytest.mark.parametrize(("cards", "told"), [(1, "If it did fit: decoding"), (2, "Decoding")])
def test_what_does_not_fit_has_a_speed_only_if_it_did(cards: int, told: str) -> None:
    cache = kv_cache(resolve_model("Mixtral 8x7B"), 32_768)
    steps = serving_steps(cache, serving(cache, A100, cards))
    assert [step.split(" reads ")[0] for step in steps if " reads " in step] == [told]
    assert any("Likewise, prefill" in step for step in steps) == (cards == 1)


def test_decoding_is_bound_by_the_bytes_a_step_reads() -> None:
    cache = kv_cache(resolve_model("Llama 3.1 8B"), 8192)
    read = 2 * 8_030_261_248 + cache.bytes_total
    assert serving(cache, H100).tokens_per_s_bound == Fraction(3_350 * 10**9, read)


def test_a_mixture_of_experts_reads_its_active_weights() -> None:
    cache = kv_cache(resolve_model("Mixtral 8x7B"), 1000)
    read = 2 * 12_879_925_248 + cache.bytes_total
    assert serving(cache, H100, 2).tokens_per_s_bound == Fraction(2 * 3_350 * 10**9, read)


def test_the_most_context_fits_and_one_token_more_does_not() -> None:
    cache = kv_cache(resolve_model("Llama 3.1 8B"), 8192, users=3)
    most = serving(cache, H100).max_context_tokens
    assert most is not None
    for context, fits in ((most, True), (most + 1, False)):
        sized = kv_cache(cache.shape, context, cache.users)
        assert serving(sized, H100).fits is fits


def test_the_most_users_fit_and_one_more_does_not() -> None:
    shape = resolve_model("Llama 3.1 8B")
    most = serving(kv_cache(shape, 8192), H100).max_users
    assert most is not None
    assert serving(kv_cache(shape, 8192, most), H100).fits is True
    assert serving(kv_cache(shape, 8192, most + 1), H100).fits is False


def test_weights_that_do_not_fit_leave_no_room_at_all() -> None:
    served = serving(kv_cache(resolve_model("Llama 2 70B"), 4096), H100)
    assert (served.fits, served.max_context_tokens, served.max_users) == (False, 0, 0)


def test_smaller_weights_make_room() -> None:
    cache = kv_cache(resolve_model("Llama 2 70B"), 4096)
    assert serving(cache, H100, weights_dtype=INT4).fits is True


def test_a_state_space_model_has_no_length_limit() -> None:
    served = serving(kv_cache(resolve_model("Mamba 2.8B"), 1000), H100)
    assert served.max_context_tokens is None
    assert served.fits is True


def test_without_weights_a_fit_cannot_be_promised() -> None:
    served = serving(kv_cache(uniform(2, 8, 8, 64), 1000), H100)
    assert served.fits is None
    assert served.weights_bytes is None
    assert served.prefill_seconds_bound is None


def test_kv_heads_are_repeated_once_there_are_more_cards_than_heads() -> None:
    cache = kv_cache(resolve_model("Llama 2 70B"), 4096)
    eight, sixteen = serving(cache, H100, 8), serving(cache, H100, 16)
    assert eight.cache_bytes * 8 == cache.bytes_total
    assert sixteen.cache_bytes == eight.cache_bytes


def test_mla_is_repeated_on_every_card() -> None:
    cache = kv_cache(resolve_model("DeepSeek V3"), 4096)
    assert serving(cache, H100, 8).cache_bytes == cache.bytes_total


def test_heads_that_do_not_divide_are_refused() -> None:
    with pytest.raises(CalculatorError, match="3 GPUs"):
        serving(kv_cache(resolve_model("Llama 2 70B"), 4096), H100, 3)


def test_prefill_counts_weights_and_causal_attention() -> None:
    shape = resolve_model("Llama 2 7B")
    work = 2 * shape.active * 4096 + 32 * 2 * 4096**2 * 4096
    served = serving(kv_cache(shape, 4096), H100)
    assert served.prefill_seconds_bound == Fraction(work, 989 * 10**12)


def test_1000_tokens_in_blocks_of_16_waste_8_slots() -> None:
    pages = paging(kv_cache(resolve_model("Llama 2 70B"), 1000, users=5), 16)
    assert (pages.blocks, pages.slots, pages.waste_slots) == (63, 1008, 8)
    assert pages.bytes_total == 5 * 1008 * 327_680


@given(FULL_SHAPES, st.integers(1, 100_000), st.integers(1, 512))
def test_the_last_block_alone_has_empty_slots(shape: ModelShape, n: int, block: int) -> None:
    cache = kv_cache(shape, n)
    pages = paging(cache, block)
    assert 0 <= pages.waste_slots < block
    assert pages.slots == n + pages.waste_slots
    assert pages.bytes_total == cache.bytes_total + pages.waste_slots * cache.bytes_per_token


def test_a_fixed_state_has_no_blocks() -> None:
    with pytest.raises(CalculatorError, match="fixed size"):
        paging(kv_cache(resolve_model("Mamba 2.8B"), 100), 16)


def test_a_window_is_paged_by_what_it_keeps() -> None:
    shape = resolve_model("Mistral 7B v0.1")
    full = replace(shape, layers=tuple(replace(g, window=None) for g in shape.attention))
    assert paging(kv_cache(shape, 32_768), 16).bytes_total == 512 * 2**20
    assert paging(kv_cache(full, 32_768), 16).bytes_total == 4 * 2**30
