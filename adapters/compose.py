"""The composition root: settings in, a running engine out. Nothing else builds a port."""

from __future__ import annotations

from bot.clock import now
from bot.engine import Engine
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.store import Store
from bot.tutor.offline import OfflineTutor
from knowledge.catalog import load_course
from knowledge.index import Progress
from knowledge.models import Course
from knowledge.retrieve import Library


def build(settings: Settings, progress: Progress | None = None) -> Engine:
    """Return an engine for the settings' course; its index is made ready in the background.

    `progress` is told how many passages of how many are indexed. CourseError or StoreError
    where the course or the records cannot be used. Call `start` before the first event and
    `close` after the last.
    """
    course = load_course(settings.course)
    store = Store(open_database(settings.database), course.id, now)
    tutor = OfflineTutor(course, library(course, settings, progress))
    return Engine(course, store, tutor, now)


def library(course: Course, settings: Settings, progress: Progress | None = None) -> Library:
    """Return search over a course, being made ready in the background."""
    return Library.opening(
        course,
        settings.data,
        model=settings.encoder,
        url=settings.chroma_url or "",
        progress=progress,
    )
