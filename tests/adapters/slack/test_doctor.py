"""What the doctor finds, and what it says to do about it."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from adapters.checks import Finding, Verdict
from adapters.slack.doctor import examine
from adapters.slack.manifest import scopes
from bot.settings import Settings
from tests.adapters.slack.fake.methods import METHODS
from tests.adapters.slack.fake.server import FakeSlack
from tests.adapters.slack.transports import http_settings, socket_settings


async def findings(settings: Settings, granted: set[str] | None = None) -> dict[str, Finding]:
    async with FakeSlack(set(scopes()) if granted is None else granted) as slack:
        return {found.name: found for found in await examine(settings, slack.api)}


async def test_a_good_setup_has_nothing_to_mend() -> None:
    found = await findings(socket_settings())
    assert {finding.verdict for finding in found.values()} == {Verdict.GOOD}


async def test_without_slack_it_is_not_set_up() -> None:
    [found] = await examine(Settings(_env_file=None))  # type: ignore[call-arg]
    assert found.verdict is Verdict.UNSET


@pytest.mark.parametrize(
    ("changed", "name", "told"),
    [
        ({"slack_bot_token": "xapp-test"}, "SEMINAR_SLACK_BOT_TOKEN", "swapped"),
        ({"slack_bot_token": "other"}, "SEMINAR_SLACK_BOT_TOKEN", "begin with xoxb-"),
        ({"slack_bot_token": "xoxb-wrong"}, "Slack bot token", "copy it again"),
        ({"slack_bot_token": None}, "Slack bot token", "no answer can go out"),
        ({"slack_app_token": "xapp-wrong"}, "Slack app token", "copy it again"),
        ({"slack_app_token": None}, "Slack transport", "neither"),
        ({"slack_client_id": "1"}, "SEMINAR_SLACK_CLIENT_SECRET", "OAuth needs it"),
        ({"slack_client_id": "1"}, "SEMINAR_ENCRYPTION_KEY", "Fernet"),
    ],
)
async def test_each_fault_is_named_with_its_remedy(
    changed: dict[str, Any], name: str, told: str
) -> None:
    found = (await findings(socket_settings(**changed)))[name]
    assert found.verdict is Verdict.BAD
    assert found.remedy
    assert told in str(found)


async def test_a_missing_scope_is_named() -> None:
    found = (await findings(socket_settings(), set(scopes()) - {"files:write"}))["Slack scopes"]
    assert found.verdict is Verdict.BAD
    assert "files:write" in found.found


async def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = (await findings(http_settings(http_port=port)))["Slack transport"]
    assert found.verdict is Verdict.BAD
    assert "SEMINAR_HTTP_PORT" in found.remedy


async def test_slack_out_of_reach_is_told() -> None:
    found = await examine(socket_settings(), "http://127.0.0.1:9/api/")
    assert any("cannot be reached" in finding.found for finding in found)


async def test_a_slack_that_fails_by_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> dict[str, object]:
        raise RuntimeError("out of order")

    monkeypatch.setitem(METHODS, "auth.test", (fails, ""))
    found = (await findings(socket_settings()))["Slack bot token"]
    assert found.verdict is Verdict.BAD
    assert "fails by itself" in found.found
