"""What is kept, and for how long, holds on PostgreSQL: the same tests, on the other records."""

from __future__ import annotations

from tests.bot.conftest import school  # noqa: F401 (the tests' own fixture)
from tests.bot.store.test_retention import *  # noqa: F403 (all of its tests)
