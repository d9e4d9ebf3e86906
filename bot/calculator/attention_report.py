"""One question about attention answered whole: score matrix, FLOPs, ratio, working, notes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.calculator.attention import AttentionCost, ScoreLayers, attention_cost
from bot.calculator.attention_working import attention_notes, attention_steps
from bot.calculator.kv_report import native_note
from bot.calculator.shapes import ModelShape
from bot.calculator.units import FP16, ElementType


@dataclass(frozen=True, slots=True)
class AttentionRequest:
    """What was asked. `shape` is None where only sizes, or nothing but lengths, were given."""

    layers: tuple[ScoreLayers, ...]
    context: int
    baseline: int | None = None
    dtype: ElementType = FP16
    causal: bool = False
    linear_flops_per_token: int = 0
    shape: ModelShape | None = None


@dataclass(frozen=True, slots=True)
class AttentionReport:
    """What came out."""

    request: AttentionRequest
    cost: AttentionCost
    steps: tuple[str, ...]
    notes: tuple[str, ...]


def attention_report(request: AttentionRequest) -> AttentionReport:
    """Compute everything that `request` asks."""
    cost = attention_cost(
        request.layers,
        request.context,
        request.baseline,
        request.dtype,
        request.causal,
        request.linear_flops_per_token,
    )
    notes = attention_notes(cost)
    if request.shape:
        notes = (*native_note(request.shape, request.context), *notes, *request.shape.notes)
    return AttentionReport(request, cost, attention_steps(cost), notes)


def attention_fields(report: AttentionReport) -> dict[str, object]:
    """Return the report as flat JSON fields; None where a needed size was not given."""
    cost, shape = report.cost, report.request.shape
    return {
        "model": shape.name if shape else None,
        "source": (shape.source or None) if shape else None,
        "native_context": shape.native_context if shape else None,
        "context_tokens": cost.context,
        "baseline_tokens": cost.baseline,
        "dtype": cost.dtype.name,
        "causal": cost.causal,
        "score_bytes_per_head": cost.score_bytes_per_head,
        "score_bytes_per_layer": cost.score_bytes_per_layer,
        "score_bytes_total": cost.score_bytes_total,
        "fused_bytes_per_layer": cost.fused_bytes_per_layer,
        "flops_per_layer": cost.flops_per_layer,
        "flops_total": cost.flops_total,
        "cost_ratio": plain_number(cost.cost_ratio),
        "window_saving": plain_number(cost.window_saving),
        "share_of_forward": plain_number(cost.share),
        "notes": list(report.notes),
        "steps": list(report.steps),
    }


def plain_number(value: Fraction | None) -> int | float | None:
    """Return a whole number as an int, any other as a float."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
