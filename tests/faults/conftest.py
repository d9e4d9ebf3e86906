"""Records for the fault tests: SQLite in a file, and a private PostgreSQL whose writes are kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disk import Disk, NoDiskError, small_disk
from tests.postgres.cluster import Cluster, NoPostgresError, cluster


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[Cluster]:
    """A server that may be stopped in the middle of anything."""
    try:
        with cluster() as running:
            yield running
    except NoPostgresError as problem:
        pytest.skip(str(problem))


@pytest.fixture
def disk() -> Iterator[Disk]:
    """A disk with little room."""
    folder = Path(tempfile.mkdtemp(prefix="seminar-disk-"))  # that PostgreSQL's account may enter
    try:
        with small_disk(folder) as mounted:
            yield mounted
    except NoDiskError as problem:
        pytest.skip(str(problem))
    finally:
        folder.rmdir()


@pytest.fixture
def cramped_postgres(disk: Disk) -> Iterator[Cluster]:
    """A server on the small disk."""
    little = ("-c", "max_wal_size=32MB", "-c", "min_wal_size=32MB")
    try:
        with cluster(*little, within=disk.folder) as running:
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
