"""The working of a KV cache calculation: one sentence a step, each multiplication shown."""

from __future__ import annotations

from bot.calculator.kv_cache import KvCache, kept_tokens, state_bytes, to_bytes, token_bits
from bot.calculator.paging import Paging
from bot.calculator.shapes import AttentionLayers, LatentLayers, StateLayers
from bot.calculator.units import ElementType, binary, exactly


def kv_steps(cache: KvCache) -> tuple[str, ...]:
    """Say how the bytes of a token, a sequence and all users come about."""
    growing = cache.shape.growing
    steps = [_token_in_layer(group, cache.dtype, len(growing) > 1) for group in growing]
    if growing:
        steps.append(_token_in_all(cache))
    steps += [_window(group, cache) for group in cache.shape.attention if _is_full(group, cache)]
    steps += [_state(group, cache) for group in cache.shape.recurrent]
    steps.append(_sequence(cache))
    if cache.users > 1:
        steps.append(
            f"{cache.users:,} users: {cache.users:,} × {cache.bytes_per_sequence:,} = "
            f"{exactly(cache.bytes_total)}."
        )
    return tuple(steps)


def paging_steps(cache: KvCache, pages: Paging) -> tuple[str, ...]:
    """Say how a sequence falls into blocks."""
    n, size = cache.context, pages.block_size
    steps = [
        f"Blocks of {size:,} slots: {n:,} tokens / {size:,}, rounded up, are {pages.blocks:,} "
        f"blocks; {pages.blocks:,} × {size:,} = {pages.slots:,} slots, of which "
        f"{pages.waste_slots:,} stay empty (for one sequence)."
    ]
    extra = pages.bytes_total - cache.bytes_total
    if extra:
        steps.append(
            f"With whole blocks the cache takes {exactly(pages.bytes_total)}, "
            f"{extra:,} bytes more than its tokens need."
        )
    return tuple(steps)


def _token_in_layer(
    group: AttentionLayers | LatentLayers, dtype: ElementType, several: bool
) -> str:
    size = to_bytes(token_bits(group, dtype))
    which = f"one of {group.count} {_kind(group)}" if several else "one layer"
    if isinstance(group, LatentLayers):
        numbers = f"({group.rank} compressed + {group.rope_dim} rotary numbers)"
        return (
            f"One token in {which}: {numbers} × {dtype.width} ({dtype.name}) = {size:,} bytes; "
            "MLA keeps one vector, so there is no factor 2."
        )
    heads = f"{group.kv_heads:,} KV head{'' if group.kv_heads == 1 else 's'}"
    if group.value_width != group.head_dim:
        numbers = f"{heads} × ({group.head_dim} + {group.value_width}) numbers"
    else:
        numbers = f"2 (K and V) × {heads} × {group.head_dim} numbers"
    return f"One token in {which}: {numbers} × {dtype.width} ({dtype.name}) = {size:,} bytes."


def _kind(group: AttentionLayers | LatentLayers) -> str:
    if isinstance(group, LatentLayers):
        return "MLA layers"
    return f"layers with a window of {group.window:,}" if group.window else "full layers"


def _token_in_all(cache: KvCache) -> str:
    groups = cache.shape.growing
    sums = " + ".join(f"{g.count} × {to_bytes(token_bits(g, cache.dtype)):,}" for g in groups)
    which = "attention layers" if cache.shape.recurrent else "layers"
    counted = sum(g.count for g in groups)
    size = cache.bytes_per_token
    return f"All {counted} {which}: {sums} = {size:,} bytes a token ({binary(size)})."


def _is_full(group: AttentionLayers, cache: KvCache) -> bool:
    return group.window is not None and group.window < cache.context


def _window(group: AttentionLayers, cache: KvCache) -> str:
    kept = kept_tokens(group, cache.context)
    size = to_bytes(token_bits(group, cache.dtype))
    return (
        f"{group.count} layers with a window keep only the last {kept:,} of {cache.context:,} "
        f"tokens: {group.count} × {kept:,} × {size:,} = {group.count * kept * size:,} bytes."
    )


def _state(group: StateLayers, cache: KvCache) -> str:
    bits = (
        8
        * state_bytes(cache.shape, cache.dtype)
        // sum(g.count * g.elements for g in cache.shape.recurrent)
    )
    total = group.count * group.elements * bits // 8
    return (
        f"{group.count} recurrent layers: {group.count} × ({group.inner:,} × {group.state} state + "
        f"{group.conv_channels:,} × {group.conv_width} convolution) × {bits // 8} bytes = "
        f"{exactly(total)}, whatever the length."
    )


def _sequence(cache: KvCache) -> str:
    windows = any(_is_full(group, cache) for group in cache.shape.attention)
    simple = not windows and not cache.shape.recurrent
    exact = simple and cache.context * cache.bytes_per_token == cache.kv_bytes
    tokens = f"{cache.context:,} token{'' if cache.context == 1 else 's'}"
    if exact:
        return (
            f"One sequence of {tokens}: {cache.context:,} × {cache.bytes_per_token:,} = "
            f"{exactly(cache.bytes_per_sequence)}."
        )
    parts = [
        f"{g.count} × {kept_tokens(g, cache.context):,} × {to_bytes(token_bits(g, cache.dtype)):,}"
        for g in cache.shape.growing
    ]
    if cache.state_bytes:
        parts.append(f"{cache.state_bytes:,}")
    return f"One sequence of {tokens}: {' + '.join(parts)} = {exactly(cache.bytes_per_sequence)}."
