"""Print the quality of search beside the naive baseline: `python -m benchmarks.retrieval`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.retrieval.baseline import naive
from benchmarks.retrieval.measure import Quality, Search, measure
from benchmarks.retrieval.questions import DEV, HELD_OUT, Asked, QuestionSet
from knowledge.catalog import load_course
from knowledge.encoder import Encoder, open_encoder
from knowledge.index import open_index
from knowledge.retrieve import Library
from knowledge.scope import THRESHOLD

HEAD = f"{'':31}first  top 3  in 800  AUROC  right  CPU ms/question"


def main(data: Path) -> None:
    """Measure every question set and print a table."""
    start = time.perf_counter()
    encoder = open_encoder(data)
    print(f"encoder ready in {time.perf_counter() - start:.2f} s\n\n{HEAD}")
    for questions in (*DEV, *HELD_OUT):
        before = measure(naive(questions.course, encoder), questions.questions)
        after = measure(_ours(questions, data, encoder), questions.questions, THRESHOLD)
        print(f"{questions.name} ({len(questions.questions)} questions)")
        print(_row("naive: 1000/200, dense", before))
        print(_row("this search", after))
        print(_ratios(before, after))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:.0f} MB")


def _ours(questions: QuestionSet, data: Path, encoder: Encoder) -> Search:
    course = load_course(questions.course)
    library = Library(course, open_index(course, data, encoder))

    def search(asked: Asked) -> tuple[list[str], float]:
        found = library.find(asked.question, asked.previous)
        return [hit.passage.text for hit in found.hits], found.score

    return search


def _row(name: str, quality: Quality) -> str:
    shares = (quality.first, quality.top, quality.within)
    return (
        f"  {name:28}"
        + "".join(f"{share:6.0%} " for share in shares)
        + f"{quality.auroc:7.3f} {quality.accuracy:6.0%} {1000 * quality.seconds:8.1f}"
    )


def _ratios(before: Quality, after: Quality) -> str:
    pairs = (
        (before.first, after.first),
        (before.top, after.top),
        (before.within, after.within),
        (before.auroc, after.auroc),
        (before.accuracy, after.accuracy),
    )
    return f"  {'ratio':28}" + "".join(f"{new / old:5.2f}× " for old, new in pairs)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
