"""Where the tests keep records: SQLite in a test's own folder, or a server that a suite sets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

make: Callable[[], str] | None = None
"""Makes an empty database and returns its URL; None for SQLite."""

_made: dict[Path, str] = {}


def url(file: Path) -> str:
    """Return the URL of the records that belong to a file: the same for the same file."""
    if make is None:
        return f"sqlite:///{file}"
    if file not in _made:
        _made[file] = make()
    return _made[file]
