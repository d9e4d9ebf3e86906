"""A class with a moderator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.commands.admin.school import School


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    """The small course with a moderator, a workshop and an open engine."""
    made = School(tmp_path)
    await made.engine.start()
    yield made
    await made.engine.close()
