"""The course's makers, for moderators: read the folder anew, bring the index up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.settings import Settings
from bot.tutor.types import Tutor
from bot.workshop import Progress
from knowledge.catalog import load_course
from knowledge.encoder import open_encoder
from knowledge.index import open_index
from knowledge.models import Course
from knowledge.retrieve import Library


class CourseWorkshop:
    """Makes what the settings ask for; `tutor` builds the tutor on a course and its library."""

    def __init__(self, settings: Settings, tutor: Callable[[Course, Library], Tutor]) -> None:
        self._settings = settings
        self._tutor = tutor

    def read(self) -> Course:
        """Read and check the course's folder."""
        return load_course(self._settings.course)

    def prepare(self, course: Course, progress: Progress, *, rebuild: bool = False) -> Tutor:
        """Bring the index of a course up to date, or make it anew; return a tutor on it."""
        chosen = self._settings
        encoder = open_encoder(chosen.data, chosen.encoder)
        index = open_index(
            course, chosen.data, encoder, progress, url=chosen.chroma_url or "", rebuild=rebuild
        )
        return self._tutor(course, Library(course, index))

    def vectors(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """Return a unit vector for each text."""
        encoder = open_encoder(self._settings.data, self._settings.encoder)
        return [[float(part) for part in vector] for vector in encoder.encode(list(texts))]
