"""The composition root: settings in, a running engine out. Nothing else builds a port."""

from __future__ import annotations

from bot.tutor.offline import OfflineTutor

from bot.clock import now
from bot.engine import Engine
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.store import Store
from knowledge.catalog import load_course
from knowledge.models import Course
from knowledge.retrieve import Library, open_library


def build(settings: Settings) -> Engine:
    """Return an engine for the settings' course; its index is made ready in the background.

    CourseError, KnowledgeError or StoreError where the course, the index or the records cannot
    be used. Call `start` before the first event and `close` after the last.
    """
    course = load_course(settings.course)
    store = Store(open_database(settings.database), course.id, now)
    return Engine(course, store, OfflineTutor(course, library(course, settings)), now)


def library(course: Course, settings: Settings) -> Library:
    """Return search over a course, being made ready in the background."""
    return open_library(course, settings.data, settings.encoder, settings.chroma_url)
