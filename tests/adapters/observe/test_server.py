"""What an operator can ask a process that serves no HTTP of its own: alive, ready, its numbers."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from adapters.observe.server import serve
from adapters.observe.start import observe
from bot.errors import StoreError
from bot.observe.health import HEALTH
from bot.settings import Settings

Get = Callable[[str], tuple[int, str]]


@pytest.fixture
def get() -> Iterator[Get]:
    server = serve("127.0.0.1", 0)

    def asked(path: str) -> tuple[int, str]:
        try:
            url = f"http://127.0.0.1:{server.server_port}{path}"
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()

    yield asked
    server.shutdown()
    server.server_close()


def test_a_process_that_answers_is_alive(get: Get) -> None:
    assert get("/healthz") == (200, "alive")


@pytest.mark.parametrize(("takes_work", "status"), [(True, 200), (False, 503)])
def test_it_is_ready_while_the_adapter_takes_work(get: Get, takes_work: bool, status: int) -> None:
    HEALTH.told_by(lambda: takes_work)
    assert get("/readyz")[0] == status


def test_its_numbers_are_served(get: Get) -> None:
    status, text = get("/metrics")
    assert status == 200
    assert "# HELP seminar_events_total" in text


def test_nothing_else_is(get: Get) -> None:
    assert get("/")[0] == 404


def test_a_port_that_is_taken_is_said_in_one_sentence() -> None:
    server = serve("127.0.0.1", 0)
    with pytest.raises(StoreError, match="SEMINAR_METRICS_PORT"):
        observe(Settings(_env_file=None, metrics_port=server.server_port))  # type: ignore[call-arg]
    server.shutdown()
    server.server_close()
