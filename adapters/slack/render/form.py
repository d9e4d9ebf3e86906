"""A form as a Slack modal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.slack import words
from adapters.slack.render.text import Block, clip, plain_text
from bot.replies import Form, TextField

CALLBACK = "seminar_form"
VALUE = "value"
MAX_TITLE = 24
MAX_LABEL = 2000
MAX_PLACEHOLDER = 150
MAX_INPUT = 3000
MAX_METADATA = 3000


def form(form: Form, metadata: str) -> Block:
    """Return the modal of a form; `metadata` comes back with what was written."""
    if len(metadata) > MAX_METADATA:
        raise ValueError(f"private_metadata of {len(metadata)} characters")
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(form.title, MAX_TITLE),
        "submit": plain_text(form.submit, MAX_TITLE),
        "close": plain_text(words.CLOSE, MAX_TITLE),
        "private_metadata": metadata,
        "blocks": [_input(field) for field in form.fields],
    }


def blank(view: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields of a modal sent off that want words and got none."""
    written = view["state"]["values"]
    wanted = [field["block_id"] for field in view["blocks"] if not field.get("optional")]
    return [name for name in wanted if not (written[name][VALUE].get("value") or "").strip()]


def _input(field: TextField) -> Block:
    most = max(1, min(field.max_length, MAX_INPUT))
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": field.long,
        "max_length": most,
    }
    if field.placeholder:
        element["placeholder"] = plain_text(field.placeholder, MAX_PLACEHOLDER)
    if field.value:
        element["initial_value"] = clip(field.value, most)
    return {
        "type": "input",
        "block_id": field.name,
        "optional": not field.required,
        "label": plain_text(field.label, MAX_LABEL),
        "element": element,
    }
