"""A calculation set beside its alternatives, as a Markdown table; empty where there are none."""

from __future__ import annotations

from fractions import Fraction

from bot.calculator.calculation import Calculation
from bot.calculator.units import decimal

TECHNIQUES = {
    "mha": "MHA, a KV head for each query head",
    "gqa": "GQA, query heads share KV heads",
    "mqa": "MQA, one KV head",
    "int8": "its own heads in int8",
    "int4": "its own heads in int4",
}
LENGTHS = (4_096, 8_192, 32_768, 131_072, 1_048_576)


def compared(made: Calculation) -> str:
    """Return the table: a KV cache under each technique, or attention at other lengths."""
    variants = made.fields.get("variants")
    if isinstance(variants, dict):
        return _techniques(variants, _whole(made, "bytes_total"))
    if made.kind in ("attention", "ratio") and _whole(made, "context_tokens"):
        return _lengths(_whole(made, "context_tokens"))
    return ""


def _techniques(variants: dict[str, int | None], own: int) -> str:
    rows = [
        f"| {words} | {decimal(size)} | {_times(Fraction(size, own))} |"
        for name, words in TECHNIQUES.items()
        if (size := variants.get(name)) is not None
    ]
    return "\n".join(("| Technique | KV cache | Against this |", "|---|---|---|", *rows))


def _lengths(context: int) -> str:
    rows = [
        f"| {length:,} tokens | {_times(Fraction(length, context) ** 2)} "
        f"| {_times(Fraction(length, context))} |"
        for length in sorted({*LENGTHS, context})
    ]
    head = ("| Length | Scores and AV | Projections and MLP |", "|---|---|---|")
    return "\n".join((*head, *rows))


def _times(ratio: Fraction) -> str:
    return f"{float(ratio):,.4g}×"


def _whole(made: Calculation, name: str) -> int:
    value = made.fields.get(name, made.inputs.get(name))
    return value if isinstance(value, int) else 0
