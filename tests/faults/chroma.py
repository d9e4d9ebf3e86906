"""A private Chroma server on a free loopback port, and ended again."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres.cluster import free_port

PATIENCE = 60.0


class Chroma:
    """A server that keeps its data in a folder; it may be stopped, and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers, whenever it runs."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program = str(Path(sys.executable).parent / "chroma")
        place = ("--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port))
        with (self._folder / "chroma.log").open("ab") as log:
            command = [program, "run", *place]
            self._server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._server.poll() is None, "Chroma does not start"
            assert time.monotonic() < until, "Chroma does not answer"
            time.sleep(0.1)

    def stop(self) -> None:
        """End it in the middle of anything."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=1).close()  # noqa: S310
        except OSError:
            return False
        return True


@contextmanager
def chroma_server(folder: Path) -> Iterator[Chroma]:
    """Run a server that keeps its data in `folder`."""
    server = Chroma(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
