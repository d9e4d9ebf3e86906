"""One worker as a process of its own: the real Slack app over HTTP, on real records.

A script stands for the language model, because what it says is not what is tested.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import create_app
from adapters.slack.http_mode import HttpApp
from bot.clock import now
from bot.engine import Engine
from bot.observe.logs import configure
from bot.settings import BUILT_IN_COURSE, Settings
from bot.store.database import open_database
from bot.store.store import Store
from bot.tutor.types import Answer, Draft, Request
from knowledge import retrieve
from knowledge.catalog import load_course
from knowledge.models import Course
from knowledge.retrieve import Library
from tests.classroom import good_answer, small_course
from tests.faults.index_worker import FakeEncoder

SECRET = "signing-secret"
TOKEN = "xoxb-test"
"""Of a Slack that is none."""


@dataclass(frozen=True)
class Orders:
    """What a worker is told at its start. `home` holds its log, and the files that steer it."""

    port: int
    database: str
    slack: str
    home: Path
    built_in: bool = False
    most_bytes: int | None = None
    """How large a file may grow; see `man 2 setrlimit`, RLIMIT_FSIZE."""

    chroma: str = ""
    """The Chroma server whose index is searched before each answer; without one, none is."""


@dataclass(frozen=True)
class Steering:
    """How the clock and the model behave now, read anew each time from a file."""

    ahead: float = 0.0
    delay: float = 0.0
    dead: bool = False

    def write(self, home: Path) -> None:
        """Have every worker of this home behave so from now on."""
        new = home / "steering.new"
        new.write_text(json.dumps(vars(self)))
        new.replace(home / "steering")


def steering(home: Path) -> Steering:
    """Return how to behave."""
    try:
        return Steering(**json.loads((home / "steering").read_text()))
    except FileNotFoundError:
        return Steering()


@dataclass
class ScriptedTutor:
    """Answers every question alike, after a while; or fails. Where it has a library it searches."""

    home: Path
    library: Library | None = None

    async def answer(self, request: Request) -> AsyncGenerator[Draft | Answer]:
        """Yield a draft, then the answer."""
        behaviour = steering(self.home)
        if behaviour.dead:
            raise ConnectionError("the model is dead")
        if self.library is not None:
            await asyncio.to_thread(self.library.find, request.question)
        yield Draft("The moon")
        await asyncio.sleep(behaviour.delay)
        yield good_answer()


def run(orders: Orders) -> None:
    """Serve until killed."""
    log = (orders.home / f"worker-{os.getpid()}.log").open("a", buffering=1)
    sys.stdout = sys.stderr = log
    configure("WARNING", log)
    if orders.most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (orders.most_bytes, resource.RLIM_INFINITY))
    uvicorn.run(
        _app(orders), host="127.0.0.1", port=orders.port, log_config=None, timeout_keep_alive=60
    )


def _app(orders: Orders) -> HttpApp:
    course = course_of(orders.built_in)

    def clock() -> datetime:
        return now() + timedelta(seconds=steering(orders.home).ahead)

    store = Store(open_database(orders.database), course.id, clock)
    tutor = ScriptedTutor(orders.home, _library(course, orders) if orders.chroma else None)
    engine = Engine(course, store, tutor, clock)
    settings = Settings(  # type: ignore[call-arg]
        _env_file=None,
        data=orders.home,
        database_url=orders.database,  # type: ignore[arg-type]
        slack_bot_token=TOKEN,  # type: ignore[arg-type]
        slack_signing_secret=SECRET,  # type: ignore[arg-type]
    )
    client = AsyncWebClient(token=TOKEN, base_url=f"{orders.slack}api/")
    app = create_app(settings, engine, client, clock)  # type: ignore[arg-type]
    return HttpApp(app, engine.start, engine.close, engine.answers)


def _library(course: Course, orders: Orders) -> Library:
    """The real search on a Chroma server, with an encoder that loads nothing, and in a hurry."""
    retrieve.open_encoder = lambda *_: FakeEncoder()
    retrieve.AGAIN = 0.5
    return Library.opening(course, orders.home, url=orders.chroma)


def course_of(built_in: bool) -> Course:
    """The course that is taught: the built-in one, or the small one of the tests."""
    return load_course(BUILT_IN_COURSE) if built_in else small_course()
