"""Read a TOML file of the course, or say in which line it cannot be read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

from knowledge.catalog.files import text_of
from knowledge.catalog.key_lines import KeyPath, key_lines
from knowledge.catalog.problems import Problems
from knowledge.catalog.tables import Table

MAX_KEY_PARTS = 16

# tomllib's time and memory grow with the square of the parts of a dotted key.
_KEY_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*"""
_LONG_KEY = re.compile(rf"(?<![\w.-])(?:{_KEY_PART}){{{MAX_KEY_PARTS}}}")
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def toml_table(root: Path, name: str, problems: Problems) -> Table | None:
    """Return the root table of a TOML file in the course folder, or None after noting why not."""
    text = text_of(root, name, problems)
    if text is None:
        return None
    long_key = _LONG_KEY.search(text)
    if long_key:
        line = text.count("\n", 0, long_key.start()) + 1
        problems.add(name, line, f"a key has more than {MAX_KEY_PARTS} parts", "use fewer dots")
        return None
    try:
        return Table(name, tomllib.loads(text), partial(_lines, text), problems)
    except RecursionError:
        problems.add(name, 1, "the brackets are nested too deep", "write fewer brackets")
    except ValueError as fault:  # also a number that is too long to read
        place = _PLACE.search(str(fault))
        last_line = text.rstrip("\n").count("\n") + 1
        line = int(place["line"] or last_line) if place else 1
        message = f"this is not valid TOML: {_PLACE.sub('', str(fault))}"
        problems.add(name, line, message, "correct this line; texts stand in quotes")
    return None


@lru_cache(maxsize=1)  # problems come file by file, and most files have none
def _lines(text: str) -> Mapping[KeyPath, int]:
    try:
        return key_lines(text)
    except RecursionError:  # brackets nested so deep that only tomllib got through
        return {}
