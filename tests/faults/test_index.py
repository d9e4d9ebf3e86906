"""The index: built by ten workers at once, in a folder or a server; and a server that is gone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.tutor.offline import OfflineTutor
from knowledge.retrieve import Library
from tests.classroom import ADA, Classroom, text_of
from tests.faults.chroma import chroma_server
from tests.faults.index_worker import FakeEncoder, build

WORKERS = 10


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Where the index is kept: the data folder, and a server's URL if any."""
    if request.param == "folder":
        yield tmp_path, ""
        return
    with chroma_server(tmp_path) as url:
        yield tmp_path, url


def test_ten_workers_that_start_at_once_make_one_right_index(place: tuple[Path, str]) -> None:
    with multiprocessing.get_context("forkserver").Pool(WORKERS) as pool:
        built = pool.starmap(build, [place] * WORKERS, chunksize=1)
    assert all(right for _, right in built)
    assert build(*place) == (0, True)


async def test_without_its_index_the_course_goes_on_and_a_question_is_kept(
    room: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.retrieve.open_encoder", lambda *_: FakeEncoder())
    gone = Library.opening(room.course, tmp_path, url="http://127.0.0.1:9")
    room.engine._running = room.engine._running.__class__(
        room.course, OfflineTutor(room.course, gone), room.engine._running.pictures
    )
    await room.take_quiz([True, True])
    said = text_of(await room.command("ask", ADA, question="Why are there two tides a day?"))
    assert "could not answer" in said
    assert "Try again" in [button.label for button in room.cards[ADA.user].buttons]
