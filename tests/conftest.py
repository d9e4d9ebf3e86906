"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from tests.classroom import Classroom

# A busy machine is no fault of the code; in CI the same examples are tried every time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """Undo what a program that was run in a test set for its own log."""
    yield
    structlog.reset_defaults()


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Classroom]:
    """A class with the small course, open for the test."""
    classroom = Classroom(tmp_path)
    await classroom.engine.start()
    yield classroom
    await classroom.engine.close()
