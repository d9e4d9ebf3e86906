"""What holds for the core on SQLite holds on PostgreSQL: the same tests, on the other records."""

from __future__ import annotations

from tests.bot.test_commands import *  # noqa: F403 (all of its tests)
from tests.bot.test_deliveries import *  # noqa: F403 (all of its tests)
from tests.bot.test_engine import *  # noqa: F403 (all of its tests)
