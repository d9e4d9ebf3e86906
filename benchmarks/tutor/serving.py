"""Start the small model's server in a process of its own, and end it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

READY_SECONDS = 120.0  # two busy cores take long to load a model


@dataclass(frozen=True)
class Served:
    """A running server: the base URL of its OpenAI-compatible API, and its process."""

    base_url: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        self.process.kill()
        self.process.wait()


@contextmanager
def serving(weights: Path | None = None) -> Iterator[Served]:
    """Serve the small model, or one by its file of weights, while the block runs.

    RuntimeError where it does not get ready.
    """
    command = [sys.executable, "-m", "benchmarks.tutor.small_server"]
    command += [str(weights)] if weights else []
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    late = Timer(READY_SECONDS, process.kill)
    late.start()
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        late.cancel()
        if not address:
            raise RuntimeError("The small model's server did not get ready.")
        yield Served(f"{address}/v1", process)
    finally:
        late.cancel()
        process.kill()
        process.wait()
