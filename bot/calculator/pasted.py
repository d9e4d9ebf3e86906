"""Find a config.json pasted into a chat message."""

from __future__ import annotations

import json
from typing import Any

from bot.calculator.config_json import MAX_CONFIG_BYTES
from bot.calculator.errors import CalculatorError

_MARK = '"model_type"'


def pasted_config(text: str) -> tuple[dict[str, Any] | None, str]:
    """Return the config in `text` and the text around it; (None, text) if there is none.

    Raises CalculatorError for a config that is too long or broken.
    """
    start = text.find("{")
    if start < 0 or _MARK not in text[:MAX_CONFIG_BYTES]:
        return None, text
    if len(text) > MAX_CONFIG_BYTES:
        raise CalculatorError(f"The config is larger than {MAX_CONFIG_BYTES:,} bytes.")
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise CalculatorError("The pasted config is not valid JSON; paste it whole.") from error
    return data, f"{text[:start]} {text[end:]}"
