"""An attention result in a few plain sentences of Markdown."""

from __future__ import annotations

from fractions import Fraction

from bot.calculator.attention import AttentionCost
from bot.calculator.attention_report import AttentionReport
from bot.calculator.reading import UnitPrice
from bot.calculator.units import FP32, decimal, exactly, short, sign


def tell_ratio(report: AttentionReport, price: UnitPrice | None, unpublished: str) -> str:
    """Say how many times the work is, and what grows more slowly."""
    cost = report.cost
    base, ratio = cost.baseline or 1, cost.cost_ratio or Fraction(1)
    length = Fraction(cost.context, base)
    said = [_squared(report, length, ratio)]
    if price:
        was, now = _priced(price.price, price.unit), _priced(price.price * ratio, price.unit)
        said.append(f"If {base:,} tokens cost {was}, then {cost.context:,} cost **{now}**.")
    said.append(
        f"Only QKᵀ and AV grow that fast: the projections and the MLP grow {times(length)} times, "
        "in step with the length."
    )
    if unpublished:
        low, high = sorted((length, ratio))
        said.append(
            f"No architecture of {unpublished} is published, so attention's share of its whole "
            f"work is unknown: a whole prompt costs between {times(low)} and {times(high)} times "
            f"as much to process, which is 1 to {times(high / low)} times as much a token."
        )
    return " ".join(said)


def tell_factor(factor: Fraction) -> str:
    """Say what a context so many times as long costs."""
    return (
        f"A context {times(factor)} times as long costs {times(factor)}² "
        f"{sign(factor, factor**2)} **{times(factor**2)} times** the attention work (QKᵀ and AV). "
        f"The projections, the MLP and the KV cache grow {times(factor)} times, in step with the "
        "length."
    )


def tell_cache_ratio(context: int, baseline: int) -> str:
    """Say that a full KV cache grows in step with length."""
    ratio = Fraction(context, baseline)
    return (
        f"The KV cache grows in step with length: {context:,} / {baseline:,} {sign(ratio)} "
        f"**{times(ratio)} times** the memory. Attention work over the same step grows "
        f"{times(ratio)}² {sign(ratio, ratio**2)} {times(ratio**2)} times. A sliding "
        "window or a recurrent state would grow less."
    )


def tell_scores(report: AttentionReport, typed: bool) -> str:
    """Say how big the score matrix is, and that a fused kernel never stores it.

    `typed`: the number type was asked for; otherwise fp32, as textbooks count, is said beside it.
    """
    cost, shape = report.cost, report.request.shape
    n, whose = cost.context, f" of {shape.name}" if shape else ""
    said = [
        f"At {n:,} tokens one head's score matrix{whose} has n² = **{n * n:,} entries** (a causal "
        f"mask leaves {n * (n + 1) // 2:,} pairs) and takes "
        f"**{exactly(cost.score_bytes_per_head)}** in {cost.dtype.name}{_in_fp32(cost, typed)}."
    ]
    heads = max(layer.heads for layer in cost.layers)
    if cost.score_bytes_per_layer is not None and heads > 1:
        said.append(f"{heads} heads make **{exactly(cost.score_bytes_per_layer)}** a layer.")
    if cost.score_bytes_total is not None:
        count = sum(layer.count for layer in cost.layers)
        if count > 1:
            said.append(f"All {count} layers' matrices: {decimal(cost.score_bytes_total)}.")
    said.append("A fused kernel such as FlashAttention computes the same without storing it.")
    return " ".join(said)


def tell_flops(report: AttentionReport) -> str:
    """Say the FLOPs of the scores and AV, their share, and what a window saves."""
    cost, shape = report.cost, report.request.shape
    whose = f" of {shape.name}" if shape else ""
    causal = "causal" if cost.causal else "without a causal mask"
    said: list[str] = []
    if cost.flops_per_layer is not None:
        said.append(
            f"At {cost.context:,} tokens QKᵀ and AV{whose} take {cost.flops_per_layer:,} FLOPs a "
            f"layer ({causal})."
        )
    if cost.flops_total is not None:
        said.append(f"All layers: **{short(cost.flops_total / 10**12)} TFLOPs**.")
    if cost.share is not None:
        said.append(
            f"That is about **{short(100 * float(cost.share))}%** of a forward pass"
            f"{_unmasked(cost, cost.share)}."
        )
    if cost.window_saving is not None:
        said.append(_saving(cost, cost.window_saving, causal))
    return " ".join(said)


def _unmasked(cost: AttentionCost, share: Fraction) -> str:
    """The share if a program computes the masked half as well; "" where there is no such half."""
    if not cost.causal or any(layer.window for layer in cost.layers):
        return ""
    return f", or {short(100 * float(2 * share / (1 + share)))}% if the masked half is computed too"


def _in_fp32(cost: AttentionCost, typed: bool) -> str:
    whole = cost.score_bytes_per_head * FP32.bits // cost.dtype.bits
    return "" if typed or cost.dtype == FP32 else f", {decimal(whole)} in {FP32.name}"


def _saving(cost: AttentionCost, saving: Fraction, causal: str) -> str:
    n, window = cost.context, min(layer.window or cost.context for layer in cost.layers)
    if window >= n:
        return f"A window of {window:,} tokens holds all {n:,}, so it saves nothing."
    said = (
        f"A window of {window:,} tokens makes attention over {n:,} tokens **{times(saving)} "
        f"times** cheaper ({causal})."
    )
    if not cost.causal:
        return said
    everywhere = all(layer.window for layer in cost.layers)
    why = "early tokens see few others anyway" if everywhere else "some layers have no window"
    return f"{said} That is less than {n:,} / {window:,} = {times(Fraction(n, window))}: {why}."


def times(ratio: Fraction) -> str:
    """Return a ratio as people say it."""
    return short(float(ratio))


def _priced(amount: Fraction, unit: str) -> str:
    number = short(float(amount))
    if unit == "X":
        return "X" if amount == 1 else f"{number} X"
    return f"{number} {unit}{'' if amount == 1 else 's'}" if unit else number


def _squared(report: AttentionReport, length: Fraction, ratio: Fraction) -> str:
    cost = report.cost
    n, base = f"{cost.context:,}", f"{cost.baseline or 1:,}"
    if any(layer.window for layer in cost.layers):
        return (
            f"From {base} to {n} tokens, with the windows counted, attention costs "
            f"**{times(ratio)} times** as much (full attention: {times(length**2)})."
        )
    return (
        f"{n} tokens are {times(length)} times {base}, so full attention costs {times(length)}² "
        f"{sign(length, ratio)} **{times(ratio)} times** as much."
    )
