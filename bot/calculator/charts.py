"""What a picture of a calculation shows, as plain data; chart.py draws it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot.calculator.attention import attention_cost
from bot.calculator.attention_report import AttentionReport
from bot.calculator.kv_report import KvReport

CURVE_POINTS = 40


@dataclass(frozen=True, slots=True)
class Bars:
    """Byte counts to compare, each with its label; `title` says what they are."""

    title: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """Attention's cost against length, as multiples of the cost at `start` tokens.

    `points` are (tokens, multiple); `end` is the length asked about.
    """

    title: str
    start: int
    end: int
    points: tuple[tuple[int, float], ...]


Chart = Bars | Curve

_KINDS: dict[str, type[Bars] | type[Curve]] = {"bars": Bars, "curve": Curve}


def encode(chart: Chart) -> str:
    """Return a chart as text, so that a card can carry it until it is drawn."""
    kind = next(name for name, made in _KINDS.items() if isinstance(chart, made))
    return json.dumps([kind, asdict(chart)])


def decode(text: str) -> Chart:
    """Return the chart that `encode` made `text` of; ValueError for any other text."""
    kind, data = json.loads(text)
    if kind not in _KINDS:
        raise ValueError(f"no chart of kind {kind!r}")
    series = "bars" if kind == "bars" else "points"
    return _KINDS[kind](**{**data, series: tuple(tuple(pair) for pair in data[series])})


def kv_chart(report: KvReport) -> Bars | None:
    """Return bars of the cache under each technique; None where no technique applies."""
    cache, side = report.cache, report.variants
    grouped = f"GQA, {side.gqa_kv_heads} KV heads"
    own_heads = "GQA" if side.gqa_is_own else "as it is"
    named = (
        ("MHA", side.mha),
        (grouped if side.gqa_is_own else f"what-if GQA-{side.gqa_kv_heads}", side.gqa),
        ("MQA", side.mqa),
        (f"{own_heads} in int8", side.int8),
        (f"{own_heads} in int4", side.int4),
    )
    bars = tuple((label, size) for label, size in named if size is not None)
    if not bars:
        return None
    who = f", {cache.users:,} users" if cache.users > 1 else ""
    title = f"KV cache of {cache.shape.name}\n{cache.context:,} tokens{who}, {cache.dtype.name}"
    own = (
        ()
        if side.gqa_is_own or side.mha == cache.bytes_total
        else (("as it is", cache.bytes_total),)
    )
    return Bars(title, (*own, *bars))


def attention_chart(report: AttentionReport) -> Curve:
    """Return attention's cost from the baseline (or 1/16 of the length) to the length."""
    cost = report.cost
    other = cost.baseline or max(1, cost.context // 16)
    start, end = sorted((other, cost.context))
    if start == end:
        start = max(1, end // 16)
    lengths = sorted(
        {round(start * (end / start) ** (i / CURVE_POINTS)) for i in range(CURVE_POINTS + 1)}
    )
    points = []
    for n in lengths:
        ratio = attention_cost(cost.layers, n, start, cost.dtype, cost.causal).cost_ratio
        points.append((n, float(ratio or 1)))
    shape = report.request.shape
    whose = f" of {shape.name}" if shape else ""
    return Curve(f"Attention work{whose}\nagainst context length", start, end, tuple(points))
