"""What moderators do holds on PostgreSQL: the same tests, on the other records."""

from __future__ import annotations

from tests.bot.commands.admin.test_export import *  # noqa: F403 (all of its tests, as below)
from tests.bot.commands.admin.test_items import *  # noqa: F403
from tests.bot.commands.admin.test_learner import *  # noqa: F403
from tests.bot.commands.admin.test_overview import *  # noqa: F403
from tests.bot.commands.admin.test_questions import (  # noqa: F401
    test_questions_are_grouped_by_meaning_the_largest_first,
    test_the_audit_can_only_grow,
    test_the_audit_is_newest_first_and_paged,
)
from tests.bot.commands.admin.test_regrade import *  # noqa: F403
from tests.bot.conftest import school  # noqa: F401 (the tests' own fixture)
