"""What attention over n tokens costs: the score matrix in bytes, the work in FLOPs.

Convention: QK^T and AV are 2 x n^2 x width FLOPs each (a multiply and an add count as two), so
4 x n^2 x d_model a layer, where width is heads x head dim; halved when causal, which counts the
diagonal as half. A causal window of W costs W x n - W^2/2 pairs, equal to n^2/2 at W = n; a
window without the causal mask sees W//2 tokens on each side (Longformer's reading).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.calculator.errors import CalculatorError
from bot.calculator.shapes import AttentionLayers, LatentLayers, ModelShape
from bot.calculator.units import FP16, ElementType

# A fused kernel keeps one 32-bit log-sum-exp a row instead of the row (FlashAttention).
FUSED_ROW_BYTES = 4


@dataclass(frozen=True, slots=True)
class ScoreLayers:
    """`count` layers of scores; `heads`, `widths` (key plus value width) are 0 where unknown."""

    count: int
    heads: int
    widths: int
    window: int | None = None


@dataclass(frozen=True, slots=True)
class AttentionCost:
    """Sizes in bytes and FLOPs; None where a size that they need was not given.

    Per-layer values are those of the model's most expensive layer. `share` is attention's part
    of a forward pass, `window_saving` how many times cheaper the windows make it.
    """

    context: int
    baseline: int | None
    dtype: ElementType
    causal: bool
    layers: tuple[ScoreLayers, ...]
    score_bytes_per_head: int
    score_bytes_per_layer: int | None
    score_bytes_total: int | None
    fused_bytes_per_layer: int | None
    flops_per_layer: int | None
    flops_total: int | None
    cost_ratio: Fraction | None
    window_saving: Fraction | None
    share: Fraction | None


def attention_cost(
    layers: tuple[ScoreLayers, ...],
    context: int,
    baseline: int | None = None,
    dtype: ElementType = FP16,
    causal: bool = False,
    linear_flops_per_token: int = 0,
) -> AttentionCost:
    """Return the cost of attention over `context` tokens in one forward pass.

    `linear_flops_per_token` is the rest of the forward pass for one token, 0 if unknown.
    """
    widest = max(layers, key=lambda layer: _pairs_twice(context, layer.window, causal))
    head = _stored_entries(context, widest.window, causal) * dtype.bits // 8
    known_layers = all(layer.count for layer in layers)
    known_flops = known_layers and all(layer.widths for layer in layers)
    total = sum(_flops(layer, context, causal) for layer in layers) if known_flops else None
    return AttentionCost(
        context=context,
        baseline=baseline,
        dtype=dtype,
        causal=causal,
        layers=layers,
        score_bytes_per_head=head,
        score_bytes_per_layer=widest.heads * head if widest.heads else None,
        score_bytes_total=_score_total(layers, context, dtype, causal),
        fused_bytes_per_layer=widest.heads * context * FUSED_ROW_BYTES or None,
        flops_per_layer=widest.widths * _pairs_twice(context, widest.window, causal) or None,
        flops_total=total,
        cost_ratio=_ratio(layers, context, baseline, causal) if baseline else None,
        window_saving=_saving(layers, context, causal),
        share=_share(total, linear_flops_per_token * context),
    )


def score_layers(shape: ModelShape) -> tuple[ScoreLayers, ...]:
    """The layers of a model that compute scores; raises CalculatorError if it has none."""
    found: list[ScoreLayers] = []
    for group in shape.layers:
        if isinstance(group, AttentionLayers):
            widths = group.heads * (group.head_dim + group.value_width)
            found.append(ScoreLayers(group.count, group.heads, widths, group.window))
        elif isinstance(group, LatentLayers):
            widths = group.heads * (group.key_dim + group.value_dim)
            found.append(ScoreLayers(group.count, group.heads, widths))
    if not found:
        raise CalculatorError(
            f"{shape.name} has no attention layers, so there is no score matrix; "
            "its work grows linearly with length."
        )
    return tuple(found)


def linear_flops(shape: ModelShape) -> int:
    """FLOPs of one token outside the scores: 2 a weight it passes, or 24 x d_model^2 a layer."""
    if shape.active:
        return 2 * shape.active
    return 24 * shape.d_model**2 * shape.layer_count


def _pairs_twice(context: int, window: int | None, causal: bool) -> int:
    if window is None or window >= context:
        return context**2 if causal else 2 * context**2
    if causal:
        return 2 * window * context - window**2
    side = window // 2
    return 2 * (context * (2 * side + 1) - side * (side + 1))


def _stored_entries(context: int, window: int | None, causal: bool) -> int:
    if window is None or window >= context:
        return context**2
    return context * (window if causal else min(context, 2 * (window // 2) + 1))


def _flops(layer: ScoreLayers, context: int, causal: bool) -> int:
    return layer.count * layer.widths * _pairs_twice(context, layer.window, causal)


def _score_total(
    layers: tuple[ScoreLayers, ...], context: int, dtype: ElementType, causal: bool
) -> int | None:
    if not all(layer.count and layer.heads for layer in layers):
        return None
    entries = sum(
        layer.count * layer.heads * _stored_entries(context, layer.window, causal)
        for layer in layers
    )
    return entries * dtype.bits // 8


def _work(layers: tuple[ScoreLayers, ...], context: int, causal: bool) -> int:
    weights = [(layer.count or 1) * (layer.widths or 1) for layer in layers]
    return sum(
        weight * _pairs_twice(context, layer.window, causal)
        for weight, layer in zip(weights, layers, strict=True)
    )


def _ratio(layers: tuple[ScoreLayers, ...], context: int, baseline: int, causal: bool) -> Fraction:
    return Fraction(_work(layers, context, causal), _work(layers, baseline, causal))


def _saving(layers: tuple[ScoreLayers, ...], context: int, causal: bool) -> Fraction | None:
    if all(layer.window is None for layer in layers):
        return None
    full = tuple(ScoreLayers(layer.count, layer.heads, layer.widths) for layer in layers)
    return Fraction(_work(full, context, causal), _work(layers, context, causal))


def _share(attention: int | None, linear: int) -> Fraction | None:
    return Fraction(attention, attention + linear) if attention and linear else None
