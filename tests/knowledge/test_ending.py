"""A program may end while its library is still at work in the background."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ENDS_AT_WORK = """
import atexit, sys, threading
from contextlib import suppress
from pathlib import Path
from knowledge.encoder import open_encoder
from knowledge.errors import EncoderError
from knowledge.retrieve import _part

encoder, started = open_encoder(Path(sys.argv[1])), threading.Event()

def read_on():
    with suppress(EncoderError):
        while True:
            encoder.tokens(["steam keeps the bread soft " * 30] * 8)
            started.set()

thread = threading.Thread(target=read_on, daemon=True)
thread.start()
atexit.register(_part, thread)
sys.exit(0 if started.wait(60) else 1)
"""


@pytest.mark.usefixtures("encoder")  # which exports the model
def test_a_program_that_ends_while_passages_are_read_ends_cleanly(models: Path) -> None:
    command = [sys.executable, "-c", ENDS_AT_WORK, str(models)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (run.returncode, run.stderr) == (0, "")
