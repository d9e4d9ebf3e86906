"""A KV cache result in a few plain sentences of Markdown."""

from __future__ import annotations

from dataclasses import replace

from bot.calculator.errors import CalculatorError
from bot.calculator.kv_cache import kv_cache
from bot.calculator.kv_report import KvReport, native_note
from bot.calculator.serving import Serving, serving
from bot.calculator.shapes import AttentionLayers
from bot.calculator.topics import Topics
from bot.calculator.units import FP16, binary, decimal, exactly, short

CARD_COUNTS = (2, 4, 8, 16, 32, 64)


def tell_kv(report: KvReport, about: Topics, other: int | None = None) -> str:
    """Say what the cache takes, and what the techniques that were named change.

    `other` is a second length to compare with.
    """
    cache = report.cache
    parts = [_size(report)]
    if other:
        parts.append(_compared(report, other))
    if cache.users > 1:
        parts.append(
            f"For {cache.users:,} users that is **{decimal(cache.bytes_total)}** "
            f"({binary(cache.bytes_total)})."
        )
    if report.pages:
        parts.append(
            f"In blocks of {report.pages.block_size:,} a sequence takes {report.pages.blocks:,} "
            f"blocks and leaves {report.pages.waste_slots:,} slots empty."
        )
    parts += _techniques(report, about)
    parts += _unwindowed(report) if about.unwindowed else []
    parts += _in_16_bits(report) + (_weights(report) if about.weights else [])
    native = cache.shape.native_context
    if native and cache.context > native:
        parts.append(
            f"{cache.shape.name}'s native window is {native:,} tokens, so this is a what-if."
        )
    return " ".join(parts)


def untold(report: KvReport) -> tuple[str, ...]:
    """The notes of a report that `tell_kv` does not say in its own words."""
    said = native_note(report.cache.shape, report.cache.context)
    return tuple(note for note in report.notes if note not in said)


def tell_beside(other: KvReport, first: KvReport) -> str:
    """Say what a second model takes, and how that compares with the first."""
    mine, theirs = other.cache.bytes_total, first.cache.bytes_total
    said = _size(other)
    if other.cache.users > 1:
        said += f" For {other.cache.users:,} users that is **{decimal(mine)}**."
    if mine == theirs:
        return f"{said} That is as much as {first.cache.shape.name} takes."
    more = "more" if mine > theirs else "less"
    ratio = short(max(mine, theirs) / min(mine, theirs))
    return f"{said} That is **{ratio} times {more}** than {first.cache.shape.name} takes."


def tell_serving(report: KvReport, served: Serving, about: Topics) -> str:
    """Say whether it fits, what else would, and how fast it can go at best."""
    cache = report.cache
    cards = f"{served.cards} × {served.gpu.name}" if served.cards > 1 else f"one {served.gpu.name}"
    who = "" if cache.users == 1 else f" for {cache.users:,} users"
    sizes = f"{decimal(served.cache_bytes)} of cache at {cache.context:,} tokens{who}"
    if served.weights_bytes:
        weights = report.request.weights_dtype.name
        sizes = f"{decimal(served.weights_bytes)} of {weights} weights and {sizes}"
    against = f"{decimal(served.gpu.memory)} of memory"
    if not served.fits and served.fits is not None:
        needs = "Each card needs" if served.cards > 1 else "It needs"
        return (
            f"**No**: {cache.shape.name} does not fit on {cards}. {needs} {sizes}, "
            f"{decimal(served.used_bytes)} together, against {against}. {_bigger(report)}"
            f"{_prefill(served, about)}"
        ).strip()
    verdict = "**Yes**" if served.fits else "The cache alone fits (the weights are unknown)"
    return " ".join(
        (f"{verdict}: {cards} holds {sizes}, against {against}.", *_room(report, served))
    ) + _prefill(served, about)


def _prefill(served: Serving, about: Topics) -> str:
    bound = served.prefill_seconds_bound
    if bound is None or not about.prefill:
        return ""
    return (
        f" Prefill of one prompt takes at least **{short(float(bound))} seconds** at peak "
        "arithmetic (a lower bound)."
    )


def _size(report: KvReport) -> str:
    cache = report.cache
    name, n = cache.shape.name, cache.context
    sequence = f"**{decimal(cache.bytes_per_sequence)}** ({binary(cache.bytes_per_sequence)})"
    if not cache.bytes_per_token:
        return (
            f"{name} keeps no KV cache: its recurrent state takes {sequence} a sequence in "
            "16-bit, whatever the length."
        )
    growing = f"{cache.bytes_per_token:,} bytes a token in {cache.dtype.name}"
    if cache.kv_bytes < n * cache.bytes_per_token:
        growing += " until its windows are full"
    if n == 1:
        return f"The KV cache of {name} takes {growing}."
    state = f", {decimal(cache.state_bytes)} of it a fixed state" if cache.state_bytes else ""
    return (
        f"The KV cache of {name} takes {growing}, so one sequence of "
        f"{n:,} tokens takes {sequence}{state}."
    )


