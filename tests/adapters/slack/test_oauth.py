"""Many workspaces: installed by OAuth, tokens sealed in the database, gone when uninstalled."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import click
import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store.models import Installation
from sqlalchemy import Engine, select, update
from sqlmodel import SQLModel

from adapters.slack.oauth import SqlInstallations, SqlStates, authorization
from adapters.slack.stops import SharedStops
from bot.replies import Say
from bot.store.database import open_database
from bot.store.slack_tables import INSTALLATION, STATE, STOP
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.transports import http_settings
from tests.adapters.slack.workspace import Workspace, workspace

KEY = Fernet.generate_key()
TABLES = [INSTALLATION, STATE, STOP]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'slack.db'}"


@pytest.fixture
def database(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    SQLModel.metadata.create_all(engine, tables=TABLES)
    yield engine
    engine.dispose()


@pytest.fixture
def store(database: Engine) -> SqlInstallations:
    return SqlInstallations(database, Fernet(KEY))


def installation(user: str = "UADA", **more: object) -> Installation:
    known = {"team_id": "T1", "bot_token": "xoxb-secret", "bot_id": "B", "bot_user_id": "UBOT"}
    return Installation(user_id=user, **{**known, **more})


async def test_who_installed_it_stands_in_the_row_alone(
    store: SqlInstallations, database: Engine
) -> None:
    await store.async_save(installation())
    with database.connect() as connection:
        [row] = connection.execute(select(INSTALLATION)).all()
    assert row.user == "UADA"
    assert b"UADA" not in Fernet(KEY).decrypt(row.sealed.encode())


async def test_a_workspace_finds_its_own_bot_again(store: SqlInstallations) -> None:
    await store.async_save(installation())
    await store.async_save(installation(team_id="T2", bot_token="xoxb-other"))
    found = await store.async_find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.bot_token == "xoxb-secret"
    assert await store.async_find_bot(enterprise_id=None, team_id="T3") is None


async def test_no_token_lies_open_in_the_database(
    store: SqlInstallations, database: Engine, tmp_path: Path
) -> None:
    await store.async_save(installation())
    assert not holds(tmp_path, b"xoxb-secret")


def holds(folder: Path, secret: bytes) -> bool:
    return any(secret in file.read_bytes() for file in folder.iterdir())


async def test_with_another_key_a_workspace_is_not_found(
    store: SqlInstallations, database: Engine
) -> None:
    await store.async_save(installation())
    stranger = SqlInstallations(database, Fernet(Fernet.generate_key()))
    assert await stranger.async_find_bot(enterprise_id=None, team_id="T1") is None


async def test_a_whole_enterprise_is_found_from_any_of_its_workspaces(
    store: SqlInstallations,
) -> None:
    await store.async_save(
        installation(enterprise_id="E1", team_id=None, is_enterprise_install=True)
    )
    found = await store.async_find_bot(enterprise_id="E1", team_id="T7", is_enterprise_install=True)
    assert found is not None


async def test_installing_again_replaces_the_token(
    store: SqlInstallations, database: Engine
) -> None:
    await store.async_save(installation())
    await store.async_save(installation(bot_token="xoxb-newer"))
    found = await store.async_find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.bot_token == "xoxb-newer"
    with database.connect() as connection:
        assert len(connection.execute(select(INSTALLATION)).all()) == 1


async def test_a_state_is_good_once_and_not_for_long(database: Engine) -> None:
    states = SqlStates(database)
    state = await states.async_issue()
    assert await states.async_consume(state)
    assert not await states.async_consume(state)
    assert not await states.async_consume("invented")
    late = await states.async_issue()
    with database.begin() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)  # noqa: TID251 (the store has no clock)
        connection.execute(update(STATE).values(expires_at=past))
    assert not await states.async_consume(late)


async def test_a_stop_is_known_to_every_worker(database: Engine) -> None:
    here, there = SharedStops(database), SharedStops(database)
    await here.add("C1", "1.2")
    await here.add("C1", "1.2")
    assert await there.has("C1", "1.2")
    assert not await there.has("C1", "1.3")


async def test_a_stop_holds_here_where_the_records_cannot_be_reached(tmp_path: Path) -> None:
    stops = SharedStops(open_database(f"sqlite:///{tmp_path / 'empty.db'}"))
    await stops.add("C1", "1.2")
    assert await stops.has("C1", "1.2")
    assert not await stops.has("C1", "1.3")


@pytest.mark.parametrize("key", [None, "short"])
def test_without_a_good_key_nothing_starts(key: str | None) -> None:
    settings = http_settings(slack_client_id="1", slack_client_secret="s", encryption_key=key)
    with pytest.raises(click.UsageError, match="SEMINAR_ENCRYPTION_KEY"):
        authorization(settings)


async def test_install_use_and_uninstall(
    url: str, database: Engine, store: SqlInstallations, core: ScriptedCore
) -> None:
    core.scripts = [[Say("Hello.")], [Say("Never.")]]
    oauth = {"slack_client_id": "1.2", "slack_client_secret": "s", "encryption_key": KEY.decode()}
    settings = http_settings(database_url=url, slack_bot_token=None, **oauth)
    async with workspace(core, settings) as space:
        space.app.client.token = None
        await install(space)
        assert await store.async_find_bot(enterprise_id=None, team_id="T1") is not None
        await space.dm("UADA", "hello")
        assert [seen.text for seen in space.screen("UADA")] == ["Hello."]
        await space.event({"type": "app_uninstalled"})
        while await store.async_find_bot(enterprise_id=None, team_id="T1"):  # noqa: ASYNC110
            await asyncio.sleep(0)


async def install(space: Workspace) -> None:
    """Walk through Slack's consent pages as a browser does."""
    root = space.slack.request_url.removesuffix("/slack/events")
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(f"{root}/slack/install") as page:
            text = await page.text()
            cookie = page.headers["Set-Cookie"].split(";")[0]
        state = text.split("state=")[1].split("&")[0].split('"')[0]
        query = f"code=good-code&state={state}"
        headers = {"Cookie": cookie}
        async with browser.get(f"{root}/slack/oauth_redirect?{query}", headers=headers) as done:
            assert done.status == 200, await done.text()
