"""Turn sizes typed by name (options, a slash command's fields) into calculator requests."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calculator.attention import ScoreLayers, linear_flops, score_layers
from bot.calculator.attention_report import AttentionRequest
from bot.calculator.errors import CalculatorError
from bot.calculator.kv_report import KvRequest
from bot.calculator.lengths import MAX_LENGTH, parse_length, parse_size, parse_users
from bot.calculator.names import resolve_gpu, resolve_model
from bot.calculator.shapes import ModelShape
from bot.calculator.typed_shape import TypedSizes, shape_from_sizes, with_what_ifs
from bot.calculator.units import FP16, ElementType, parse_dtype

MAX_GPUS = 1024

Typed = Mapping[str, str | None]

_SIZES = ("layers", "heads", "kv_heads", "head_dim", "d_model", "kv_lora_rank", "qk_rope_head_dim")


def kv_request(typed: Typed, config: ModelShape | None = None) -> KvRequest:
    """Return what is asked of a KV cache: the keys of `typed` are the command line's options.

    `config` is the shape of a config.json, where one was given instead of a model's name.
    Raises CalculatorError for a value it cannot use.
    """
    context = _context(typed)
    users = typed.get("users")
    block_size = typed.get("block_size")
    gpu = typed.get("gpu")
    gpus = typed.get("gpus")
    if gpus is not None and gpu is None:
        raise CalculatorError("Name the GPU too: the number of GPUs counts cards of one kind.")
    return KvRequest(
        shape=_shape(typed, config),
        context=context,
        users=parse_users(users) if users is not None else 1,
        dtype=_dtype(typed.get("dtype")),
        block_size=parse_size(block_size, "The block size") if block_size is not None else None,
        gpu=resolve_gpu(gpu) if gpu is not None else None,
        gpus=parse_size(gpus, "The number of GPUs", MAX_GPUS) if gpus is not None else 1,
        weights_dtype=_dtype(typed.get("weights_dtype")),
    )


def attention_request(
    typed: Typed, causal: bool, config: ModelShape | None = None
) -> AttentionRequest:
    """Return what is asked of attention; a shape is optional, the context is not."""
    context = _context(typed)
    baseline = typed.get("baseline")
    sizes = _sizes(typed)
    shape = _named_shape(typed, config)
    if shape is not None:
        shape = with_what_ifs(shape, sizes)
        layers, linear = score_layers(shape), linear_flops(shape)
    else:
        layers, linear = _typed_layers(sizes)
    return AttentionRequest(
        layers=layers,
        context=context,
        baseline=parse_length(baseline) if baseline is not None else None,
        dtype=_dtype(typed.get("dtype")),
        causal=causal,
        linear_flops_per_token=linear,
        shape=shape,
    )


def _context(typed: Typed) -> int:
    context = typed.get("context")
    if context is None:
        raise CalculatorError("Give the context, the number of tokens, for example 32K or 131072.")
    return parse_length(context)


def _shape(typed: Typed, config: ModelShape | None) -> ModelShape:
    sizes = _sizes(typed)
    shape = _named_shape(typed, config)
    return with_what_ifs(shape, sizes) if shape is not None else shape_from_sizes(sizes)


def _named_shape(typed: Typed, config: ModelShape | None) -> ModelShape | None:
    model = typed.get("model")
    if model is not None and config is not None:
        raise CalculatorError("Give either a model's name or a config.json, not both.")
    return resolve_model(model) if model is not None else config


def _sizes(typed: Typed) -> TypedSizes:
    read: dict[str, int] = {}
    for name in _SIZES:
        written = typed.get(name)
        if written is not None:
            read[name] = parse_size(written, f"--{name.replace('_', '-')}")
    window, parameters = typed.get("window"), typed.get("params")
    if window is not None:
        read["window"] = parse_length(window)
    if parameters is not None:
        read["parameters"] = _parameters(parameters)
    return TypedSizes(**read)


def _parameters(written: str) -> int:
    """Weights are counted in thousands: 70B is 70e9, 350M is 350e6."""
    plain = written.strip().lower()
    factors = {"k": 10**3, "m": 10**6, "b": 10**9}
    factor = factors.get(plain[-1:], 1)
    digits = plain[:-1] if factor > 1 else plain
    try:
        value = round(float(digits.replace(",", "")) * factor)
    except (ValueError, OverflowError):
        value = 0
    if not digits.isascii() or not 1 <= value <= 1000 * MAX_LENGTH:
        raise CalculatorError(f'"{written[:40]}" is not a number of weights; write it like 70B.')
    return value


def _typed_layers(sizes: TypedSizes) -> tuple[tuple[ScoreLayers, ...], int]:
    heads, width = sizes.heads or 0, sizes.d_model or 0
    if heads and width and not sizes.head_dim and width % heads:
        raise CalculatorError(
            f"A width of {width} cannot be shared evenly by {heads} heads; give --head-dim."
        )
    inner = heads * sizes.head_dim if heads and sizes.head_dim else width
    linear = 24 * width**2 * (sizes.layers or 0)
    return (ScoreLayers(sizes.layers or 0, heads, 2 * inner, sizes.window),), linear


def _dtype(written: str | None) -> ElementType:
    return parse_dtype(written) if written is not None else FP16
