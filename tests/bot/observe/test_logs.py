"""The logs: one JSON object a line, without secrets and without what learners write."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot.observe.logs import HIDDEN, configure

TOKENS = (
    "xoxb-1234-5678-AbCdEf",
    "xapp-1-A0-99-abc",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789",
    "sk-proj-abcdefgh12345678",
    "AIzaSyA-1234567890_abcdefghijklmnopqrst",
    "hooks.slack.com/commands/T0123/456/aBcDeFgHiJ",
    "discord.com/api/v10/webhooks/123456/aW50ZXJhY3Rpb24_abc-DEF/messages/@original",
)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    stream = io.StringIO()
    configure("DEBUG", stream)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    structlog.reset_defaults()


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_one_json_object_with_its_time_level_and_error_id(written: io.StringIO) -> None:
    structlog.get_logger("bot").error("fault", error="ab12")
    (entry,) = entries(written)
    assert entry["event"] == "fault"
    assert entry["level"] == "error"
    assert entry["error"] == "ab12"
    assert entry["timestamp"].endswith("Z")


def test_the_libraries_log_in_the_same_form(written: io.StringIO) -> None:
    logging.getLogger("slack_bolt").warning("retry %s", 3)
    (entry,) = entries(written)
    assert (entry["event"], entry["logger"]) == ("retry 3", "slack_bolt")


@pytest.mark.parametrize("token", TOKENS)
def test_no_token_reaches_the_log_from_anywhere(token: str, written: io.StringIO) -> None:
    log = structlog.get_logger("bot")
    log.info("connecting", token=token, nested={"header": [f"Bearer {token}"]})
    logging.getLogger("discord").error("bad %s", token)
    log.error("fault", exc_info=ValueError(token))
    assert token not in written.getvalue()
    assert HIDDEN in written.getvalue()


def test_a_database_s_password_is_hidden(written: io.StringIO) -> None:
    logging.getLogger("sqlalchemy").error("cannot reach postgresql://seminar:hunter2@db/seminar")
    assert "hunter2" not in written.getvalue()


def test_what_a_learner_wrote_is_logged_at_the_debug_level_alone(written: io.StringIO) -> None:
    log = structlog.get_logger("bot")
    log.info("asked", question="why two tides?", text="why two tides?")
    assert "tides" not in written.getvalue()
    log.debug("asked", question="why two tides?")
    assert "tides" in written.getvalue()