def _compared(report: KvReport, other: int) -> str:
    cache = report.cache
    less = kv_cache(cache.shape, other, cache.users, cache.dtype).bytes_per_sequence
    ratio = short(cache.bytes_per_sequence / less)
    return (
        f"At {other:,} tokens it takes {decimal(less)}: the longer one takes **{ratio} times** "
        "that."
    )


def _techniques(report: KvReport, about: Topics) -> list[str]:
    cache, side = report.cache, report.variants
    who = f" for {cache.users:,} users" if cache.users > 1 else ""
    said: list[str] = []
    quantised = about.quantised and cache.dtype.bits >= FP16.bits
    if (about.gqa or about.mha) and side.mha is not None:
        said.append(_mha(report, side.mha, who))
    if about.gqa and side.gqa is not None and not side.gqa_is_own:
        said.append(f"With GQA and {side.gqa_kv_heads} KV heads: {exactly(side.gqa)}{who}.")
    if (about.mqa or about.gqa) and side.mqa is not None:
        less = short(cache.bytes_total / side.mqa)
        same = "the same" if side.mqa == cache.bytes_total else f"{less} times less"
        said.append(f"With MQA (one KV head) it would be {exactly(side.mqa)}{who}, {same}.")
    for name, asked, size in (
        ("int8", about.int8 or quantised, side.int8),
        ("int4", about.int4 or quantised, side.int4),
    ):
        if asked and size is not None and cache.dtype.name != name:
            said.append(f"With the cache in {name} it would be {exactly(size)}{who}.")
    return said


def _unwindowed(report: KvReport) -> list[str]:
    """What it would take if the layers with a window kept every token."""
    cache = report.cache
    layers = tuple(
        replace(group, window=None) if isinstance(group, AttentionLayers) else group
        for group in cache.shape.layers
    )
    if layers == cache.shape.layers:
        return []
    whole = kv_cache(
        replace(cache.shape, layers=layers), cache.context, cache.users, cache.dtype
    ).bytes_total
    ratio = short(whole / cache.bytes_total)
    return [
        f"If the layers with a window kept every token it would be {exactly(whole)}, "
        f"**{ratio} times** as much."
    ]


def _in_16_bits(report: KvReport) -> list[str]:
    """What the same cache takes unquantised, where it is quantised."""
    cache = report.cache
    if cache.dtype.bits >= FP16.bits or not cache.bytes_per_token:
        return []
    whole = kv_cache(cache.shape, cache.context, cache.users, FP16).bytes_total
    saved = whole - cache.bytes_total
    return [
        f"In fp16 it would be {decimal(whole)}: {cache.dtype.name} saves {decimal(saved)}, and the "
        f"cache is **{short(whole / cache.bytes_total)} times smaller**."
    ]


def _weights(report: KvReport) -> list[str]:
    cache, dtype = report.cache, report.request.weights_dtype
    weights = cache.shape.parameters * dtype.bits // 8
    if not weights:
        return ["Its number of weights is not known to me, so only the cache is counted."]
    return [
        f"The weights take another {decimal(weights)} in {dtype.name}, "
        f"**{decimal(weights + cache.bytes_total)}** together."
    ]


def _mha(report: KvReport, mha: int, who: str) -> str:
    total = report.cache.bytes_total
    if mha == total:
        return f"{report.cache.shape.name} already uses MHA, a KV head for every query head."
    times = short(mha / total)
    if report.cache.shape.latent:
        return (
            f"With full keys and values for every head it would be {exactly(mha)}{who}, "
            f"{times} times more."
        )
    heads = " and ".join(
        dict.fromkeys(
            f"{g.heads} query heads share {g.kv_heads}" for g in report.cache.shape.attention
        )
    )
    return (
        f"Its {heads} KV head{'' if heads.endswith(' 1') else 's'}; with MHA, one KV head for each "
        f"query head, it would be {exactly(mha)}{who}, **{times} times more**."
    )


def _room(report: KvReport, served: Serving) -> list[str]:
    said = [f"Room for at most {served.max_users:,} users at this length."]
    if served.max_context_tokens:
        each = "one user" if report.cache.users == 1 else "each user"
        said.append(f"The most context for {each}: {served.max_context_tokens:,} tokens.")
    rate = short(float(served.tokens_per_s_bound))
    together = " for all users together" if report.cache.users > 1 else ""
    said.append(
        f"Memory bandwidth allows at most {rate} tokens a second{together} (an upper bound)."
    )
    return said


def _bigger(report: KvReport) -> str:
    request = report.request
    if request.gpu is None:
        return ""
    for cards in CARD_COUNTS:
        if cards <= request.gpus:
            continue
        try:
            served = serving(report.cache, request.gpu, cards, request.weights_dtype)
        except CalculatorError:
            continue
        if served.fits:
            return f"It would fit on {cards} of them."
    return ""
