"""One question about a KV cache answered whole: sizes, variants, blocks, GPU, working, notes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calculator.kv_cache import MIN_STATE_BITS, KvCache, kv_cache
from bot.calculator.kv_working import kv_steps, paging_steps
from bot.calculator.paging import Paging, paging
from bot.calculator.serving import Gpu, Serving, serving
from bot.calculator.serving_working import serving_notes, serving_steps
from bot.calculator.shapes import ModelShape
from bot.calculator.units import FP16, GB, GIB, INT4_GROUPED, ElementType, decimal
from bot.calculator.variants import Variants, variants


@dataclass(frozen=True, slots=True)
class KvRequest:
    """What was asked; `gpu` and `block_size` are optional."""

    shape: ModelShape
    context: int
    users: int = 1
    dtype: ElementType = FP16
    block_size: int | None = None
    gpu: Gpu | None = None
    gpus: int = 1
    weights_dtype: ElementType = FP16


@dataclass(frozen=True, slots=True)
class KvReport:
    """What came out; `pages` and `serving` are None where they were not asked for."""

    request: KvRequest
    cache: KvCache
    variants: Variants
    pages: Paging | None
    serving: Serving | None
    steps: tuple[str, ...]
    notes: tuple[str, ...]


def kv_report(request: KvRequest) -> KvReport:
    """Compute everything that `request` asks; raises CalculatorError where it must refuse."""
    cache = kv_cache(request.shape, request.context, request.users, request.dtype)
    side_by_side = variants(cache)
    pages = paging(cache, request.block_size) if request.block_size else None
    served = (
        serving(cache, request.gpu, request.gpus, request.weights_dtype) if request.gpu else None
    )
    steps = kv_steps(cache)
    notes = kv_notes(cache, side_by_side)
    if pages:
        steps += paging_steps(cache, pages)
    if served:
        steps += serving_steps(cache, served)
        notes += serving_notes(cache, served)
    return KvReport(request, cache, side_by_side, pages, served, steps, notes)


def kv_fields(report: KvReport) -> dict[str, object]:
    """Return the report as flat JSON fields: bytes are exact integers, None what was not asked."""
    cache, pages, served = report.cache, report.pages, report.serving
    side = report.variants
    return {
        "model": cache.shape.name,
        "source": cache.shape.source or None,
        "native_context": cache.shape.native_context,
        "context_tokens": cache.context,
        "users": cache.users,
        "dtype": cache.dtype.name,
        "bytes_per_token": cache.bytes_per_token,
        "bytes_per_sequence": cache.bytes_per_sequence,
        "kv_bytes_per_sequence": cache.kv_bytes,
        "state_bytes_per_sequence": cache.state_bytes,
        "bytes_total": cache.bytes_total,
        "gb_total": cache.bytes_total / GB,
        "gib_total": cache.bytes_total / GIB,
        "variants": {
            "mha": side.mha,
            "gqa": side.gqa,
            "mqa": side.mqa,
            "int8": side.int8,
            "int4": side.int4,
        },
        "block_size": pages.block_size if pages else None,
        "blocks": pages.blocks if pages else None,
        "slots": pages.slots if pages else None,
        "waste_slots": pages.waste_slots if pages else None,
        "bytes_total_in_blocks": pages.bytes_total if pages else None,
        **_serving_fields(served),
        "notes": list(report.notes),
        "steps": list(report.steps),
    }


def _serving_fields(served: Serving | None) -> dict[str, object]:
    prefill = served.prefill_seconds_bound if served else None
    return {
        "gpu": served.gpu.name if served else None,
        "gpus": served.cards if served else None,
        "gpu_memory_bytes": served.gpu.memory if served else None,
        "weights_bytes_per_gpu": served.weights_bytes if served else None,
        "cache_bytes_per_gpu": served.cache_bytes if served else None,
        "fits": served.fits if served else None,
        "max_context_tokens": served.max_context_tokens if served else None,
        "max_users": served.max_users if served else None,
        "tokens_per_s_bound": float(served.tokens_per_s_bound) if served else None,
        "prefill_seconds_bound": float(prefill) if prefill is not None else None,
    }


def native_note(shape: ModelShape, context: int) -> tuple[str, ...]:
    """Say that a length is beyond what the model was made for, if it is."""
    if shape.native_context is None or context <= shape.native_context:
        return ()
    return (
        f"Beyond the native window: {shape.name} is made for {shape.native_context:,} tokens, "
        f"so {context:,} is a what-if.",
    )


def kv_notes(cache: KvCache, side: Variants) -> tuple[str, ...]:
    """Say what a reader must know to read the numbers rightly."""
    shape = cache.shape
    notes = list(native_note(shape, cache.context))
    if any(group.window for group in shape.attention):
        notes.append(
            "Bytes a token count every layer; once a window is full, its layers stop growing."
        )
    if shape.recurrent:
        notes.append(
            f"The recurrent state is counted at {max(cache.dtype.bits, MIN_STATE_BITS)} bits a "
            "number; some libraries keep it in 32."
        )
    notes += _variant_notes(cache, side)
    return (*notes, *shape.notes)


def _variant_notes(cache: KvCache, side: Variants) -> list[str]:
    notes: list[str] = []
    if side.gqa is not None and not side.gqa_is_own:
        notes.append(
            f"{cache.shape.name} does not use GQA; its GQA variant is a what-if with "
            f"{side.gqa_kv_heads} KV heads."
        )
    if cache.shape.latent:
        notes.append("GQA and MQA do not apply to MLA, which keeps no K and V heads.")
    if side.int4 is not None:
        scaled = kv_cache(cache.shape, cache.context, cache.users, INT4_GROUPED).bytes_total
        notes.append(
            "int8 and int4 count the numbers alone. With a 16-bit scale and zero point for each "
            f"group of {INT4_GROUPED.group}, int4 takes {scaled:,} bytes ({decimal(scaled)})."
        )
    return notes
