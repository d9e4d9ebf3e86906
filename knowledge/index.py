"""Bring a course's vectors up to date: embed what is new, delete what is gone."""

# ruff: noqa: PLC0415 - heavy libraries load when first needed, so that a first card is quick
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.asks import Lead, leads
from knowledge.chunking import passages, units
from knowledge.encoder import Encoder
from knowledge.models import Course, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from knowledge.vectors import VectorStore

FORMAT = "1"  # raise when the same passage would be embedded differently
STEP = 64  # views embedded and stored between two calls of `progress`

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class View:
    """What one vector stands for: a whole passage (part 0), or one sentence or row of it.

    `passage` is the passage's place in the course; `text` is what is embedded. `asked`: it is
    how learners ask for what that part says.
    """

    passage: int
    part: int
    text: str
    asked: bool = False

    def key(self, passage: Passage) -> str:
        """Return the name under which the vector is kept."""
        if not self.asked:
            return f"{passage.id}:{self.part}"
        return f"{passage.id}:{hashlib.sha256(self.text.encode()).hexdigest()[:24]}"


@dataclass(frozen=True)
class Index:
    """A course's passages with their vectors, and what it took to bring them up to date.

    `vectors` is float32 of shape (views, width), one unit vector for each of `views`;
    `embedded` and `removed` count passages.
    """

    passages: tuple[Passage, ...]
    views: tuple[View, ...]
    vectors: NDArray[np.float32]
    encoder: Encoder
    embedded: int = 0
    removed: int = 0


def views(found: tuple[Passage, ...], asked: Iterable[Lead] = ()) -> tuple[View, ...]:
    """Return what is embedded: each passage under its heading, then its parts if several.

    After them all stands how learners ask.
    """
    made: list[View] = []
    for place, passage in enumerate(found):
        parts = units(passage.text)
        made.append(View(place, 0, f"{passage.heading}\n{passage.text}"))
        if len(parts) > 1:
            made += [View(place, number, part) for number, part in enumerate(parts, 1)]
    made += [View(lead.passage, lead.unit, lead.way, asked=True) for lead in asked]
    return tuple(made)


def open_index(
    course: Course,
    data: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    *,
    url: str = "",
    rebuild: bool = False,
) -> Index:
    """Return the index of a course, kept in the folder `data` or the Chroma server at `url`.

    A passage that has not changed is never embedded again. `progress(done, total)` counts the
    views still to embed. Several processes may call this at once: one works, the others wait
    and find it done. Raises VectorIndexError.
    """
    from knowledge.vectors import VectorStore, chroma

    found = passages(course)
    made = views(found, leads(course))
    about = {"course": course.id, "encoder": encoder.identity, "format": FORMAT}
    with chroma(data, url, rebuild=rebuild) as client:
        store = VectorStore(client, encoder, about)
        wanted = {v.key(found[v.passage]): v for v in made}
        present = store.keys()
        new = [key for key in wanted if key not in present]
        gone = [key for key in present if key not in wanted]
        for start in range(0, len(new), STEP):
            _embed(store, found, {key: wanted[key] for key in new[start : start + STEP]})
            if progress:
                progress(min(start + STEP, len(new)), len(new))
        store.delete(gone)
        vectors = store.read(list(wanted))
    return Index(found, made, vectors, encoder, _count(new), _count(gone))


def _embed(store: VectorStore, found: tuple[Passage, ...], chosen: dict[str, View]) -> None:
    behind = [found[view.passage] for view in chosen.values()]
    about = [{"passage": p.id, "lesson": p.lesson, "section": p.section} for p in behind]
    store.add(list(chosen), [view.text for view in chosen.values()], about)


def _count(keys: Iterable[str]) -> int:
    """Count the passages behind the keys of views."""
    return len({key.partition(":")[0] for key in keys})
