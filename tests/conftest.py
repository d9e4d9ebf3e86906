"""What every test may ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.classroom import Classroom


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Classroom]:
    """A class with the small course, open for the test."""
    classroom = Classroom(tmp_path)
    await classroom.engine.start()
    yield classroom
    await classroom.engine.close()
