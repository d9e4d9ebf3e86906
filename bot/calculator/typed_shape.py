"""Make a model shape from the sizes a person typed one by one, and from what-ifs on a model."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.calculator.errors import CalculatorError
from bot.calculator.shapes import AttentionLayers, LatentLayers, Layers, ModelShape


@dataclass(frozen=True, slots=True)
class TypedSizes:
    """What was typed; None where it was not."""

    layers: int | None = None
    heads: int | None = None
    kv_heads: int | None = None
    head_dim: int | None = None
    d_model: int | None = None
    window: int | None = None
    kv_lora_rank: int | None = None
    qk_rope_head_dim: int | None = None
    parameters: int | None = None


def shape_from_sizes(typed: TypedSizes) -> ModelShape:
    """Return the shape of typed sizes; raises CalculatorError naming what is missing."""
    if typed.layers is None:
        raise CalculatorError("Give a model by name, a config, or the sizes: --layers is missing.")
    group: Layers
    if typed.kv_lora_rank is None and typed.qk_rope_head_dim is None:
        group = _attention(typed, typed.layers)
    else:
        group = _latent(typed, typed.layers)
    return ModelShape(
        name="this shape",
        layers=(group,),
        d_model=typed.d_model or (typed.heads or 0) * (typed.head_dim or 0),
        parameters=typed.parameters or 0,
        active=typed.parameters or 0,
        source="the sizes given",
    )


def with_what_ifs(shape: ModelShape, typed: TypedSizes) -> ModelShape:
    """Return a model with other KV heads or another window, noted as a what-if.

    Raises CalculatorError for sizes that would make it another model altogether.
    """
    others = (typed.layers, typed.heads, typed.head_dim, typed.d_model, typed.kv_lora_rank)
    if any(size is not None for size in (*others, typed.qk_rope_head_dim)):
        raise CalculatorError(
            "Give either a model or its sizes: only the KV heads and the window of a known model "
            "can be changed."
        )
    if typed.kv_heads is None and typed.window is None:
        return _weighed(shape, typed)
    if not shape.attention:
        raise CalculatorError(f"{shape.name} has no KV heads or window to change.")
    layers = tuple(_changed(group, typed) for group in shape.layers)
    changes = [f"{typed.kv_heads} KV heads"] if typed.kv_heads else []
    changes += [f"a window of {typed.window:,} tokens"] if typed.window else []
    note = f"A what-if: {shape.name} with {' and '.join(changes)} in every attention layer."
    return _weighed(replace(shape, layers=layers, notes=(note, *shape.notes)), typed)


def _changed(group: Layers, typed: TypedSizes) -> Layers:
    if not isinstance(group, AttentionLayers):
        return group
    return replace(
        group, kv_heads=typed.kv_heads or group.kv_heads, window=typed.window or group.window
    )


def _weighed(shape: ModelShape, typed: TypedSizes) -> ModelShape:
    if typed.parameters is None:
        return shape
    return replace(shape, parameters=typed.parameters, active=typed.parameters)


def _attention(typed: TypedSizes, layers: int) -> AttentionLayers:
    kv_heads = typed.kv_heads or typed.heads
    if kv_heads is None:
        raise CalculatorError("The number of KV heads is missing: give --kv-heads or --heads.")
    return AttentionLayers(
        layers, typed.heads or 0, kv_heads, typed.head_dim or _head_dim(typed), typed.window
    )


def _head_dim(typed: TypedSizes) -> int:
    if typed.d_model is None or typed.heads is None:
        raise CalculatorError("The head dimension is missing: give --head-dim.")
    if typed.d_model % typed.heads:
        raise CalculatorError(
            f"A width of {typed.d_model} cannot be shared evenly by {typed.heads} heads; "
            "give --head-dim."
        )
    return typed.d_model // typed.heads


def _latent(typed: TypedSizes, layers: int) -> LatentLayers:
    if typed.kv_lora_rank is None:
        raise CalculatorError("MLA also needs --kv-lora-rank, the width of its compressed vector.")
    if typed.qk_rope_head_dim is None:
        raise CalculatorError("MLA also needs --qk-rope-head-dim, the width of its rotary part.")
    if typed.window is not None:
        raise CalculatorError("MLA layers with a window are not covered; leave out --window.")
    width = typed.head_dim or 0
    return LatentLayers(
        layers, typed.heads or 0, typed.kv_lora_rank, typed.qk_rope_head_dim, width, width
    )
