"""The audit with the real pip-audit, before an advisory service on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
HOLED = "click"
HOLE = {
    "id": "PYSEC-2026-1",
    "published": "2026-01-01T00:00:00Z",
    "modified": "2026-01-01T00:00:00Z",
    "summary": "A hole.",
    "details": "A hole.",
    "affected": [
        {
            "package": {"name": HOLED, "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}],
        }
    ],
}
NOWHERE = "http://127.0.0.1:9"
"""A port at which nothing listens, as the way to the world."""


class Advisories(BaseHTTPRequestHandler):
    """Says what OSV says: of each package its holes, or nothing."""

    holes: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[set[str]] = set()

    def do_POST(self) -> None:
        """Answer one query."""
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = query["package"]["name"]
        self.asked.add(name)
        found = self.holes.get(name)
        body = json.dumps({"vulns": [found]} if found else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def advisories(holes: dict[str, Any]) -> Iterator[str]:
    """Serve advisories, and yield the address of their API."""
    Advisories.holes, Advisories.asked = holes, set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()


def audited(osv: str) -> tuple[int, list[str]]:
    """Run the audit where only loopback can be reached; return its exit status and its lines."""
    away = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), NOWHERE)
    loopback = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "PIP_AUDIT_OSV_URL": osv}
    command = (sys.executable, AUDIT)
    run = subprocess.run(  # noqa: S603 (our own program)
        command, capture_output=True, text=True, env={**os.environ, **away, **loopback}
    )
    assert run.stderr == ""
    return run.returncode, run.stdout.splitlines()


def test_a_known_hole_in_what_is_installed_fails_and_is_named() -> None:
    with advisories({HOLED: HOLE}) as osv:
        status, said = audited(osv)
    assert status == 1
    assert said[0].endswith("packages audited with osv: 1 known holes.")
    assert f"{HOLED} {version(HOLED)}: PYSEC-2026-1, mended in 99.1" in said
    assert {"torch", "discord-py", "sqlalchemy"} <= {name.lower() for name in Advisories.asked}


def test_without_a_known_hole_it_passes() -> None:
    with advisories({}) as osv:
        status, said = audited(osv)
    assert status == 0
    assert said[0].endswith("packages audited with osv: 0 known holes.")


def test_out_of_reach_is_one_clear_line_and_no_failure() -> None:
    status, said = audited(f"{NOWHERE}/v1/query")
    assert status == 0
    assert said == [
        "No advisory service can be reached from here: the dependencies were NOT audited."
    ]
