"""Faults: each logged and counted under an id, which whoever met it is told."""

from __future__ import annotations

import secrets
import traceback

import structlog

from bot.observe import metrics

log = structlog.get_logger(__name__)


def report(problem: BaseException, **about: object) -> str:
    """Log a fault with its traceback, and return the id under which it is in the log.

    `about` says where it happened, in words of the program: never what a learner wrote.
    """
    error = secrets.token_hex(4)
    metrics.ERRORS.labels(type(problem).__name__).inc()
    # Written out here: a log that nobody configured would draw every local value, for seconds.
    written = "".join(traceback.format_exception(problem)).rstrip()
    log.error("fault", error=error, exception=written, **about)
    return error
