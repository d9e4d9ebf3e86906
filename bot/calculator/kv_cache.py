"""The KV cache in exact bytes: a token, a sequence, all users.

A layer of softmax attention keeps K and V: 2 x KV heads x head dim numbers a token. MLA keeps
one vector of kv_lora_rank + qk_rope_head_dim. A window keeps min(n, W) tokens. A recurrent
layer keeps a state that does not grow. Everything is counted in bits and rounded up once.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.calculator.shapes import AttentionLayers, LatentLayers, ModelShape, StateLayers
from bot.calculator.units import FP16, ElementType

# A recurrent state is read and written every step, so it stays at 16 bits or more even where
# the KV cache is quantised.
MIN_STATE_BITS = 16


@dataclass(frozen=True, slots=True)
class KvCache:
    """What `users` sequences of `context` tokens keep, in bytes.

    `bytes_per_token` is what one more token adds while no window is full; `kv_bytes` and
    `state_bytes` are the growing and the fixed part of one sequence.
    """

    shape: ModelShape
    context: int
    users: int
    dtype: ElementType
    bytes_per_token: int
    kv_bytes: int
    state_bytes: int

    @property
    def bytes_per_sequence(self) -> int:
        """Bytes of one sequence."""
        return self.kv_bytes + self.state_bytes

    @property
    def bytes_total(self) -> int:
        """Bytes of all users' sequences."""
        return self.users * self.bytes_per_sequence


def kv_cache(shape: ModelShape, context: int, users: int = 1, dtype: ElementType = FP16) -> KvCache:
    """Return the cache of `users` sequences of `context` tokens each, stored as `dtype`."""
    return KvCache(
        shape=shape,
        context=context,
        users=users,
        dtype=dtype,
        bytes_per_token=to_bytes(sum(g.count * token_bits(g, dtype) for g in shape.layers)),
        kv_bytes=kv_bytes(shape, context, dtype),
        state_bytes=state_bytes(shape, dtype),
    )


def token_bits(group: AttentionLayers | LatentLayers | StateLayers, dtype: ElementType) -> int:
    """Bits that one token adds to one layer of `group`."""
    match group:
        case AttentionLayers():
            key, value = dtype.vector_bits(group.head_dim), dtype.vector_bits(group.value_width)
            return group.kv_heads * (key + value)
        case LatentLayers():
            return dtype.vector_bits(group.rank + group.rope_dim)
        case StateLayers():
            return 0


def kept_tokens(group: AttentionLayers | LatentLayers, context: int) -> int:
    """Tokens that a layer of `group` still holds after `context` tokens."""
    window = group.window if isinstance(group, AttentionLayers) else None
    return min(context, window) if window else context


def kv_bytes(shape: ModelShape, context: int, dtype: ElementType) -> int:
    """Bytes of the growing part of one sequence."""
    return to_bytes(
        sum(
            group.count * kept_tokens(group, context) * token_bits(group, dtype)
            for group in shape.growing
        )
    )


def state_bytes(shape: ModelShape, dtype: ElementType) -> int:
    """Bytes of the recurrent states of one sequence, whatever its length."""
    bits = max(dtype.bits, MIN_STATE_BITS)
    return to_bytes(sum(group.count * group.elements * bits for group in shape.recurrent))


def to_bytes(bits: int) -> int:
    """Round bits up to whole bytes."""
    return -(-bits // 8)
