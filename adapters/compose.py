"""The composition root: settings in, a running engine out. Nothing else builds a port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.workshop import CourseWorkshop
from bot.clock import now
from bot.engine import Engine
from bot.rules import Keep
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.store import Store
from bot.tutor.arriving import Arriving
from bot.tutor.types import Tutor
from knowledge.catalog import load_course
from knowledge.index import Progress
from knowledge.models import Course

if TYPE_CHECKING:
    from knowledge.retrieve import Library


def build(settings: Settings, progress: Progress | None = None) -> Engine:
    """Return an engine for the settings' course, its index being made ready in the background.

    `progress` is told how many passages of how many are indexed. CourseError or StoreError
    where the course, the records or the model cannot be used. Call `start` before the first
    event and `close` after the last.
    """
    engine, arriving = assemble(settings, progress)
    arriving.begin()
    return engine


def assemble(settings: Settings, progress: Progress | None = None) -> tuple[Engine, Arriving]:
    """Return the engine of `build`, and its tutor, which is not begun: for a fast first card."""
    course = load_course(settings.course)
    store = Store(open_database(settings.database), course.id, now)

    def make() -> Tutor:
        return tutor(settings, course, library(course, settings, progress), store)

    if settings.model is not None:
        made = make()  # a model that cannot be set up is told at once, not at the first question
        arriving = Arriving(lambda: made)
    else:
        arriving = Arriving(make)
    workshop = CourseWorkshop(settings, lambda read, found: tutor(settings, read, found, store))
    keep = Keep(
        settings.keep_transcripts_days, settings.keep_deliveries_days, settings.keep_sessions_days
    )
    return Engine(course, store, arriving, now, workshop, keep, settings.moderators), arriving


def tutor(settings: Settings, course: Course, found: Library, store: Store | None = None) -> Tutor:
    """Return the tutor that the settings ask for: on their language model, or offline.

    What a model is asked is counted in `store`, if any. StoreError where the model cannot be
    set up.
    """
    from bot.tutor.offline import OfflineTutor  # noqa: PLC0415 (slow to import)

    offline = OfflineTutor(course, found)
    if settings.model is None:
        return offline
    from bot.store.model_ledger import StoredLedger  # noqa: PLC0415 (LangChain is slow to import)
    from bot.tutor.model.opening import open_tutor  # noqa: PLC0415
    from bot.tutor.model.ports import Unlimited  # noqa: PLC0415

    ledger = Unlimited() if store is None else StoredLedger(store)
    return open_tutor(settings, course, found, offline, ledger)


def library(course: Course, settings: Settings, progress: Progress | None = None) -> Library:
    """Return search over a course, being made ready in the background."""
    from bot.observe.library import TimedLibrary  # noqa: PLC0415 (slow to import)

    return TimedLibrary.opening(
        course,
        settings.data,
        model=settings.encoder,
        url=settings.chroma_url or "",
        progress=progress,
    )
