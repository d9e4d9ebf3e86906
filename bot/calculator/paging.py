"""PagedAttention's rounding: whole blocks of slots, and what the last block wastes.

Kwon et al. 2023, SOSP: a sequence's cache lies in blocks of `block_size` token slots, so at
most `block_size` - 1 slots of it stay empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.calculator.errors import CalculatorError
from bot.calculator.kv_cache import KvCache, kept_tokens, to_bytes, token_bits


@dataclass(frozen=True, slots=True)
class Paging:
    """Blocks, slots and empty slots of ONE sequence; bytes of all users, blocks rounded up."""

    block_size: int
    blocks: int
    slots: int
    waste_slots: int
    bytes_total: int


def paging(cache: KvCache, block_size: int) -> Paging:
    """Return the blocks of a cache; raises CalculatorError where nothing grows with length."""
    shape = cache.shape
    if not shape.growing:
        raise CalculatorError(
            f"{shape.name} keeps a state of fixed size, so there is nothing to cut into blocks."
        )
    blocks = -(-cache.context // block_size)
    bits = sum(
        group.count
        * block_size
        * -(-kept_tokens(group, cache.context) // block_size)
        * token_bits(group, cache.dtype)
        for group in shape.growing
    )
    return Paging(
        block_size=block_size,
        blocks=blocks,
        slots=blocks * block_size,
        waste_slots=blocks * block_size - cache.context,
        bytes_total=cache.users * (to_bytes(bits) + cache.state_bytes),
    )
