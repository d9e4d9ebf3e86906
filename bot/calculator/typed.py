"""A calculation from sizes typed by name, told in the same words as a question in prose."""

from __future__ import annotations

from bot.calculator.attention_report import AttentionReport, attention_fields, attention_report
from bot.calculator.calculation import Calculation
from bot.calculator.charts import attention_chart, kv_chart
from bot.calculator.errors import CalculatorError
from bot.calculator.kv_report import kv_fields, kv_report
from bot.calculator.telling_attention import tell_flops, tell_ratio, tell_scores
from bot.calculator.telling_kv import tell_kv, tell_serving, untold
from bot.calculator.topics import topics
from bot.calculator.typed_request import Typed, attention_request, kv_request

KV = "kv"
ATTENTION = "attention"


_SHAPE = frozenset({"model", "layers", "heads", "kv_heads", "head_dim", "d_model", "window"})
_TAKES = {
    KV: _SHAPE
    | {"context", "users", "dtype", "block_size", "gpu", "gpus", "weights_dtype", "params"}
    | {"kv_lora_rank", "qk_rope_head_dim"},
    ATTENTION: _SHAPE - {"kv_heads"} | {"context", "baseline", "dtype"},
}
"""The sizes that each kind uses."""


def calculate(kind: str, typed: Typed) -> Calculation:
    """Return the calculation of `kind` (KV or ATTENTION); CalculatorError where it must refuse."""
    unused = [name for name in typed if name not in _TAKES[kind]]
    if unused:
        raise CalculatorError(
            f"That calculation would not use “{unused[0]}”: leave it out, or ask for it by itself."
        )
    return _kv(typed) if kind == KV else _attention(typed)


def _kv(typed: Typed) -> Calculation:
    report = kv_report(kv_request(typed))
    told = tell_serving(report, report.serving, topics("")) if report.serving else ""
    text = "\n\n".join(part for part in (tell_kv(report, topics("")), told) if part)
    return Calculation(
        kind="kv",
        inputs={"model": report.cache.shape.name, "context_tokens": report.cache.context},
        text=text,
        steps=report.steps,
        notes=untold(report),
        chart=kv_chart(report),
        fields=kv_fields(report),
    )


def _attention(typed: Typed) -> Calculation:
    report = attention_report(attention_request(typed, causal=False))
    return Calculation(
        kind="attention",
        inputs={"context_tokens": report.cost.context},
        text=_told(report),
        steps=report.steps,
        notes=report.notes,
        chart=attention_chart(report),
        fields=attention_fields(report),
    )


def _told(report: AttentionReport) -> str:
    if report.cost.baseline:
        return tell_ratio(report, None, "")
    parts = [tell_scores(report, typed=True)]
    if report.cost.flops_total:
        parts.append(tell_flops(report))
    return "\n\n".join(parts)
