"""The program's own log goes to a file: the terminal is the learner's."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import structlog

FILE = "terminal.log"


def log_to_file(data: Path, level: str) -> None:
    """Write the log as JSON lines to a file in the folder `data`; nowhere if it cannot be written.

    `level` is a name such as "INFO"; one that does not exist counts as that.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.WriteLoggerFactory(file=_file(data).open("a", encoding="utf-8")),
        cache_logger_on_first_use=False,
    )


def _file(data: Path) -> Path:
    """The log's path, or the null device's where the folder takes no file."""
    path = data / FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return Path(os.devnull)
    return path if os.access(path, os.W_OK) else Path(os.devnull)
