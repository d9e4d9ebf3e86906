"""What a program logs, read as an operator reads it: one JSON object a line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.observe.logs import configure

ID = re.compile(r"\b[0-9a-f]{8}\b")
"""An error id, as it stands in a sentence."""


class Logged:
    """The log since the test began."""

    def __init__(self, stream: io.StringIO) -> None:
        self._stream = stream

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Every line."""
        return [json.loads(line) for line in self._stream.getvalue().splitlines()]

    @property
    def faults(self) -> list[dict[str, Any]]:
        """The lines of faults, each with what Python says of it."""
        found = [line for line in self.lines if line["event"] == "fault"]
        assert all("Error" in line["exception"] for line in found)
        return found

    @property
    def ids(self) -> list[str]:
        """The ids of the faults."""
        return [line["error"] for line in self.faults]


@contextmanager
def logged() -> Iterator[Logged]:
    """Log as a server does, where a test can read it."""
    stream = io.StringIO()
    configure("INFO", stream)
    yield Logged(stream)


def told_ids(text: str) -> list[str]:
    """Return the error ids that a text tells, and make sure that it tells nothing more."""
    assert "Traceback" not in text
    assert "Error" not in text
    return ID.findall(text)
