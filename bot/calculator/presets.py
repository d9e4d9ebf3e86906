"""Read the tables of models, GPUs, refusals, families and words, once each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.calculator.serving import Gpu, gpu_from_table
from bot.calculator.shapes import AttentionLayers, LatentLayers, Layers, ModelShape, StateLayers

_KINDS: dict[str, type[AttentionLayers] | type[LatentLayers] | type[StateLayers]] = {
    "attention": AttentionLayers,
    "latent": LatentLayers,
    "recurrent": StateLayers,
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A published model: its shape and the names people call it."""

    shape: ModelShape
    hub: str
    aliases: tuple[str, ...]
    revision: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this model."""
        return tuple(n for n in (self.shape.name, self.hub, *self.aliases) if n)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A family of names that is understood and refused; `reason` has a `{name}` to fill."""

    kind: str
    pattern: re.Pattern[str]
    reason: str


@cache
def models() -> tuple[Preset, ...]:
    """All model presets, in the order of the file."""
    return tuple(_preset(row) for row in _table("models.toml")["model"])


@cache
def gpus() -> tuple[tuple[Gpu, tuple[str, ...]], ...]:
    """All GPUs with the names that mean each."""
    rows = _table("gpus.toml")["gpu"]
    return tuple((gpu_from_table(row), (row["name"], *row["aliases"])) for row in rows)


@cache
def refusals() -> tuple[Refusal, ...]:
    """All families of refused names."""
    rows = _table("refusals.toml")["refusal"]
    return tuple(Refusal(r["kind"], re.compile(r["pattern"]), r["reason"]) for r in rows)


@cache
def families() -> dict[str, Any]:
    """What is known of each Hugging Face model_type."""
    return _table("families.toml")


@cache
def topic_words() -> dict[str, re.Pattern[str]]:
    """The words of each topic that the door listens for."""
    rules = _table("topics.toml").items()
    return {name: re.compile("|".join(f"(?:{word})" for word in words)) for name, words in rules}


@cache
def filler_words(name: str) -> frozenset[str]:
    """The words that a request may have beside its sizes and names; `name` is a list's."""
    return frozenset(_table("fillers.toml")[name].split())


def _preset(row: dict[str, Any]) -> Preset:
    layers: list[Layers] = []
    for key, kind in _KINDS.items():
        layers.extend(kind(**group) for group in row.get(key, ()))
    shape = ModelShape(
        name=row["name"],
        layers=tuple(layers),
        d_model=row["d_model"],
        native_context=row.get("native_context"),
        parameters=row["parameters"],
        active=row.get("active", row["parameters"]),
        source=f"{row['source']} ({row['revision']})",
        notes=tuple(row.get("notes", ())),
    )
    return Preset(shape, row.get("hub", ""), tuple(row.get("aliases", ())), row["revision"])


def _table(name: str) -> dict[str, Any]:
    text = resources.files("bot.calculator").joinpath("presets", name).read_text(encoding="utf-8")
    return tomllib.loads(text)
