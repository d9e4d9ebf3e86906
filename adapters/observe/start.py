"""Set up what an operator sees of a server: its logs, and its numbers where a port is set."""

from __future__ import annotations

from adapters.observe.server import serve
from bot.errors import StoreError
from bot.observe.logs import configure
from bot.settings import Settings


def observe(settings: Settings) -> None:
    """Log as JSON to stderr; serve numbers and health at SEMINAR_METRICS_PORT, if it is set."""
    configure(settings.log_level)
    if settings.metrics_port is None:
        return
    try:
        serve(settings.http_host, settings.metrics_port)
    except OSError as problem:
        raise StoreError(
            f"Nothing can listen at port {settings.metrics_port}: choose another with "
            "SEMINAR_METRICS_PORT."
        ) from problem
