"""The same model side by side as MHA, GQA, MQA, and with its cache in int8 and int4."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.calculator.kv_cache import KvCache, kv_cache
from bot.calculator.shapes import AttentionLayers, LatentLayers, Layers, ModelShape
from bot.calculator.units import INT4, INT8

# The GQA paper's recommended number of KV heads (Ainslie et al. 2023, GQA-8), for the
# what-if of a model that does not use GQA itself.
GQA_GROUPS = 8


@dataclass(frozen=True, slots=True)
class Variants:
    """Bytes of all users for each technique; None where it cannot apply to the model.

    `gqa_kv_heads` is the number of KV heads behind `gqa`: the model's own, or GQA_GROUPS as a
    what-if (`gqa_is_own` False).
    """

    mha: int | None
    gqa: int | None
    mqa: int | None
    int8: int | None
    int4: int | None
    gqa_kv_heads: int = 0
    gqa_is_own: bool = False


def variants(cache: KvCache) -> Variants:
    """Return what `cache` would be under each technique, all users together.

    MHA, GQA and MQA keep the cache's number type; int8 and int4 keep the model's own heads.
    """
    shape = cache.shape
    if not shape.growing:
        return Variants(None, None, None, None, None)
    own = _own_gqa(shape)
    return Variants(
        mha=_with(cache, _mha),
        gqa=cache.bytes_total if own else _with(cache, _gqa),
        mqa=_with(cache, _mqa),
        int8=kv_cache(shape, cache.context, cache.users, INT8).bytes_total,
        int4=kv_cache(shape, cache.context, cache.users, INT4).bytes_total,
        gqa_kv_heads=own or GQA_GROUPS,
        gqa_is_own=bool(own),
    )


def _own_gqa(shape: ModelShape) -> int:
    grouped = [g.kv_heads for g in shape.attention if g.heads == 0 or 1 < g.kv_heads < g.heads]
    return grouped[0] if grouped and all(g.heads for g in shape.attention) else 0


def _with(cache: KvCache, change: Callable[[Layers], Layers | None]) -> int | None:
    changed = [change(group) for group in cache.shape.layers]
    layers = tuple(group for group in changed if group is not None)
    if len(layers) < len(changed):
        return None
    shape = replace(cache.shape, layers=layers)
    return kv_cache(shape, cache.context, cache.users, cache.dtype).bytes_total


def _mha(group: Layers) -> Layers | None:
    if isinstance(group, AttentionLayers):
        return replace(group, kv_heads=group.heads) if group.heads else None
    if isinstance(group, LatentLayers):
        if not (group.heads and group.key_dim and group.value_dim):
            return None
        return AttentionLayers(
            group.count, group.heads, group.heads, group.key_dim, value_dim=group.value_dim
        )
    return group


def _gqa(group: Layers) -> Layers | None:
    if isinstance(group, AttentionLayers):
        divides = group.heads > GQA_GROUPS and group.heads % GQA_GROUPS == 0
        return replace(group, kv_heads=GQA_GROUPS) if divides else None
    return None if isinstance(group, LatentLayers) else group


def _mqa(group: Layers) -> Layers | None:
    if isinstance(group, AttentionLayers):
        return replace(group, kv_heads=1)
    return None if isinstance(group, LatentLayers) else group
