"""How much the ways of asking help: `python -m benchmarks.retrieval.hidden`.

Each way of the built-in course is asked while it is hidden, so only the other ways lead. The
baseline is the same search with all ways hidden.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.settings import BUILT_IN_COURSE
from knowledge.catalog import load_course
from knowledge.encoder import open_encoder
from knowledge.index import Index, View, open_index
from knowledge.retrieve import Library

TOP = 3


def ways(index: Index) -> Iterator[View]:
    """Yield each way of asking; while the caller has it, search does not know it."""
    for number, view in enumerate(index.views):
        if view.asked:
            kept = index.vectors[number].copy()
            index.vectors[number] = 0
            yield view
            index.vectors[number] = kept


def without_ways(index: Index) -> Index:
    """Return an index as if the course told no way of asking."""
    kept = [number for number, view in enumerate(index.views) if not view.asked]
    views = tuple(index.views[number] for number in kept)
    return Index(index.passages, views, index.vectors[kept], index.encoder)


def main(data: Path) -> None:
    """Print how often search finds the passage, and counts the question as covered."""
    course = load_course(BUILT_IN_COURSE)
    index = open_index(course, data, open_encoder(data))
    print(f"{'':22}first  top 3  section  covered")
    for name, known in (("all ways hidden", without_ways(index)), ("one way hidden", index)):
        library = Library(course, known)
        found = [_found(library, index, view) for view in ways(index)]
        shares = [sum(column) / len(found) for column in zip(*found, strict=True)]
        print(f"{name:20}" + "".join(f"{share:7.0%}" for share in shares))


def _found(library: Library, index: Index, view: View) -> tuple[bool, ...]:
    """Tell whether the passage is first, in the first TOP, its section first, and covered."""
    wanted = index.passages[view.passage]
    found = library.find(view.text)
    best = [hit.passage for hit in found.hits]
    section = (best[0].lesson, best[0].section) == (wanted.lesson, wanted.section)
    return best[0] == wanted, wanted in best[:TOP], section, found.covered


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else folder))
