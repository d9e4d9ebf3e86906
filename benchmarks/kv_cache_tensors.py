"""Build real caches with transformers and record the bytes of their tensors.

Run `python -m benchmarks.kv_cache_tensors`. Each architecture is built on the meta device (shapes
without memory) at its real widths with just enough layers to show its pattern, one forward pass
fills its cache, and the tensors' sizes are written to tests/bot/calculator/data, where the
calculator's tests compare against them. Needs the `dev` extra (torch, transformers).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

DATA = Path(__file__).parent.parent / "tests" / "bot" / "calculator" / "data"
CONFIGS = DATA / "hf_configs.json"
RECORDED = DATA / "recorded_caches.json"

# Layers that show an architecture's whole pattern; longer than the window, so that it fills.
CASES = {
    "gpt-2-xl": (2, 1000),
    "opt-13b": (2, 1000),
    "llama-2-7b": (2, 1000),
    "llama-2-70b": (2, 1000),
    "llama-3.2-1b": (2, 1000),
    "mistral-7b-v0.1": (2, 5000),
    "mistral-7b-v0.3": (2, 5000),
    "mixtral-8x7b": (2, 1000),
    "falcon-7b": (2, 1000),
    "falcon-40b": (2, 1000),
    "gemma-2-9b": (2, 5000),
    "gemma-3-27b": (6, 2000),
    "qwen2.5-7b": (2, 1000),
    "qwen3-0.6b": (2, 1000),
    "qwen3-30b-a3b": (2, 1000),
    "phi-3-mini-128k": (2, 1000),
    "deepseek-v2": (2, 1000),
    "deepseek-v3": (2, 1000),
    "jamba-v0.1": (8, 1000),
    "mamba-2.8b": (2, 1000),
}


def record(config: dict[str, Any], layers: int, tokens: int) -> list[int]:
    """Return the cache bytes of each layer after `tokens` tokens, in bfloat16."""
    text = dict(config.get("text_config", config))
    kind = text.pop("model_type")
    text["n_layer" if "n_layer" in text else "num_hidden_layers"] = layers
    built = AutoConfig.for_model(kind, **text)
    built._attn_implementation = "eager"  # noqa: SLF001 - the public setting is ignored on meta
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(  # type: ignore[no-untyped-call]
            built, dtype=torch.bfloat16
        ).eval()
        ids = torch.zeros((1, tokens), dtype=torch.long)
        with torch.no_grad():
            out = model(input_ids=ids, use_cache=True)
    cache = getattr(out, "past_key_values", None)
    if cache is None:
        cache = out.cache_params
    return [layer_bytes(layer) for layer in cache.layers]


def layer_bytes(layer: object) -> int:
    """Return the bytes of the numbers that one layer of a cache holds, its counters left out."""
    total = 0
    for value in vars(layer).values():
        tensors = value.values() if isinstance(value, dict) else [value]
        kept = [t for t in tensors if isinstance(t, torch.Tensor) and t.is_floating_point()]
        total += sum(t.numel() * t.element_size() for t in kept)
    return total


def main() -> None:
    """Record every case and say what was written."""
    configs = json.loads(CONFIGS.read_text(encoding="utf-8"))
    rows: dict[str, dict[str, object]] = {}
    for name, (layers, tokens) in CASES.items():
        sizes = record(configs[name], layers, tokens)
        rows[name] = {"tokens": tokens, "layer_bytes": sizes}
        print(name, tokens, sizes)
    found = {"transformers": transformers.__version__, "dtype": "bfloat16", "caches": rows}
    RECORDED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
