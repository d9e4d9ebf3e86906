"""What an operator sees of Socket Mode: its acknowledgements, what comes again, if it is on."""

from __future__ import annotations

from prometheus_client import REGISTRY

from bot.observe.health import HEALTH
from tests.adapters.slack.workspace import Workspace

ADA = "UADA"
AGAIN = {"because": "Slack delivered again"}


async def test_each_acknowledgement_is_timed_and_each_retry_counted(scripted: Workspace) -> None:
    def number(name: str, labels: dict[str, str]) -> float:
        return REGISTRY.get_sample_value(name, labels) or 0.0

    acks = number("seminar_ack_seconds_count", {"platform": "slack"})
    again = number("seminar_retries_total", AGAIN)
    await scripted.dm(ADA, "why two tides?")
    await scripted.redeliver(retry=1)
    assert number("seminar_ack_seconds_count", {"platform": "slack"}) == acks + 2
    assert number("seminar_retries_total", AGAIN) == again + 1


async def test_it_is_ready_while_it_is_connected_and_takes_work(scripted: Workspace) -> None:
    assert HEALTH.ready
    scripted.app.desk.work.open = False
    assert not HEALTH.ready
