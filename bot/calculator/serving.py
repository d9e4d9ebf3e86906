"""Does it fit, and how fast at best: bounds from a GPU's memory, bandwidth and peak work.

Decoding reads every weight that a step uses and the whole cache once, so tokens a second cannot
exceed bandwidth / bytes read. Prefill does 2 FLOPs a weight and token plus attention, so it
cannot finish sooner than FLOPs / peak. Both are upper bounds on speed: kernels stay below them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from bot.calculator.attention import attention_cost, score_layers
from bot.calculator.errors import CalculatorError
from bot.calculator.kv_cache import KvCache, kv_cache
from bot.calculator.lengths import MAX_LENGTH
from bot.calculator.shapes import AttentionLayers, LatentLayers, Layers, ModelShape, StateLayers
from bot.calculator.units import FP16, GB, ElementType

TERA = 10**12


@dataclass(frozen=True, slots=True)
class Gpu:
    """A card's printed memory in bytes, bandwidth in bytes a second and dense 16-bit FLOPS."""

    name: str
    memory: int
    bandwidth: int
    flops: int
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Serving:
    """What one or `cards` GPUs can hold and do; None where a bound cannot be given.

    Bytes are those of ONE card. `fits` is None when the weights are unknown and the cache alone
    fits. `max_context_tokens` is None where the cache stops growing before the memory is full.
    `tokens_per_s_bound` counts all users together.
    """

    gpu: Gpu
    cards: int
    weights_bytes: int | None
    cache_bytes: int
    fits: bool | None
    max_context_tokens: int | None
    max_users: int | None
    tokens_per_s_bound: Fraction
    prefill_seconds_bound: Fraction | None

    @property
    def used_bytes(self) -> int:
        """Weights and cache on one card."""
        return (self.weights_bytes or 0) + self.cache_bytes


def serving(cache: KvCache, gpu: Gpu, cards: int = 1, weights_dtype: ElementType = FP16) -> Serving:
    """Return the bounds of serving `cache` on `cards` cards with tensor parallelism.

    Raises CalculatorError where the heads cannot be split over that many cards.
    """
    split = _split(cache.shape, cards)
    weights = cache.shape.parameters * weights_dtype.bits // 8 // cards
    active = cache.shape.active * weights_dtype.bits // 8 // cards
    mine = kv_cache(split, cache.context, cache.users, cache.dtype)
    room = gpu.memory - weights
    fits = mine.bytes_total <= room
    return Serving(
        gpu=gpu,
        cards=cards,
        weights_bytes=weights or None,
        cache_bytes=mine.bytes_total,
        fits=fits if weights or not fits else None,
        max_context_tokens=longest(mine, room),
        max_users=max(0, room // mine.bytes_per_sequence),
        tokens_per_s_bound=Fraction(gpu.bandwidth * cache.users, active + mine.bytes_total),
        prefill_seconds_bound=_prefill(cache, gpu, cards),
    )


def gpu_from_table(row: dict[str, str | int]) -> Gpu:
    """Make a Gpu of one row of presets/gpus.toml."""
    return Gpu(
        name=str(row["name"]),
        memory=int(row["memory_gb"]) * GB,
        bandwidth=int(row["bandwidth_gb_s"]) * GB,
        flops=int(row["tflops"]) * TERA,
        source=str(row["source"]),
        note=str(row.get("note", "")),
    )


def _split(shape: ModelShape, cards: int) -> ModelShape:
    """The share of one card: heads are divided, KV heads repeated once there are too few."""
    if cards == 1:
        return shape
    return replace(shape, layers=tuple(_one_share(group, cards) for group in shape.layers))


def _one_share(group: Layers, cards: int) -> Layers:
    match group:
        case AttentionLayers():
            if group.heads % cards or (group.kv_heads % cards and cards % group.kv_heads):
                raise CalculatorError(
                    f"{group.heads or group.kv_heads} query heads and {group.kv_heads} KV heads "
                    f"cannot be split evenly over {cards} GPUs."
                )
            kv_heads = max(1, group.kv_heads // cards)
            return replace(group, heads=group.heads // cards, kv_heads=kv_heads)
        case LatentLayers():
            return group
        case StateLayers():
            if group.inner % cards:
                raise CalculatorError(
                    f"{group.inner} state channels cannot be split evenly over {cards} GPUs."
                )
            channels = -(-group.conv_channels // cards)
            return replace(group, inner=group.inner // cards, conv_channels=channels)


def longest(cache: KvCache, room: int) -> int | None:
    """Return the most tokens a sequence may have in `room` bytes.

    0 if none fits, None if any length fits.
    """

    def fits(context: int) -> bool:
        sized = kv_cache(cache.shape, context, cache.users, cache.dtype)
        return sized.bytes_total <= room

    if fits(MAX_LENGTH):
        return None
    low, high = 0, MAX_LENGTH
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _prefill(cache: KvCache, gpu: Gpu, cards: int) -> Fraction | None:
    if not cache.shape.active:
        return None
    work = 2 * cache.shape.active * cache.context
    if cache.shape.growing:
        scores = attention_cost(score_layers(cache.shape), cache.context, causal=True)
        work += scores.flops_total or 0
    return Fraction(work, gpu.flops * cards)
