"""How much KV cache a given amount of memory holds: tokens of one sequence, or users."""

from __future__ import annotations

from bot.calculator.calculation import Calculation
from bot.calculator.errors import CalculatorError
from bot.calculator.kv_cache import KvCache, kv_cache
from bot.calculator.kv_report import native_note
from bot.calculator.serving import longest
from bot.calculator.shapes import ModelShape
from bot.calculator.units import FP16, ElementType, decimal


def budget(shape: ModelShape, memory: int, context: int | None, dtype: ElementType) -> Calculation:
    """Return what `memory` bytes hold of a model's cache.

    Tokens of one sequence, or sequences of `context` tokens where that is given; with the
    model's fp16 weights beside it too, where they are known. Raises CalculatorError where
    nothing grows.
    """
    if not shape.growing:
        raise CalculatorError(
            f"{shape.name} keeps a state of fixed size, so its memory does not limit the length."
        )
    cache = kv_cache(shape, context or 1, 1, dtype)
    weights = shape.parameters * FP16.bits // 8
    said = [f"{decimal(memory)} hold {_held(cache, memory, context)} in {dtype.name}."]
    if weights:
        said.append(_beside(cache, memory - weights, weights, context))
    return Calculation(
        kind="memory",
        inputs={"model": shape.name, "memory_bytes": memory, "dtype": dtype.name},
        text=" ".join(said),
        steps=(_step(cache, memory, context),),
        notes=native_note(shape, context or longest(cache, memory) or 1),
        fields=_fields(cache, memory, context),
    )


def _held(cache: KvCache, room: int, context: int | None) -> str:
    if context:
        count = room // cache.bytes_per_sequence
        return f"the KV caches of **{count:,} users** of {cache.shape.name} with {context:,} tokens"
    most = longest(cache, room)
    tokens = "any number of tokens" if most is None else f"{most:,} tokens"
    return f"the KV cache of **{tokens}** of {cache.shape.name}"


def _beside(cache: KvCache, room: int, weights: int, context: int | None) -> str:
    if room <= 0:
        return f"Its fp16 weights alone take {decimal(weights)}, so they must lie elsewhere."
    beside = _held(cache, room, context).replace("**", "")
    return f"Beside its {decimal(weights)} of fp16 weights there is room for {beside}."


def _step(cache: KvCache, memory: int, context: int | None) -> str:
    if context:
        each, what = cache.bytes_per_sequence, "users"
    else:
        each, what = cache.bytes_per_token, "tokens"
        if longest(cache, memory) != memory // (each or 1):
            return f"{each:,} bytes a token until the windows are full, {memory:,} bytes in all."
    return f"{memory:,} bytes / {each:,} bytes = {memory // each:,} {what}, rounded down."


def _fields(cache: KvCache, memory: int, context: int | None) -> dict[str, object]:
    return {
        "model": cache.shape.name,
        "memory_bytes": memory,
        "bytes_per_token": cache.bytes_per_token,
        "max_context_tokens": None if context else longest(cache, memory),
        "max_users": memory // cache.bytes_per_sequence if context else None,
    }
