"""The numbers: each moves when what it counts happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.events import Command
from bot.observe import metrics
from tests.classroom import ADA, DESK, Classroom, text_of

Value = Callable[..., float]


@pytest.fixture
def moved() -> Value:
    """By how much a number has moved since it was first asked for in this test."""
    before: dict[tuple[str, str], float] = {}

    def by(name: str, **labels: str) -> float:
        now = REGISTRY.get_sample_value(name, labels) or 0.0
        return now - before.setdefault((name, str(labels)), now)

    return by


async def test_an_event_is_counted_and_its_reply_timed(room: Classroom, moved: Value) -> None:
    counted = ("seminar_events_total", {"platform": "test", "happening": "Command"})
    moved(counted[0], **counted[1])
    moved("seminar_first_reply_seconds_count")
    await room.command("learn")
    assert moved(counted[0], **counted[1]) == 1
    assert moved("seminar_first_reply_seconds_count") == 1


async def test_a_repeated_delivery_is_counted_as_stopped(room: Classroom, moved: Value) -> None:
    moved("seminar_duplicates_stopped_total")
    event = Command(ADA, DESK, "twice", room.now, "learn", {})
    await room.send(event)
    await room.send(event)
    assert moved("seminar_duplicates_stopped_total") == 1


async def test_a_fault_is_counted_by_its_kind_and_has_an_id_on_both_sides(
    room: Classroom, moved: Value
) -> None:
    moved("seminar_errors_total", kind="ZeroDivisionError")
    room.tutor.script = [ZeroDivisionError("broken")]
    with capture_logs() as logged:
        said = text_of(await room.command("ask", question="why two tides?"))
    assert moved("seminar_errors_total", kind="ZeroDivisionError") == 1
    (fault,) = (entry for entry in logged if entry["event"] == "fault")
    assert fault["error"] in said
    assert "tides" not in str({**fault, "exc_info": ""})


async def test_answers_are_timed_by_why_they_were_asked(room: Classroom, moved: Value) -> None:
    moved("seminar_answer_seconds_count", role="ask")
    await room.command("ask", question="why two tides?")
    assert moved("seminar_answer_seconds_count", role="ask") == 1


def test_all_numbers_are_served_as_prometheus_reads_them() -> None:
    shown = metrics.exposition().decode()
    for name in ("events", "ack_seconds", "queue_depth", "retrieval_seconds", "model_seconds"):
        assert f"seminar_{name}" in shown
