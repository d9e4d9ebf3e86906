"""Lines of JSON on standard input, each a question, for `--jsonl`."""

from __future__ import annotations

import json
from typing import Any

import click

LONGEST_LINE = 1_000_000
"""Characters of one line."""


def read_line(line: str, number: int) -> dict[str, Any]:
    """Return {"id", "question", "previous"?} of line `number`; UsageError says what is wrong."""
    if len(line) > LONGEST_LINE:
        raise click.UsageError(f"Line {number} is longer than {LONGEST_LINE} characters.")
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise click.UsageError(f'Line {number} is not {{"id": …, "question": "…"}} in JSON.')
    if not isinstance(asked.get("previous", ""), str | None):
        raise click.UsageError(f'Line {number}: "previous" is not a text.')
    return {"id": None, **asked}
