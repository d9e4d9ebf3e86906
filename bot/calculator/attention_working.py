"""The working of an attention calculation: one sentence a step, each multiplication shown."""

from __future__ import annotations

from fractions import Fraction

from bot.calculator.attention import AttentionCost, ScoreLayers
from bot.calculator.units import exactly, short, sign


def attention_steps(cost: AttentionCost) -> tuple[str, ...]:
    """Say how the score matrix, the FLOPs and the ratio come about."""
    steps = [_score_matrix(cost)]
    if cost.score_bytes_per_layer is not None and _widest(cost).heads > 1:
        heads = _widest(cost).heads
        steps.append(
            f"One layer has {heads:,} heads: {heads:,} × {cost.score_bytes_per_head:,} = "
            f"{exactly(cost.score_bytes_per_layer)}."
        )
    if cost.score_bytes_total is not None:
        steps.append(f"{_all_layers(cost)}: {exactly(cost.score_bytes_total)}.")
    if cost.fused_bytes_per_layer is not None:
        steps.append(
            "A fused kernel (FlashAttention) never stores the matrix: it keeps one 4-byte number "
            f"a row and head, {exactly(cost.fused_bytes_per_layer)} a layer."
        )
    steps += _flops(cost)
    if cost.cost_ratio is not None and cost.baseline is not None:
        steps.append(_ratio(cost, cost.baseline))
    if cost.window_saving is not None:
        steps.append(
            f"The window makes the scores {short(float(cost.window_saving))} times cheaper."
        )
    if cost.share is not None:
        percent = short(100 * float(cost.share))
        steps.append(f"Scores and AV are about {percent}% of the forward pass at this length.")
    return tuple(steps)


def attention_notes(cost: AttentionCost) -> tuple[str, ...]:
    """Say which convention was counted and what the numbers leave out."""
    n = cost.context
    notes: list[str] = []
    if cost.flops_per_layer is not None:
        notes.append(
            "FLOPs count QKᵀ and AV: 4 × n² × d_model a layer, "
            + (
                "halved because a causal token sees only earlier ones "
                f"({n * (n + 1) // 2:,} pairs)."
                if cost.causal
                else f"for all n² pairs; causal work is half ({n * (n + 1) // 2:,} pairs)."
            )
        )
    if cost.cost_ratio is not None:
        notes.append(
            "The ratio is that of scores and AV alone; projections and MLP grow in step with "
            "length."
        )
    if cost.score_bytes_total is not None:
        notes.append(
            "Layers run one after another, so inference holds one layer's scores at a time."
        )
    return tuple(notes)


def _widest(cost: AttentionCost) -> ScoreLayers:
    return max(cost.layers, key=lambda layer: min(layer.window or cost.context, cost.context))


def _score_matrix(cost: AttentionCost) -> str:
    n, window = cost.context, _widest(cost).window
    width = cost.dtype.width
    if window is None or window >= n:
        return (
            f"One head's score matrix: {n:,} × {n:,} = {n * n:,} entries × {width} "
            f"({cost.dtype.name}) = {exactly(cost.score_bytes_per_head)}."
        )
    seen = cost.score_bytes_per_head * 8 // cost.dtype.bits // n
    return (
        f"One head's band of scores: {n:,} × {seen:,} = {n * seen:,} entries × {width} "
        f"({cost.dtype.name}) = {exactly(cost.score_bytes_per_head)}."
    )


def _all_layers(cost: AttentionCost) -> str:
    count = sum(layer.count for layer in cost.layers)
    if len(cost.layers) == 1 and cost.score_bytes_per_layer is not None:
        return f"All {count} layers: {count} × {cost.score_bytes_per_layer:,}"
    return f"All {count} layers, windows counted"


def _flops(cost: AttentionCost) -> list[str]:
    if cost.flops_per_layer is None:
        return []
    layer, n = _widest(cost), cost.context
    factor = 1 if cost.causal else 2
    if layer.window is None or layer.window >= n:
        work = f"{factor} × {n:,}² × {layer.widths:,} (key and value widths of all heads)"
    else:
        work = f"the pairs inside a window of {layer.window:,} × {layer.widths:,}"
    steps = [f"QKᵀ and AV in one layer: {work} = {cost.flops_per_layer:,} FLOPs."]
    if cost.flops_total is not None and sum(layer.count for layer in cost.layers) > 1:
        count = sum(layer.count for layer in cost.layers)
        steps.append(f"All {count} layers: {cost.flops_total:,} FLOPs.")
    return steps


def _ratio(cost: AttentionCost, baseline: int) -> str:
    ratio = cost.cost_ratio or Fraction(0)
    shown = short(float(ratio))
    if all(layer.window is None for layer in cost.layers):
        exact = Fraction(cost.context, baseline)
        length = short(float(exact))
        return (
            f"{cost.context:,} / {baseline:,} {sign(exact)} {length}, and {length}² "
            f"{sign(exact, ratio)} {shown} times the work."
        )
    return f"From {baseline:,} to {cost.context:,} tokens, windows counted: {shown} times the work."
