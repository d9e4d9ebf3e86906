"""Databases on a private PostgreSQL; without one, everything here is skipped, and says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres.cluster import Cluster, NoPostgresError, cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A server for the whole run; nothing in these tests needs its writes to reach the disk."""
    try:
        with cluster("-c", "fsync=off") as running:
            yield running
    except NoPostgresError as problem:
        pytest.skip(str(problem))


@pytest.fixture(autouse=True)
def on_postgres(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have every class of a test keep its records on PostgreSQL."""
    lent: list[str] = []

    def lend() -> str:
        lent.append(postgres.lend())
        return lent[-1]

    monkeypatch.setattr("tests.records.make", lend)
    yield
    for url in lent:
        postgres.take_back(url)
