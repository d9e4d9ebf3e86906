"""A private Chroma server on a free loopback port, and ended again."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres.cluster import free_port

PATIENCE = 60.0


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """Run a server that keeps its data in `folder`; yield its URL."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    program = str(Path(sys.executable).parent / "chroma")
    place = ("--path", str(folder), "--host", "127.0.0.1", "--port", str(port))
    with (folder / "chroma.log").open("wb") as log:
        server = subprocess.Popen([program, "run", *place], stdout=log, stderr=log)  # noqa: S603
    try:
        _wait(url, server)
        yield url
    finally:
        server.kill()
        server.wait()


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            assert server.poll() is None, "Chroma does not start"
            assert time.monotonic() < until, "Chroma does not answer"
            time.sleep(0.1)
        else:
            return
