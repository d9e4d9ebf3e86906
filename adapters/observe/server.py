"""A small HTTP server for operators, where the adapter itself serves no HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from bot.observe import metrics
from bot.observe.health import HEALTH

PLAIN = "text/plain; charset=utf-8"
Answer = tuple[HTTPStatus, str, bytes]


class Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own, so that a slow reader holds up nobody."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Logs no request: probes come every few seconds."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve(host: str, port: int) -> Server:
    """Serve `/healthz`, `/readyz` and `/metrics` in the background until it is shut down.

    Port 0 takes any free one. OSError where nothing can listen there.
    """
    server = make_server(host, port, _answered, server_class=Server, handler_class=_Quiet)
    Thread(target=server.serve_forever, name="observe", daemon=True).start()
    return server


def _alive() -> Answer:
    return HTTPStatus.OK, PLAIN, b"alive"


def _ready() -> Answer:
    if HEALTH.ready:
        return HTTPStatus.OK, PLAIN, b"ready"
    return HTTPStatus.SERVICE_UNAVAILABLE, PLAIN, b"not ready"


def _numbers() -> Answer:
    return HTTPStatus.OK, metrics.CONTENT_TYPE, metrics.exposition()


PATHS: dict[str, Callable[[], Answer]] = {
    "/healthz": _alive,
    "/readyz": _ready,
    "/metrics": _numbers,
}


def _answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    answer = PATHS.get(environ["PATH_INFO"])
    status, kind, body = answer() if answer else (HTTPStatus.NOT_FOUND, PLAIN, b"not found")
    headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
