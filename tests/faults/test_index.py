"""The index: built by ten workers at once, in a folder or a server; and a server that is gone."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.chroma import chroma_server
from tests.faults.classes import school_class
from tests.faults.index_worker import build

WORKERS = 10
AT_ONCE = 4


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Where the index is kept: the data folder, and a server's URL if any."""
    if request.param == "folder":
        yield tmp_path, ""
        return
    with chroma_server(tmp_path) as server:
        yield tmp_path, server.url


def test_ten_workers_that_start_at_once_make_one_right_index(place: tuple[Path, str]) -> None:
    with multiprocessing.get_context("forkserver").Pool(WORKERS) as pool:
        built = pool.starmap(build, [place] * WORKERS, chunksize=1)
    assert all(right for _, right in built)
    at_work = [embedded for embedded, _ in built if embedded]
    assert len(at_work) == 1 or place[1]  # workers do not wait for each other at a server
    assert build(*place) == (0, True)


async def test_a_chroma_server_that_goes_and_comes_back_stops_no_class(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'class.db'}"
    with chroma_server(tmp_path) as server:
        async with school_class(url, tmp_path, chroma=server.url) as school:
            await school.learn(2)
            server.stop()
            await school.learn(2)  # each worker has the index
            assert await school.counted("seminar_errors_total{") == 0

            async def trouble() -> None:
                for number in range(2):
                    school.fleet.kill(number)
                    school.fleet.start(number)
                    await school.fleet.ready(number)
                while not school.said("could not answer"):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
                await asyncio.to_thread(server.start)

            await school.learn_while(trouble, AT_ONCE)
            school.check()
