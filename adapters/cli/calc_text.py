"""`seminar calc` results as text for people, at most 80 columns wide."""

from __future__ import annotations

import textwrap

from bot.calculator.attention_report import AttentionReport, plain_number
from bot.calculator.kv_report import KvReport
from bot.calculator.units import GB, GIB, short

WIDTH = 80
LABEL = 26


def kv_text(report: KvReport) -> str:
    """Lay out a KV cache report: a table of sizes, the working, the notes."""
    cache = report.cache
    heading = f"KV cache of {cache.shape.name}, {tokens(cache.context)}, {cache.dtype.name}"
    if cache.users > 1:
        heading += f", {cache.users:,} users"
    rows: list[tuple[str, int | None]] = [
        ("a token", cache.bytes_per_token),
        ("a sequence", cache.bytes_per_sequence),
        ("all users", cache.bytes_total),
    ]
    side = report.variants
    compared: list[tuple[str, int | None]] = [
        ("MHA", side.mha),
        (f"GQA ({side.gqa_kv_heads} KV heads)" if side.gqa else "GQA", side.gqa),
        ("MQA", side.mqa),
        ("its own heads, int8", side.int8),
        ("its own heads, int4", side.int4),
    ]
    lines = [*_wrapped(heading), "", *_table("", rows)]
    if any(size is not None for _, size in compared):
        lines += ["", *_table("side by side, all users", compared)]
    return "\n".join([*lines, *_explained(report.steps, report.notes)])


def attention_text(report: AttentionReport) -> str:
    """Lay out an attention report: a table of sizes, the working, the notes."""
    cost, shape = report.cost, report.request.shape
    mask = "causal" if cost.causal else "all pairs"
    heading = f"Attention over {tokens(cost.context)}, {cost.dtype.name}, {mask}"
    if shape:
        heading += f", {shape.name}"
    rows = [
        ("scores of one head", cost.score_bytes_per_head),
        ("scores of one layer", cost.score_bytes_per_layer),
        ("scores of all layers", cost.score_bytes_total),
        ("fused kernel, one layer", cost.fused_bytes_per_layer),
    ]
    lines = [*_wrapped(heading), "", *_table("", rows), ""]
    for label, flops in (("one layer", cost.flops_per_layer), ("all layers", cost.flops_total)):
        if flops is not None:
            lines.append(f"{label + ', FLOPs':<{LABEL}} {flops:,}")
    for label, ratio in (
        (f"against {cost.baseline or 0:,} tokens", cost.cost_ratio),
        ("saving of the window", cost.window_saving),
    ):
        if ratio is not None:
            lines.append(f"{label:<{LABEL}} {short(float(plain_number(ratio) or 0))} times")
    return "\n".join([*lines, *_explained(report.steps, report.notes)])


def tokens(count: int) -> str:
    """A number of tokens in words."""
    return f"{count:,} token{'' if count == 1 else 's'}"


def _table(title: str, rows: list[tuple[str, int | None]]) -> list[str]:
    lines = [f"{title:<{LABEL}} {'bytes':>25} {'GB (1e9)':>13} {'GiB (2^30)':>13}"]
    for label, size in rows:
        if size is None:
            lines.append(
                f"{label:<{LABEL}} {'does not apply':>25}"
                if title
                else f"{label:<{LABEL}} {'unknown':>25}"
            )
        else:
            lines.append(
                f"{label:<{LABEL}} {size:>25,} {short(size / GB):>13} {short(size / GIB):>13}"
            )
    return lines


def _explained(steps: tuple[str, ...], notes: tuple[str, ...]) -> list[str]:
    lines = ["", "Working"]
    for number, step in enumerate(steps, 1):
        lines += _wrapped(f"{number:>2}. {step}", indent=4)
    if notes:
        lines += ["", "Notes"]
        for note in notes:
            lines += _wrapped(f" -  {note}", indent=4)
    return lines


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False)
