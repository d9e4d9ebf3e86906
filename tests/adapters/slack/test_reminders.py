"""Cards that nobody asked for just now: into the app's own conversation, and into a channel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.models import Installation
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import SQLModel

from adapters.slack.oauth import SqlInstallations, seal
from adapters.slack.reminders import SlackCourier, courier
from bot.commands.reminder import reminder
from bot.courier import UnreachableError
from bot.events import Learner
from bot.flows.base import World
from bot.gradebook import Progress
from bot.replies import Card
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.slack_tables import INSTALLATION
from tests.adapters.slack.fake.server import BOT_TOKEN, FakeSlack
from tests.adapters.slack.fake.state import Person
from tests.adapters.slack.workspace import CHANNEL, Workspace
from tests.classroom import Classroom, small_course

CARD = reminder(World(small_course(), Progress()), days=3)
SAID = Card("Tides: an announcement", "The test is open.", private=False)
ADA = Learner("slack", "T1", "UADA")


async def test_a_reminder_stands_in_the_apps_conversation_and_can_be_pressed(
    space: Workspace, classroom: Classroom
) -> None:
    await SlackCourier(space.app.client).to_learner(ADA, "T1", CARD)
    [shown] = space.screen("UADA")
    assert "go on where you left off" in shown.text
    assert space.screen("UADA", "DUADA") == [shown]
    assert space.screen("UBOB") == []
    await space.press("UADA", "No more reminders")
    [shown] = space.screen("UADA")
    assert "You get no more reminders" in shown.text


async def test_an_announcement_stands_in_the_channel_for_all(space: Workspace) -> None:
    await SlackCourier(space.app.client).to_channel("T1", CHANNEL, SAID)
    [shown] = space.screen("UBOB", CHANNEL)
    assert "The test is open." in shown.text


@pytest.mark.parametrize("user", ["UGONE"])
async def test_somebody_whom_slack_does_not_know_is_out_of_reach(
    space: Workspace, user: str
) -> None:
    with pytest.raises(UnreachableError):
        await SlackCourier(space.app.client).to_learner(Learner("slack", "T1", user), "T1", CARD)


async def test_a_channel_that_the_app_is_not_in_is_out_of_reach(space: Workspace) -> None:
    space.slack.state.channels[CHANNEL].members.remove(space.slack.state.bot_user)
    with pytest.raises(UnreachableError):
        await SlackCourier(space.app.client).to_channel("T1", CHANNEL, SAID)


async def test_a_token_without_the_right_to_write_says_nothing_of_the_learner() -> None:
    async with FakeSlack(scopes={"users:read"}) as slack:
        slack.state.people["UADA"] = Person("UADA")
        client = AsyncWebClient(token="xoxb-test", base_url=slack.api)
        with pytest.raises(SlackApiError, match="missing_scope"):
            await SlackCourier(client).to_learner(ADA, "T1", CARD)


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Settings]:
    """Settings for many workspaces, and an empty table for them."""
    url = f"sqlite:///{tmp_path / 'slack.db'}"
    database = open_database(url)
    SQLModel.metadata.create_all(database, tables=[INSTALLATION])
    yield Settings(
        _env_file=None,  # type: ignore[call-arg]
        database_url=url,
        slack_client_id="1",
        slack_client_secret="s",
        encryption_key=Fernet.generate_key().decode(),
    )
    database.dispose()


async def install(settings: Settings, token: str = BOT_TOKEN, **where: str | bool) -> None:
    """Install the app somewhere, with a token that it gets there."""
    store = SqlInstallations(open_database(settings.database), seal(settings))
    await store.async_save(Installation(user_id="UADA", bot_token=token, **where))


async def test_each_workspace_is_written_to_with_its_own_token(
    space: Workspace, many: Settings
) -> None:
    await install(many, team_id="T1")
    await install(many, "xoxb-wrong", team_id="T2")
    reaches = courier(many, AsyncWebClient(base_url=space.slack.api))
    await reaches.to_learner(ADA, "T1", CARD)
    assert len(space.screen("UADA")) == 1
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await reaches.to_learner(ADA, "T2", CARD)
    for elsewhere in ("T3", ""):
        with pytest.raises(LookupError):
            await reaches.to_learner(ADA, elsewhere, CARD)


async def test_a_workspace_of_an_organisation_that_has_the_app_alone_is_reached(
    space: Workspace, many: Settings
) -> None:
    await install(many, enterprise_id="E1", team_id="T1")
    reaches = courier(many, AsyncWebClient(base_url=space.slack.api))
    await reaches.to_learner(Learner("slack", "E1", "UADA"), "T1", CARD)
    await reaches.to_channel("T1", CHANNEL, SAID)
    assert [seen.where for seen in space.screen("UADA")] == ["DUADA", CHANNEL]
    with pytest.raises(LookupError):
        await reaches.to_learner(ADA, "E1", CARD)


async def test_an_organisation_that_has_the_app_whole_is_reached(
    space: Workspace, many: Settings
) -> None:
    await install(many, "xoxb-wrong", enterprise_id="E1", team_id="T1")
    await install(many, enterprise_id="E1", is_enterprise_install=True)
    reaches = courier(many, AsyncWebClient(base_url=space.slack.api))
    await reaches.to_learner(Learner("slack", "E1", "UADA"), "E1", CARD)
    assert len(space.screen("UADA")) == 1
