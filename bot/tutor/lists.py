"""The tutor's data files, read once from `prompts/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a TOML file of `prompts/`."""
    return tomllib.loads(files("prompts").joinpath(name).read_text("utf-8"))
