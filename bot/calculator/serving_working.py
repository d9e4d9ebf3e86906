"""The working of a serving bound: what lies on the card, what a step reads, what stays free."""

from __future__ import annotations

from bot.calculator.kv_cache import KvCache
from bot.calculator.serving import Serving
from bot.calculator.units import GB, decimal, short


def serving_steps(cache: KvCache, served: Serving) -> tuple[str, ...]:
    """Say how the memory is filled and what the bandwidth allows."""
    return (
        _memory(cache, served),
        _longest(cache, served),
        _most_users(served),
        *_speed(cache, served),
    )


def serving_notes(cache: KvCache, served: Serving) -> tuple[str, ...]:
    """Say what the bounds leave out."""
    notes = [
        "GPU figures are bounds: activations, the runtime and fragmentation are not counted, and "
        "no kernel reaches the printed bandwidth."
    ]
    if served.weights_bytes is None:
        notes.append(
            "The weights are unknown for this shape and counted as 0, so the limits are looser "
            "than the truth; give the number of parameters."
        )
    if cache.shape.active < cache.shape.parameters:
        notes.append(
            "A step is charged with the weights one token passes through; a batch of several "
            "users wakes more experts and is slower."
        )
    if served.gpu.note:
        notes.append(served.gpu.note)
    return tuple(notes)


def _memory(cache: KvCache, served: Serving) -> str:
    weights = served.weights_bytes
    parts = f"{decimal(weights)} of weights + " if weights else ""
    if served.fits is None:
        verdict = "the cache fits, weights not counted"
    else:
        verdict = "it fits" if served.fits else "it does not fit"
    each = f"Each of {served.cards} {served.gpu.name}" if served.cards > 1 else served.gpu.name
    return (
        f"{each}: {parts}{decimal(served.cache_bytes)} of cache = {decimal(served.used_bytes)} "
        f"against {decimal(served.gpu.memory)} of memory: {verdict}."
    )


def _longest(cache: KvCache, served: Serving) -> str:
    who = "one user" if cache.users == 1 else f"each of {cache.users:,} users"
    if served.max_context_tokens is None:
        return f"The cache of {who} stops growing before the memory is full: no length limit."
    if served.max_context_tokens == 0:
        return f"There is no room for even one token for {who}."
    return f"The most context for {who}: {served.max_context_tokens:,} tokens."


def _most_users(served: Serving) -> str:
    return f"The most users at this length: {served.max_users:,}."


def _speed(cache: KvCache, served: Serving) -> tuple[str, ...]:
    rate = float(served.tokens_per_s_bound)
    shared = f" over {cache.users:,} users together" if cache.users > 1 else ""
    read = float(served.gpu.bandwidth * cache.users / served.tokens_per_s_bound)
    decoding, prefill = "Decoding reads", "Prefill of one prompt takes"
    if served.fits is False:
        decoding, prefill = "If it did fit: decoding reads", "Likewise, prefill of one prompt takes"
    steps = [
        f"{decoding} {decimal(round(read))} a step at {served.gpu.bandwidth // GB:,} GB/s: at "
        f"most {short(rate)} tokens a second{shared} (upper bound)."
    ]
    if served.prefill_seconds_bound is not None:
        steps.append(
            f"{prefill} at least {short(float(served.prefill_seconds_bound))} "
            "seconds at peak arithmetic (lower bound)."
        )
    return tuple(steps)
