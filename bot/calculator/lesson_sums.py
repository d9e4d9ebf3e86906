"""Small sums of the lessons: reach, break-even, share, blocks, grouping ratio, bits a number."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calculator.asking import Question
from bot.calculator.calculation import Calculation
from bot.calculator.errors import CalculatorError
from bot.calculator.kinds import kind
from bot.calculator.units import FP16, SCALE_BITS, short

PROJECTIONS, HALVED = 6, 12  # break-even lengths over d, for all pairs and for the causal half
DEFAULT_BLOCK = 16  # tokens, vLLM's


def asks_reach(q: Question) -> bool:
    """Whether it is asked how far information travels through stacked windows."""
    return bool(q.about.reach and q.reading.window and q.reading.sizes.get("layers"))


def reach(q: Question) -> Calculation:
    """Return layers times window."""
    layers, window = q.reading.sizes["layers"], q.reading.window or 0
    tokens = layers * window
    text = (
        f"Information moves at most one window a layer, so {layers:,} layers with a window of "
        f"{window:,} tokens reach **{tokens:,} tokens** back. That is an upper limit: no token "
        f"attends to more than its own window, and details fade on the way."
    )
    return _sum(
        "sum",
        {"layers": layers, "window": window, "reach_tokens": tokens},
        text,
        f"{layers:,} × {window:,} = {tokens:,} tokens.",
    )


def asks_break_even(q: Question) -> bool:
    """Whether it is asked at which length attention is half of the work."""
    return bool(q.about.half and _width(q) and not q.reading.lengths)


def break_even(q: Question) -> Calculation:
    """Return 6 times the width, and 12 times for the causal half."""
    width = _width(q)
    even, causal = PROJECTIONS * width, HALVED * width
    text = (
        f"For a width of d = {width:,} attention is half of the forward work at n = 6·d = "
        f"**{even:,} tokens**, counting all n² pairs and 12·d² weights a layer. If the masked "
        f"half is skipped, it is n = 12·d = {causal:,} tokens."
    )
    inputs = {"d_model": width, "break_even_tokens": even, "break_even_causal_tokens": causal}
    return _sum("sum", inputs, text, f"6 × {width:,} = {even:,} tokens.")


def asks_share(q: Question) -> bool:
    """Whether attention's share of the work is asked for, with only a width given."""
    width = q.reading.sizes.get("d_model")
    return bool(q.about.share and width and q.reading.lengths and not q.names_a_shape)


def share(q: Question) -> Calculation:
    """Return n / (n + 6·d), and the share without the masked half."""
    width, tokens = q.reading.sizes["d_model"], q.reading.lengths[0]
    part, causal = tokens / (tokens + PROJECTIONS * width), tokens / (tokens + HALVED * width)
    text = (
        f"At {tokens:,} tokens and a width of d = {width:,} attention is n / (n + 6·d) = "
        f"**{part:.1%}** of the forward work, counting all n² pairs and 12·d² weights a layer. "
        f"If the masked half is skipped, it is n / (n + 12·d) = {causal:.1%}."
    )
    return _sum(
        "sum",
        {"d_model": width, "context_tokens": tokens, "share": part, "share_causal": causal},
        text,
        f"{tokens:,} / ({tokens:,} + 6 × {width:,}) = {part:.1%}.",
    )


def asks_blocks(q: Question) -> bool:
    """Whether the blocks of a length are asked for, with no model named."""
    sized = q.reading.sizes.get("block_size") or "paged" in q.text.lower()
    wants = q.about.quantity or q.about.growth
    return bool(q.about.paging and sized and q.reading.lengths and wants and not q.names_a_shape)


