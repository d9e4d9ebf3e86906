"""Resolve the names people type ("llama2-70b") to models and GPUs; near misses suggest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz, process

from bot.calculator.errors import CalculatorError
from bot.calculator.presets import gpus, models, refusals
from bot.calculator.serving import Gpu
from bot.calculator.shapes import ModelShape
from bot.words import either

MAX_NAME = 100
MAX_SUGGESTIONS = 4
NEAR = 70

_PART = re.compile(r"[a-z]+|\d+", re.ASCII)
# Words that name a tuning or a packing of a model, not another architecture.
_DROPPED = frozenset(
    (
        *("meta", "hf", "chat", "instruct", "it", "pt", "base", "text", "model", "the"),
        *("awq", "gptq", "gguf", "exl2", "nvidia", "geforce", "gpu", "card"),
    )
)


def canonical(name: str) -> str:
    """Write a name as words and numbers: "meta-llama/Llama-2-70b-hf" -> "llama 2 70 b"."""
    tail = name.lower().rsplit("/", 1)[-1]
    parts: list[str] = _PART.findall(tail)
    kept = [part for part in parts if part not in _DROPPED]
    return " ".join(kept or parts)


def resolve_model(name: str) -> ModelShape:
    """Return the model called `name`.

    Raises CalculatorError: an unpublished or encoder-only model with the reason, an ambiguous
    or unknown name with the nearest ones.
    """
    typed = _typed(name, "model")
    key = canonical(typed)
    shape = known_models().get(key)
    if shape is not None:
        return shape
    reason = refusal(typed)
    if reason:
        raise CalculatorError(reason)
    family = [p.shape.name for p in models() if canonical(p.shape.name).startswith(f"{key} ")]
    if family:
        raise CalculatorError(f'"{typed}" could be {either(family)}; say which.')
    near = _nearest(key, {canonical(p.shape.name): p.shape.name for p in models()})
    if near:
        raise CalculatorError(
            f'I know no model called "{typed}": did you mean {either(near)}, '
            "or can you give its Hugging Face config.json?"
        )
    raise CalculatorError(
        f'I know no model called "{typed}"; give its Hugging Face config.json, or a model such as '
        "Llama 3.1 8B."
    )


def refusal(name: str, kinds: Iterable[str] = ()) -> str:
    """Return why a known name is refused, or "" if it is not; `kinds` limits the reasons."""
    key = canonical(name)
    wanted = set(kinds)
    for rule in refusals():
        if rule.pattern.fullmatch(key) and (not wanted or rule.kind in wanted):
            return rule.reason.format(name=name.strip())
    return ""


def resolve_gpu(name: str) -> Gpu:
    """Return the GPU called `name`; raises CalculatorError with the nearest names."""
    typed = _typed(name, "GPU")
    key = canonical(typed)
    known = known_gpus()
    if key in known:
        return known[key]
    near = _nearest(key, {k: gpu.name for k, gpu in known.items()})
    hint = either(near or [gpu.name for gpu, _ in gpus()])
    raise CalculatorError(f'I know no GPU called "{typed}"; did you mean {hint}?')


def suggest_models(typed: str, limit: int = 25) -> list[str]:
    """Return model names for an autocomplete box, best first; all of them for nothing typed."""
    names = [preset.shape.name for preset in models()]
    key = canonical(typed[:MAX_NAME])
    if not key:
        return names[:limit]
    starts = [name for name in names if key in canonical(name)]
    others = {canonical(n): n for n in names if n not in starts}
    rest = process.extract(key, others.keys(), scorer=fuzz.partial_ratio, limit=limit)
    return (starts + [others[k] for k, score, _ in rest if score >= NEAR])[:limit]


@cache
def known_models() -> dict[str, ModelShape]:
    """Every canonical name and its model."""
    return {canonical(name): p.shape for p in models() for name in p.names}


@cache
def known_gpus() -> dict[str, Gpu]:
    """Every canonical name and its GPU."""
    return {canonical(name): gpu for gpu, names in gpus() for name in names}


def _typed(name: str, what: str) -> str:
    typed = "".join(c for c in name if c.isprintable()).strip()
    if not typed:
        raise CalculatorError(f"Give the name of a {what}.")
    if len(typed) > MAX_NAME:
        raise CalculatorError(f"That {what} name is longer than {MAX_NAME} characters.")
    return typed


def _nearest(key: str, names: dict[str, str]) -> list[str]:
    # Word order and spacing are already alike, so plain edit distance ranks best.
    found = process.extract(key, names.keys(), scorer=fuzz.ratio, limit=3 * MAX_SUGGESTIONS)
    near = [names[k] for k, score, _ in found if score >= NEAR]
    return list(dict.fromkeys(near))[:MAX_SUGGESTIONS]
