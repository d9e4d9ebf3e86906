"""Records for the fault tests: SQLite in a file, and a private PostgreSQL whose writes are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres.cluster import Cluster, NoPostgresError, cluster


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[Cluster]:
    """A server that may be stopped in the middle of anything."""
    try:
        with cluster() as running:
            yield running
    except NoPostgresError as problem:
        pytest.skip(str(problem))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of empty records, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'class.db'}"
    server: Cluster = request.getfixturevalue("durable_postgres")
    return server.create()
