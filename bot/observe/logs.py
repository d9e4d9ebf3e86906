"""Logs as JSON, one object a line: no secret at any level, no learner's words from info up."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

HIDDEN = "[hidden]"
WORDS = frozenset({"text", "question", "answer", "fields", "args", "body", "payload", "prompt"})
"""The keys under which a learner's words would stand."""

QUIET = ("httpx", "chromadb", "sentence_transformers", "discord.http", "urllib3", "aiohttp.access")
"""Libraries that log each request they make."""

# A run of letters is gone through once, however long it is: `}+` takes nothing back.
_SECRETS = re.compile(
    r"""
    xox[a-z]-[\w.-]+ | xapp-[\w-]+                       # Slack's tokens
    | (?<![\w-])[\w-]{20,}+\.[\w-]{4,}+\.[\w-]{20,}+     # Discord's tokens, and JWTs
    | \bsk-[\w-]{8,} | \bAIza[\w-]{20,}                  # keys of language models
    | (?<=hooks\.slack\.com/)[\w/.%-]+                   # where Slack lets anybody answer
    | (?<=/webhooks/)\d+/[\w-]+                          # and Discord
    | (?<=://)[^/\s:@]+:[^/\s@]+(?=@)                    # user:password@ in a URL
    | (?<=Bearer\ )\S+ | (?<=Bot\ )[\w.-]{20,}
    """,
    re.VERBOSE,
)


def configure(level: str, stream: TextIO | None = None) -> None:
    """Send this program's logs and its libraries' to `stream` (stderr), from `level` up."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_words,
        without_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared[:-2], without_secrets],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_words(logger: Any, method: str, entry: EventDict) -> EventDict:
    """Hide what a learner wrote, but for the debug level."""
    if method != "debug":
        for key in WORDS & entry.keys():
            entry[key] = HIDDEN
    return entry


def without_secrets(logger: Any, method: str, entry: EventDict) -> MutableMapping[str, Any]:
    """Hide whatever looks like a token or a password, wherever it stands."""
    return {key: _clean(value) for key, value in entry.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRETS.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return value
