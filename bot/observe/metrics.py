"""The program's numbers, in Prometheus's terms: counted here, served by whoever listens."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from bot.events import Event
from bot.tutor.types import Request

CONTENT_TYPE = CONTENT_TYPE_LATEST
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where processes behind one port keep their numbers together (prometheus_client's own name)."""

QUICK = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0)
SLOW = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 80.0)

EVENTS = Counter("seminar_events", "What learners did.", ["platform", "happening"])
DUPLICATES = Counter(
    "seminar_duplicates_stopped", "Deliveries that came again and changed nothing."
)
RETRIES = Counter("seminar_retries", "What was tried again, and because of whom.", ["because"])
ERRORS = Counter("seminar_errors", "Faults, by what they were.", ["kind"])
REFUSALS = Counter("seminar_refusals", "Acts that could not be done; the learner was told why.")
UNACKNOWLEDGED = Counter(
    "seminar_unacknowledged", "Deliveries that Slack was not told to have arrived.", ["because"]
)
ACK = Histogram("seminar_ack_seconds", "From a request to its ack.", ["platform"], buckets=QUICK)
FIRST_REPLY = Histogram(
    "seminar_first_reply_seconds", "From an event to the core's first reply.", buckets=QUICK
)
ANSWER = Histogram("seminar_answer_seconds", "A tutor's whole answer.", ["role"], buckets=SLOW)
MODEL = Histogram("seminar_model_seconds", "One call of the language model.", buckets=SLOW)
RETRIEVAL = Histogram("seminar_retrieval_seconds", "One search in the course.", buckets=QUICK)
TRANSACTION = Histogram(
    "seminar_transaction_seconds", "A transaction, with its wait for a thread.", buckets=QUICK
)
IN_HAND = Gauge("seminar_events_in_hand", "Events being handled.", multiprocess_mode="livesum")
QUEUE = Gauge(
    "seminar_queue_depth", "Transactions waiting or running.", multiprocess_mode="livesum"
)


@contextmanager
def handling(event: Event) -> Iterator[Callable[[], None]]:
    """Count an event while it is handled; call what is yielded at each reply."""
    EVENTS.labels(event.who.platform, type(event).__name__).inc()
    begun, first = time.perf_counter(), True

    def replied() -> None:
        nonlocal first
        if first:
            FIRST_REPLY.observe(time.perf_counter() - begun)
        first = False

    with IN_HAND.track_inprogress():
        yield replied


@asynccontextmanager
async def answering(request: Request) -> AsyncIterator[None]:
    """Note how long the tutor takes to answer."""
    with ANSWER.labels(request.role).time():
        yield


@asynccontextmanager
async def model_call() -> AsyncIterator[None]:
    """Note how long the language model takes for one call."""
    with MODEL.time():
        yield


def exposition() -> bytes:
    """Return all numbers as Prometheus reads them; of every process where they share a folder."""
    registry = REGISTRY
    if folder := os.environ.get(SHARED_FOLDER):
        _forget_dead(Path(folder))
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _forget_dead(folder: Path) -> None:
    """Leave out what processes held in hand that have been killed."""
    for file in folder.glob("gauge_live*_*.db"):
        process = int(file.stem.rpartition("_")[2])
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]
        except PermissionError:
            continue  # it lives
