"""Find the passages that answer a question, and say whether the course covers it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from knowledge.chunking import units
from knowledge.encoder import DEFAULT_MODEL, ending, known_words, open_encoder, stop_encoding
from knowledge.errors import EncoderError, NotReadyError, VectorIndexError
from knowledge.index import Index, Progress, open_index
from knowledge.models import Course, Passage
from knowledge.naming import Naming
from knowledge.ranking import Ranker, lifted, weigh
from knowledge.scope import THRESHOLD, Scope, confidence
from knowledge.spelling import Speller

LONGEST = 2000  # characters of a question that are read; what follows is cut off
PATIENCE = 300.0  # seconds that a search waits for the index to be ready
TITLED = 0.5  # what a passage gains that quotes a title which the question names
SURE_OF_A_WORK = 0.9  # confidence that a course covers a work whose title it quotes
FOREIGN = 0.4  # share of the confidence that a version or thing leaves which the course has not
AGAIN = 15.0  # seconds until a server that did not give the index is asked again
PARTING = 5.0  # seconds that the end of the process waits for the library's thread


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it answers: 0 to 1, best first.

    `asked` is how near the question comes, as a cosine, to a way in which learners ask for
    `answer`, a part of the passage; 0 and "" where the course tells none.
    """

    passage: Passage
    score: float
    asked: float = 0.0
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `score` is the confidence, 0 to 1, that the course covers it."""

    hits: tuple[Hit, ...]
    covered: bool
    score: float


@dataclass(frozen=True)
class _Search:
    """What a search needs, made once from an index."""

    index: Index
    ranker: Ranker
    scope: Scope
    speller: Speller
    naming: Naming


class Library:
    """Search over one course; safe to use from several threads."""

    def __init__(self, course: Course, index: Index | None = None) -> None:
        """Search in `index`; without one, in what `opening` brings later."""
        self.course = course
        self._search: Future[_Search] = Future()
        if index is not None:
            self._search.set_result(_prepare(index))

    @classmethod
    def opening(
        cls,
        course: Course,
        data: Path,
        *,
        model: str = DEFAULT_MODEL,
        url: str = "",
        progress: Progress | None = None,
    ) -> Library:
        """Return a library at once, and load the encoder and the index in the background.

        What goes wrong there is raised by `find`. A server at `url` that is away is asked again
        until it is back.
        """
        library = cls(course)
        encoder = cache(lambda: open_encoder(data, model))

        def made() -> Index:
            return open_index(course, data, encoder(), progress, url=url)

        work = partial(library._open, made, comes_back=bool(url))
        thread = threading.Thread(target=work, name="library", daemon=True)
        thread.start()
        atexit.register(_part, thread)
        return library

    def _open(self, made: Callable[[], Index], *, comes_back: bool) -> None:
        search: _Search | None = None
        while search is None:
            try:
                search = _prepare(made())
            except BaseException as fault:  # noqa: BLE001 - handed on to whoever searches
                if not self._search.done():
                    self._search.set_exception(fault)
                away = comes_back and isinstance(fault, VectorIndexError)
                if not away or ending(AGAIN):
                    return
        if self._search.done():
            self._search = Future()  # in the place of the fault
        self._search.set_result(search)
        with suppress(EncoderError):  # the process is ending
            search.ranker.read_ahead()

    @property
    def ready(self) -> bool:
        """Tell whether `find` answers without waiting."""
        return self._search.done()

    def find(
        self,
        question: str,
        previous: str = "",
        k: int = 5,
        lesson: str | None = None,
        patience: float = PATIENCE,
    ) -> Found:
        """Return the k best passages, of one lesson only if its slug is given.

        `previous` is the learner's last question, on which this one may lean. Waits up to
        `patience` seconds for the index, then raises NotReadyError; raises VectorIndexError or
        EncoderError if it could not be made.
        """
        try:
            search = self._search.result(timeout=patience)
        except Late as late:
            raise NotReadyError("Search is still getting ready: ask again in a moment.") from late
        return _find(search, _readable(question), _readable(previous), k, lesson)


def _prepare(index: Index) -> _Search:
    texts = [f"{p.heading}\n{p.text}" for p in index.passages]
    scope = Scope(index.passages, index.encoder)
    return _Search(index, Ranker(index), scope, Speller(texts, known_words()), Naming(texts))


def _part(thread: threading.Thread) -> None:
    """Let the library's thread finish its batch: ended in the midst of it, it would abort."""
    stop_encoding()
    thread.join(PARTING)


def _find(search: _Search, question: str, previous: str, k: int, lesson: str | None) -> Found:
    passages = search.index.passages
    asked, before = search.speller.correct(question), search.speller.correct(previous)
    if not passages or not asked:
        return Found((), covered=False, score=0.0)
    signals = search.ranker.signals(asked, before)
    scores = lifted(signals)
    evidence = search.scope.evidence(asked, f"{before} {asked}", signals, weigh(signals))
    sure = confidence(asked, evidence)
    works = search.naming.works(question)
    if works:
        scores[list(works)] += TITLED
        sure = max(sure, SURE_OF_A_WORK)
    elif search.naming.foreign(question):
        sure *= FOREIGN
    order = scores.argsort(kind="stable")[::-1].tolist()
    chosen = [i for i in order if lesson in (None, passages[i].lesson)][: max(0, k)]
    asked_so, unit = signals["asked"], signals["unit"]
    hits = tuple(_hit(passages[i], scores[i], asked_so[i], int(unit[i])) for i in chosen)
    return Found(hits, covered=sure >= THRESHOLD, score=sure)


def _hit(passage: Passage, score: float, asked: float, unit: int) -> Hit:
    answer = units(passage.text)[unit - 1] if unit else ""
    return Hit(passage, min(1.0, max(0.0, float(score))), float(asked), answer)


def _readable(text: str) -> str:
    """Return text without control characters and extra space, cut to LONGEST."""
    shown = "".join(c if c.isprintable() else " " for c in text[: 4 * LONGEST])
    return " ".join(shown.split())[:LONGEST]
