"""HTTP mode: signed requests only, health checks, a graceful end."""

from __future__ import annotations

import json

import aiohttp
import pytest

from adapters.slack.app import create_app
from adapters.slack.http_mode import HttpApp
from tests.adapters.slack.fake.server import sign
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import http_settings
from tests.adapters.slack.workspace import Workspace

BODY = json.dumps({"type": "url_verification", "challenge": "yes", "token": "t"})


async def post(space: Workspace, headers: dict[str, str], body: str = BODY) -> tuple[int, str]:
    typed = {"Content-Type": "application/json", **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.post(space.slack.request_url, data=body, headers=typed) as answer,
    ):
        return answer.status, await answer.text()


async def get(space: Workspace, path: str) -> tuple[int, str]:
    url = space.slack.request_url.replace("/slack/events", path)
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_slacks_own_check_is_answered(http_space: Workspace) -> None:
    status, text = await post(http_space, sign(BODY, http_space.slack.state.now))
    assert (status, "yes" in text) == (200, True)


@pytest.mark.parametrize("fault", ["wrong", "old", "none"])
async def test_what_slack_did_not_sign_just_now_is_refused(
    http_space: Workspace, fault: str
) -> None:
    now = http_space.slack.state.now
    headers = {
        "wrong": {**sign(BODY, now), "X-Slack-Signature": "v0=" + "0" * 64},
        "old": sign(BODY, now - 301),
        "none": {},
    }[fault]
    status, _ = await post(http_space, headers)
    assert status == 401


async def test_health_is_told(http_space: Workspace) -> None:
    assert await get(http_space, "/healthz") == (200, "alive")
    assert await get(http_space, "/readyz") == (200, "ready")
    http_space.app.desk.work.open = False
    assert (await get(http_space, "/readyz"))[0] == 503
    assert (await get(http_space, "/elsewhere"))[0] == 404


async def test_a_server_that_cannot_start_says_why(core: ScriptedCore) -> None:
    async def broken() -> None:
        raise RuntimeError("the disk is full")

    settings = http_settings(database_url="sqlite://")
    app = HttpApp(create_app(settings, core), broken, broken)
    sent: list[object] = []

    async def receive() -> dict[str, object]:
        return {"type": "lifespan.startup"}

    async def send(message: object) -> None:
        sent.append(message)

    await app({"type": "lifespan"}, receive, send)
    assert sent == [{"type": "lifespan.startup.failed", "message": "the disk is full"}]
