"""Read a Hugging Face config.json into a model shape, refusing what it does not know.

Fields and their meaning are those of the transformers 5.24.0 configuration classes. A missing
field is a refusal that names it; only where the class is known to leave defaults out of
published files (Gemma 3) is the class's default used, and a note says so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.calculator.config_fields import Fields
from bot.calculator.config_readers import ENCODERS, MULTIMODAL, READERS
from bot.calculator.errors import CalculatorError
from bot.calculator.shapes import ModelShape

MAX_CONFIG_BYTES = 1_000_000


def read_config_file(path: Path) -> ModelShape:
    """Return the shape in a config.json file; raises CalculatorError in one sentence."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_CONFIG_BYTES + 1)
    except OSError as error:
        why = error.strerror or "unknown fault"
        raise CalculatorError(f"The config file {path} cannot be read: {why}.") from error
    if len(content) > MAX_CONFIG_BYTES:
        raise CalculatorError(f"The config is larger than {MAX_CONFIG_BYTES:,} bytes.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalculatorError(f"The config file {path} is not UTF-8 text.") from error
    return read_config(text)


def read_config(text: str) -> ModelShape:
    """Return the shape in the text of a config.json; raises CalculatorError in one sentence."""
    if len(text) > MAX_CONFIG_BYTES:
        raise CalculatorError(f"The config is larger than {MAX_CONFIG_BYTES:,} bytes.")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CalculatorError("That is not valid JSON; paste the whole config.json.") from error
    if not isinstance(data, dict):
        raise CalculatorError("A config.json must be a JSON object with a model_type.")
    return shape_of(data)


def shape_of(data: dict[str, Any]) -> ModelShape:
    """Return the shape of a parsed config."""
    kind = data.get("model_type")
    inner = data.get("text_config")
    if isinstance(inner, dict) and (kind in MULTIMODAL or kind is None):
        inner_kind = inner.get("model_type") or MULTIMODAL.get(str(kind), "")
        return shape_of({**inner, "model_type": inner_kind})
    if not isinstance(kind, str) or not kind:
        raise CalculatorError('The config has no "model_type", so its architecture is unknown.')
    if kind in ENCODERS or data.get("is_encoder_decoder") is True:
        raise CalculatorError(
            f'The model_type "{kind[:40]}" is an encoder or encoder-decoder; '
            "only decoder-only models are covered."
        )
    reader = READERS.get(kind)
    if reader is None:
        raise CalculatorError(
            f'The model_type "{kind[:40]}" is not one this calculator knows, '
            "and guessing its cache could be wrong."
        )
    return reader(Fields(kind, data))
