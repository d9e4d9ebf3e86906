"""The program's own log goes to a file: the terminal is the learner's."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from bot.observe.logs import configure

FILE = "terminal.log"


def log_to_file(data: Path, level: str) -> None:
    """Write this program's log and its libraries' to a file in `data`; nowhere if that cannot be.

    `level` is a name such as "INFO"; one that does not exist counts as that.
    """
    known = level.upper() if level.upper() in logging.getLevelNamesMapping() else "INFO"
    configure(known, _file(data).open("a", encoding="utf-8"))


def _file(data: Path) -> Path:
    """The log's path, or the null device's where the folder takes no file."""
    path = data / FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return Path(os.devnull)
    return path if os.access(path, os.W_OK) else Path(os.devnull)
