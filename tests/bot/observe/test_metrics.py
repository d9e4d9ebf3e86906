"""The numbers: each moves when what it counts happens."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.events import Command
from bot.observe import metrics
from tests.classroom import ADA, DESK, Classroom, text_of

WORKER = """
import os, sys
from bot.observe import metrics
metrics.DUPLICATES.inc()
metrics.QUEUE.inc()
if sys.argv[1] == "is killed":
    os._exit(9)
print(metrics.exposition().decode())
"""

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


def test_processes_behind_one_port_count_together_and_a_killed_one_holds_nothing(
    tmp_path: Path,
) -> None:
    def worker(what: str) -> str:
        return subprocess.run(  # noqa: S603 (this Python, on a few lines of ours)
            [sys.executable, "-c", WORKER, what],
            env={**os.environ, metrics.SHARED_FOLDER: str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    worker("is killed")
    lines = worker("tells").splitlines()
    assert "seminar_duplicates_stopped_total 2.0" in lines
    assert "seminar_queue_depth 1.0" in lines
