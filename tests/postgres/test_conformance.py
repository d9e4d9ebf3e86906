"""The conformance suite with the records on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.conformance.direct import Direct
from tests.conformance.driver import Platform
from tests.conformance.test_platforms import *  # noqa: F403 (all of its tests)


@pytest.fixture
def platform() -> Platform:
    """The bare core: the adapters know nothing of the records."""
    return Direct()
