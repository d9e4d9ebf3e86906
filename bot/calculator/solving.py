"""Choose the calculation that a question asks for, make it, and put it in words."""

from __future__ import annotations

from fractions import Fraction

from bot.calculator import intents
from bot.calculator.asking import Question
from bot.calculator.attention import ScoreLayers, linear_flops, score_layers
from bot.calculator.attention_report import (
    AttentionReport,
    AttentionRequest,
    attention_fields,
    attention_report,
)
from bot.calculator.budget import budget
from bot.calculator.calculation import Calculation
from bot.calculator.charts import attention_chart, kv_chart
from bot.calculator.errors import CalculatorError
from bot.calculator.kinds import kind
from bot.calculator.kv_report import KvReport, KvRequest, kv_fields, kv_report
from bot.calculator.leftovers import refuse_unused
from bot.calculator.lesson_sums import SUMS
from bot.calculator.shapes import ModelShape
from bot.calculator.telling_attention import (
    tell_cache_ratio,
    tell_factor,
    tell_flops,
    tell_ratio,
    tell_scores,
)
from bot.calculator.telling_kv import tell_beside, tell_kv, tell_serving, untold
from bot.calculator.topics import length_factor
from bot.calculator.units import FP16


def solve(question: Question, *, whole: bool = False) -> Calculation | None:
    """Return the calculation asked for; None where the question asks for no number.

    Raises CalculatorError where a number was asked for and cannot honestly be given, and with
    `whole` where anything in the question would not be used.
    """
    if question.about.explains:
        return None
    for kind_ in _KINDS:
        if kind_.asks(question):
            if question.reading.fault:
                raise CalculatorError(question.reading.fault)
            if whole:
                refuse_unused(question, kind_)
            return kind_.make(question)
    return None


def _cache(q: Question) -> Calculation:
    shape = q.require_shape() if q.names_a_shape else _ask_for_model(q)
    report = kv_report(_kv_request(q, shape))
    other = min(q.reading.lengths) if len(q.reading.lengths) > 1 else None
    beside, more = _beside(q, report)
    return Calculation(
        kind="kv",
        inputs=_kv_inputs(q, shape),
        text=" ".join((tell_kv(report, q.about, other), *beside)),
        steps=(*report.steps, *more),
        notes=untold(report),
        chart=kv_chart(report),
        fields=kv_fields(report),
    )


def _beside(q: Question, report: KvReport) -> tuple[list[str], list[str]]:
    """What the other models named take, in words and in steps; a refusal is said as it is."""
    said: list[str] = []
    steps: list[str] = []
    for mention in q.reading.others:
        try:
            other = kv_report(_kv_request(q, mention.require()))
        except CalculatorError as refused:
            said.append(str(refused))
            continue
        said.append(tell_beside(other, report))
        steps += [f"{other.cache.shape.name}: {step}" for step in other.steps]
    return said, steps


def _budget(q: Question) -> Calculation:
    context = max(q.reading.lengths, default=None)
    dtype = q.reading.dtypes[0] if q.reading.dtypes else FP16
    return budget(q.require_shape(), q.reading.memory or 0, context, dtype)


def _serving(q: Question) -> Calculation:
    shape = q.require_shape()
    report = kv_report(_kv_request(q, shape))
    if report.serving is None:
        raise CalculatorError("Name a GPU, for example A100 80GB or H100.")
    return Calculation(
        kind="serving",
        inputs=_kv_inputs(q, shape),
        text=tell_serving(report, report.serving, q.about),
        steps=report.steps,
        notes=report.notes,
        chart=kv_chart(report),
        fields=kv_fields(report),
    )


def _scores(q: Question) -> Calculation:
    report = _attention(q, q.reading.lengths[0])
    return _attention_result("attention", report, tell_scores(report, bool(q.reading.dtypes)))


def _flops(q: Question) -> Calculation:
    if q.unpublished and not q.reading.window and not q.reading.sizes:
        q.require_shape()  # it says why there is none; a window's saving needs none
    report = _attention(q, max(q.reading.lengths), causal=bool(q.reading.model or q.reading.window))
    return _attention_result("attention", report, tell_flops(report))


def _ratio(q: Question) -> Calculation:
    price = q.reading.price
    lengths = list(q.reading.lengths)
    base = price.length if price else min(lengths)
    other = next((n for n in lengths if n != base), base)
    report = _attention(q, other, base)
    return _attention_result("ratio", report, tell_ratio(report, price, _shown(q.unpublished)))


