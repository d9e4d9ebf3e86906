"""On every platform the id that a learner is told of a fault is the one that the log has."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.events import Event
from bot.ports import Core, Kept, Wanted
from bot.replies import Reply
from bot.settings import Settings
from tests.adapters.slack.driver import SlackDriver
from tests.adapters.slack.fake import server
from tests.adapters.slack.fake.server import FakeSlack
from tests.adapters.slack.transports import http_settings, socket_settings
from tests.adapters.slack.workspace import Workspace
from tests.classroom import FakeTutor
from tests.conformance.driver import Driver, MakeCore, Platform
from tests.conformance.platforms import PLATFORMS
from tests.conformance.recording import Recording
from tests.conformance.test_platforms import School, a_class, said
from tests.logged import Logged, logged, told_ids


class Unacknowledged(Workspace):
    """A workspace whose Slack goes on where it gets no acknowledgement, as Slack does."""

    async def act(self, kind: str, payload: dict[str, Any], retry: int = 0) -> Any:
        """Deliver something; a fault leaves it unacknowledged."""
        with suppress(TimeoutError, AssertionError):
            return await super().act(kind, payload, retry)


@dataclass(frozen=True)
class Slack:
    """Slack by one of its two transports."""

    name: str
    settings: Settings

    @asynccontextmanager
    async def open(self, make_core: MakeCore, folder: Path) -> AsyncIterator[Driver]:
        """Start the app in a Slack of its own."""
        async with FakeSlack() as fake:
            settings = self.settings.model_copy(update={"data": folder})
            space = Unacknowledged(fake, settings, await make_core())
            await space.start()
            try:
                yield SlackDriver(space, make_core)
            finally:
                await space.stop()


PLATFORMS_HERE: list[Platform] = [
    *(one for one in PLATFORMS if one.name != "slack"),
    Slack("slack by socket", socket_settings()),
    Slack("slack by http", http_settings()),
]


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's wait for an acknowledgement that does not come."""
    monkeypatch.setattr(server, "ACK_SECONDS", 1.5)


@pytest.fixture(params=PLATFORMS_HERE, ids=lambda platform: platform.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    chosen: Platform = request.param
    return chosen


@pytest.fixture(params=PLATFORMS_HERE[1:], ids=lambda platform: platform.name)
def adapter(request: pytest.FixtureRequest) -> Platform:
    """A platform with something around the core."""
    chosen: Platform = request.param
    return chosen


async def act(driver: Driver, how: str) -> str:
    """Do one thing, and return all that is shown."""
    match how:
        case "command":
            return said(await driver.command("ada", "progress"))
        case "press":
            return said(await driver.press("ada", "1-tides-q1 option 0"))
        case _:
            return said(await driver.say("ada", "why two tides?"))


ACTS = ("command", "press", "words")


def assert_one_id(told: str, log: Logged) -> None:
    ids = told_ids(told)
    assert ids
    assert set(ids) == set(log.ids)


@pytest.mark.parametrize("how", ACTS)
async def test_a_fault_of_the_core_has_one_id(how: str, platform: Platform, tmp_path: Path) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await driver.command("ada", "quiz", lesson="1")
        with logged() as log:
            await school.close()  # the records are gone from under the running bot
            assert_one_id(await act(driver, how), log)
            assert {fault["exception"].split()[-1] for fault in log.faults} == {"ending."}


async def test_a_tutor_that_fails_is_told_by_the_id_in_the_log(
    platform: Platform, tmp_path: Path
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await driver.command("ada", "lab", lesson="1")
        tutor = school.engines[-1]._running.tutor
        assert isinstance(tutor, FakeTutor)
        tutor.script = [RuntimeError("the model is down")]
        with logged() as log:
            assert_one_id(await act(driver, "words"), log)


@dataclass
class Broken(Recording):
    """A core that breaks where it must not: outside its own error desk, once it is `broken`."""

    broken: bool = False

    async def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        """Break, or pass on."""
        if self.broken:
            raise ZeroDivisionError("a secret of the program")
        async for reply in super().handle(event, once=once, kept=kept, wanted=wanted):
            yield reply


class BrokenSchool(School):
    """A class whose core can be broken."""

    last: Broken

    async def make_core(self) -> Core:
        made = await super().make_core()
        assert isinstance(made, Recording)
        self.last = Broken(made.core, self.transcript)
        return self.last


@asynccontextmanager
async def a_broken_class(
    platform: Platform, folder: Path
) -> AsyncIterator[tuple[BrokenSchool, Driver]]:
    school = BrokenSchool(folder)
    async with platform.open(school.make_core, folder) as driver:
        yield school, driver
    await school.close()


@pytest.mark.parametrize("how", ACTS)
async def test_a_fault_around_the_core_has_one_id(
    how: str, adapter: Platform, tmp_path: Path
) -> None:
    async with a_broken_class(adapter, tmp_path) as (school, driver):
        await driver.command("ada", "quiz", lesson="1")
        school.last.broken = True
        with logged() as log:
            told = await act(driver, how)
            assert_one_id(told, log)
            assert "secret" not in told
        school.last.broken = False
        assert "1-tides" in said(await driver.command("ada", "quiz", lesson="1"))