def blocks(q: Question) -> Calculation:
    """Return how many blocks a sequence takes and how many slots stay empty."""
    tokens, size = q.reading.lengths[0], q.reading.sizes.get("block_size", DEFAULT_BLOCK)
    count = -(-tokens // size)
    waste = count * size - tokens
    text = (
        f"A sequence of {tokens:,} tokens takes **{count:,} blocks** of {size:,} slots, and "
        f"{waste:,} slots of the last block stay empty."
    )
    inputs = {"context_tokens": tokens, "block_size": size, "blocks": count,
              "slots": count * size, "waste_slots": waste}  # fmt: skip
    return _sum(
        "kv_sum",
        inputs,
        text,
        f"{tokens:,} / {size:,}, rounded up, is {count:,}; {count:,} × "
        f"{size:,} = {count * size:,} slots.",
    )


def asks_grouping(q: Question) -> bool:
    """Whether it is asked what so many KV heads save, with nothing else given."""
    sizes = q.reading.sizes
    heads = sizes.get("heads") and sizes.get("kv_heads")
    wants = q.about.grouping or q.about.quantity
    alone = not q.reading.lengths and not q.names_a_shape
    return bool(heads and wants and alone and not q.about.explains)


def grouping(q: Question) -> Calculation:
    """Return query heads over KV heads; raises CalculatorError where it does not divide."""
    heads, kv_heads = q.reading.sizes["heads"], q.reading.sizes["kv_heads"]
    if kv_heads > heads or heads % kv_heads:
        raise CalculatorError(
            f"{heads} query heads cannot be shared evenly by {kv_heads} KV heads: "
            "the first must be a multiple of the second."
        )
    ratio = heads // kv_heads
    text = (
        f"{heads} query heads share {kv_heads} KV heads, so the grouping ratio is G = {heads} / "
        f"{kv_heads} = **{ratio}**: the KV cache is {ratio} times smaller than with MHA, which "
        f"would store {heads} heads."
    )
    return _sum(
        "kv_sum",
        {"heads": heads, "kv_heads": kv_heads, "ratio": ratio},
        text,
        f"{heads} / {kv_heads} = {ratio}.",
    )


def asks_scales(q: Question) -> bool:
    """Whether the bits of a quantised number with its scales are asked for."""
    few = [one for one in q.reading.dtypes if one.bits < FP16.bits]
    size = q.reading.sizes.get("group_size") or any(one.group for one in few)
    return bool(few and size and q.about.each_number and not q.names_a_shape)


def scales(q: Question) -> Calculation:
    """Return bits a number, a 16-bit scale and a 16-bit zero point a group counted in."""
    dtype = next(one for one in q.reading.dtypes if one.bits < FP16.bits)
    group = q.reading.sizes.get("group_size") or dtype.group
    each = dtype.bits + SCALE_BITS / group
    saving = FP16.bits / each
    text = (
        f"With a 16-bit scale and a 16-bit zero point for every {group:,} numbers, "
        f"{dtype.bits}-bit storage costs {dtype.bits} + {SCALE_BITS} / {group:,} = "
        f"**{short(each)} bits a number**. "
        f"Against 16 bits it saves {short(saving)} times."
    )
    return _sum(
        "kv_sum",
        {"bits": dtype.bits, "group_size": group, "bits_per_number": each},
        text,
        f"16 / {short(each)} = {short(saving)}.",
    )


SUMS = (
    kind(asks_reach, reach, "layers window model"),
    kind(asks_break_even, break_even, "d_model model"),
    kind(asks_share, share, "d_model lengths"),
    kind(asks_blocks, blocks, "block_size lengths"),
    kind(asks_grouping, grouping, "heads kv_heads techniques"),
    kind(asks_scales, scales, "dtypes group_size techniques"),
)
"""The sums, in the order in which they are tried."""


def _width(q: Question) -> int:
    model = q.reading.model
    return q.reading.sizes.get("d_model") or (model.shape.d_model if model and model.shape else 0)


def _sum(kind: str, fields: Mapping[str, float], text: str, step: str) -> Calculation:
    return Calculation(kind, dict(fields), text, (step,), (), fields=dict(fields))