def _cache_ratio(q: Question) -> Calculation:
    base, context = min(q.reading.lengths), max(q.reading.lengths)
    step = f"{context:,} / {base:,} = {float(Fraction(context, base)):g} times the tokens."
    inputs: dict[str, object] = {"context_tokens": context, "baseline_tokens": base}
    return Calculation("kv_ratio", inputs, tell_cache_ratio(context, base), (step,), ())


def _factor(q: Question) -> Calculation:
    factor = Fraction(length_factor(q.text))
    step = f"({float(factor):g} × n)² = {float(factor**2):g} × n²."
    return Calculation("ratio", {"factor": float(factor)}, tell_factor(factor), (step,), ())


def _attention(
    q: Question, context: int, baseline: int | None = None, causal: bool = False
) -> AttentionReport:
    shape = None if q.unpublished else _optional_shape(q)
    if shape:
        layers, linear = score_layers(shape), linear_flops(shape)
    else:
        layers, linear = _typed_layers(q), 0
    if q.reading.window:
        layers = tuple(ScoreLayers(g.count, g.heads, g.widths, q.reading.window) for g in layers)
    dtype = q.reading.dtypes[0] if q.reading.dtypes else FP16
    request = AttentionRequest(layers, context, baseline, dtype, causal, linear, shape)
    return attention_report(request)


def _optional_shape(q: Question) -> ModelShape | None:
    return q.require_shape() if q.shape or q.reading.model else None


def _typed_layers(q: Question) -> tuple[ScoreLayers, ...]:
    sizes = q.reading.sizes
    width = sizes.get("d_model") or sizes.get("heads", 0) * sizes.get("head_dim", 0)
    return (ScoreLayers(sizes.get("layers", 0), sizes.get("heads", 0), 2 * width),)


def _attention_result(kind: str, report: AttentionReport, text: str) -> Calculation:
    cost = report.cost
    inputs: dict[str, object] = {"context_tokens": cost.context}
    if cost.baseline:
        inputs["baseline_tokens"] = cost.baseline
    if report.request.shape:
        inputs["model"] = report.request.shape.name
    return Calculation(
        kind,
        inputs,
        text,
        report.steps,
        report.notes,
        attention_chart(report),
        attention_fields(report),
    )


def _kv_request(q: Question, shape: ModelShape) -> KvRequest:
    reading = q.reading
    grows = bool(shape.growing)
    context = max(reading.lengths, default=shape.native_context if grows else 1)
    context = context or (1 if q.about.per_token else None)
    if not context:
        raise CalculatorError(f"Say how many tokens of context {shape.name} should hold.")
    return KvRequest(
        shape=shape,
        context=context,
        users=reading.users or 1,
        dtype=reading.dtypes[0] if reading.dtypes else FP16,
        block_size=reading.sizes.get("block_size") if grows else None,
        gpu=reading.gpu.gpu if reading.gpu else None,
        gpus=reading.gpu.cards if reading.gpu else 1,
    )


def _kv_inputs(q: Question, shape: ModelShape) -> dict[str, object]:
    request = _kv_request(q, shape)
    inputs: dict[str, object] = {
        "model": shape.name,
        "context_tokens": request.context,
        "users": request.users,
        "dtype": request.dtype.name,
    }
    if request.gpu:
        inputs |= {"gpu": request.gpu.name, "gpus": request.gpus}
    return inputs


def _ask_for_model(q: Question) -> ModelShape:
    n = q.reading.lengths[0]
    raise CalculatorError(
        f"A KV cache of {n:,} tokens depends on the model; name one, such as Llama 2 70B, or give "
        "its layers, KV heads and head dimension."
    )


def _shown(name: str) -> str:
    """A name as typed, or with capitals where it was typed in small letters."""
    if not name.islower():
        return name
    return name.replace("gpt", "GPT") if name.startswith("gpt") else name.title()


_CACHE = "model shape others lengths users dtypes block_size techniques"
_ATTENTION = "model shape lengths window dtypes"

_KINDS = (
    *SUMS,
    kind(intents.asks_serving, _serving, "model shape lengths users dtypes gpu block_size"),
    kind(intents.asks_budget, _budget, "model shape lengths dtypes memory"),
    kind(intents.asks_scores, _scores, _ATTENTION),
    kind(intents.asks_window, _flops, _ATTENTION),
    kind(intents.asks_ratio, _ratio, f"{_ATTENTION} price", lengths=2),
    kind(intents.asks_cache_ratio, _cache_ratio, "lengths techniques", lengths=2),
    kind(
        intents.asks_cache,
        _cache,
        "model shape others lengths users dtypes block_size techniques",
        2,
    ),
    kind(intents.asks_flops, _flops, _ATTENTION),
    kind(intents.asks_factor, _factor, "factor"),
)
