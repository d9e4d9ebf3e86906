"""The index follows the course, and says in one sentence what is wrong with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.chunking import units
from knowledge.encoder import Tokens
from knowledge.errors import VectorIndexError
from knowledge.index import open_index
from knowledge.models import Ask
from tests.knowledge.conftest import a_course


class CountingEncoder:
    """A fake: the vector of a text depends on its letters alone, and texts are counted."""

    def __init__(self, identity: str = "counting") -> None:
        self.identity = identity
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.seen += texts
        raw = np.array([np.bincount(list(t.encode()), minlength=256) for t in texts], np.float32)
        return raw / np.linalg.norm(raw, axis=1, keepdims=True)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [Tokens(self.encode([text]), ((0, len(text)),)) for text in texts]


def test_nothing_is_embedded_twice(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    first = open_index(a_course(), tmp_path, encoder)
    encoder.seen.clear()
    second = open_index(a_course(), tmp_path, encoder)
    assert first.embedded == len(first.passages) > 0
    assert (second.embedded, second.removed, encoder.seen) == (0, 0, [])
    assert np.array_equal(first.vectors, second.vectors)


def test_a_changed_section_is_embedded_alone_and_the_old_one_goes(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    open_index(a_course(), tmp_path, encoder)
    encoder.seen.clear()
    again = open_index(a_course(bread="Bake cold."), tmp_path, encoder)
    assert (again.embedded, again.removed) == (1, 1)
    assert encoder.seen == ["Bread / The oven\nBake cold."]


WAYS = Ask("steam keeps it soft", ("my crust is like stone", "teeth hurt from my loaf"))


def test_a_way_of_asking_is_embedded_alone_and_goes_alone(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    before = open_index(a_course(), tmp_path, encoder)
    encoder.seen.clear()
    told = open_index(a_course(asks=(WAYS,)), tmp_path, encoder)
    assert encoder.seen == list(WAYS.ways)
    encoder.seen.clear()
    fewer = open_index(a_course(asks=(Ask(WAYS.about, WAYS.ways[:1]),)), tmp_path, encoder)
    again = open_index(a_course(), tmp_path, encoder)
    assert encoder.seen == []
    assert [len(one.views) - len(before.views) for one in (told, fewer, again)] == [2, 1, 0]
    assert (fewer.removed, again.removed) == (1, 1)


def test_a_way_of_asking_leads_to_the_part_that_answers_it(tmp_path: Path) -> None:
    index = open_index(a_course(asks=(WAYS,)), tmp_path, CountingEncoder())
    view = next(view for view in index.views if view.asked)
    assert "steam keeps it soft" in units(index.passages[view.passage].text)[view.part - 1]


def test_another_model_has_an_index_of_its_own(tmp_path: Path) -> None:
    open_index(a_course(), tmp_path, CountingEncoder("one"))
    other = open_index(a_course(), tmp_path, CountingEncoder("two"))
    assert other.embedded == len(other.passages)


def test_each_view_has_its_own_vector(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    index = open_index(a_course(), tmp_path, encoder)
    assert np.allclose(index.vectors, encoder.encode([view.text for view in index.views]))


def test_rebuilding_embeds_everything(tmp_path: Path) -> None:
    open_index(a_course(), tmp_path, CountingEncoder())
    again = open_index(a_course(), tmp_path, CountingEncoder(), rebuild=True)
    assert again.embedded == len(again.passages)


def test_progress_counts_up_to_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    index = open_index(a_course(), tmp_path, CountingEncoder(), lambda *step: seen.append(step))
    assert seen[-1] == (len(index.views), len(index.views))


def test_a_damaged_index_names_the_remedy_and_the_remedy_works(tmp_path: Path) -> None:
    open_index(a_course(), tmp_path, CountingEncoder())
    database = tmp_path / "index" / "chroma.sqlite3"
    database.write_bytes(b"\0" * database.stat().st_size)
    with pytest.raises(VectorIndexError, match="seminar index --rebuild"):
        open_index(a_course(), tmp_path, CountingEncoder())
    assert open_index(a_course(), tmp_path, CountingEncoder(), rebuild=True).embedded > 0


def test_a_data_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way")
    with pytest.raises(VectorIndexError) as problem:
        open_index(a_course(), tmp_path, CountingEncoder())
    assert str(tmp_path) in str(problem.value)


def test_a_server_that_is_down_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(VectorIndexError, match="does not answer"):
        open_index(a_course(), tmp_path, CountingEncoder(), url="http://127.0.0.1:9")


BUILD = """
import sys
from pathlib import Path
from knowledge.index import open_index
from tests.knowledge.conftest import a_course
from tests.knowledge.test_index import CountingEncoder
print(open_index(a_course(), Path(sys.argv[1]), CountingEncoder()).embedded)
"""


def test_two_processes_build_one_index(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(2)
    ]
    embedded = sorted(int(process.communicate()[0]) for process in started)
    assert embedded[0] == 0
    assert embedded[1] > 0
