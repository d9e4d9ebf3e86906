"""One scripted learner on every platform: the same events, the same gradebook, the same faults."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.clock import now
from bot.engine import Engine
from bot.ports import Core
from bot.store.database import open_database
from bot.store.personal import export
from bot.store.store import Store
from tests import records
from tests.classroom import FakeTutor, good_answer, small_course
from tests.conformance.driver import Driver, Platform, Screen
from tests.conformance.platforms import PLATFORMS
from tests.conformance.recording import Recording

Gradebook = dict[str, list[tuple[Any, ...]]]


@dataclass
class School:
    """A database, a tutor that never fails, and an engine that may be made anew."""

    folder: Path
    transcript: list[tuple[str, ...]] = field(default_factory=list)
    engines: list[Engine] = field(default_factory=list)

    async def make_core(self) -> Core:
        await self.close()
        course = small_course()
        store = Store(open_database(self.url), course.id, now)
        engine = Engine(course, store, FakeTutor(), now)
        await engine.start()
        self.engines.append(engine)
        return Recording(engine, self.transcript)

    @property
    def url(self) -> str:
        return records.url(self.folder / "school.db")

    async def close(self) -> None:
        while self.engines:
            await self.engines.pop().close()

    def gradebook(self, learner: int = 1) -> Gradebook:
        """What the records say of a learner, without ids and times."""
        engine = open_database(self.url)
        with engine.connect() as connection:
            rows = export(connection, learner)
        engine.dispose()
        keys = {
            "answer": ("kind", "subject", "question", "attempt", "correct"),
            "result": ("kind", "subject", "attempt", "score", "out_of", "passed"),
            "mark": ("kind", "subject", "latest", "best", "out_of", "attempts"),
            "exchange": ("lesson", "question", "covered", "counted"),
        }
        return {
            table: sorted(tuple(row[key] for key in names) for row in rows[table])
            for table, names in keys.items()
        }


@pytest.fixture(params=PLATFORMS, ids=lambda platform: platform.name)
def platform(request: pytest.FixtureRequest) -> Platform:
    chosen: Platform = request.param
    return chosen


@asynccontextmanager
async def a_class(platform: Platform, folder: Path) -> AsyncIterator[tuple[School, Driver]]:
    school = School(folder)
    async with platform.open(school.make_core, folder) as driver:
        yield school, driver
    await school.close()


def new_folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder


def said(screens: list[Screen]) -> str:
    return "\n".join(screen.text for screen in screens)


RIGHT = {"1-tides-q1": "0", "1-tides-q2": "2", **{f"t{i}": str(i % 4) for i in range(5)}}


async def answer(driver: Driver, question: str, rightly: bool = True) -> list[Screen]:
    number = RIGHT[question] if rightly else str((int(RIGHT[question]) + 1) % 4)
    return await driver.press("ada", f"{question} option {number}")


STEPS: tuple[tuple[str, ...], ...] = (
    ("command", "learn"),
    ("command", "lesson", "1"),
    ("press", "Start reading"),
    ("press", "Next page"),
    ("press", "Next page"),
    ("press", "Finish the lesson"),
    ("press", "Take the quiz"),
    ("press", "Hint"),
    ("wrong", "1-tides-q1"),
    ("press", "Next question"),
    ("right", "1-tides-q2"),
    ("press", "See the result"),
    ("command", "lab", "1"),
    ("press", "Ask the suggested start"),
    ("say", "and what does the sun do?"),
    ("say", "and both together?"),
    ("press", "Home"),
    ("command", "test"),
    *(step for i in range(4) for step in (("right", f"t{i}"), ("press", "Next question"))),
    ("wrong", "t4"),
    ("press", "See the result"),
    ("command", "progress"),
)


async def walk(driver: Driver, restarts: bool = False) -> list[Screen]:
    shown: list[Screen] = []
    for act, *words in STEPS:
        shown = await take(driver, act, words)
        assert shown, (act, words)
        if restarts:
            await driver.restart()
    return shown


async def take(driver: Driver, act: str, words: list[str]) -> list[Screen]:
    match act:
        case "command":
            args = {"lesson": words[1]} if len(words) > 1 else {}
            return await driver.command("ada", words[0], **args)
        case "press":
            return await driver.press("ada", words[0])
        case "say":
            return await driver.say("ada", words[0])
        case _:
            return await answer(driver, words[0], rightly=act == "right")


@pytest.fixture(scope="module")
def expected() -> Gradebook:
    """What the walk must leave in the records, worked out by hand."""
    quiz = [("quiz", "1-tides", "1-tides-q1", 1, False), ("quiz", "1-tides", "1-tides-q2", 1, True)]
    test = [("test", "test", f"t{i}", 1, i != 4) for i in range(5)]
    asked = ["Why two tides?", "and both together?", "and what does the sun do?"]
    return {
        "answer": sorted([*quiz, *test]),
        "result": [("quiz", "1-tides", 1, 1, 2, False), ("test", "test", 1, 4, 5, True)],
        "mark": [
            ("lab", "1-tides", 3, 3, 3, 0),
            ("lesson", "1-tides", 4, 4, 4, 0),
            ("quiz", "1-tides", 1, 1, 2, 1),
            ("test", "test", 4, 4, 5, 1),
        ],
        "exchange": [("1-tides", question, True, True) for question in sorted(asked)],
    }


async def test_the_whole_course_leaves_the_same_gradebook(
    platform: Platform, tmp_path: Path, expected: Gradebook
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        shown = await walk(driver)
        assert "passed" in said(shown)
        assert school.gradebook() == expected


async def test_the_core_is_told_the_same_on_every_platform(
    platform: Platform, tmp_path: Path
) -> None:
    async with a_class(PLATFORMS[0], new_folder(tmp_path, "direct")) as (direct, driver):
        await walk(driver)
    async with a_class(platform, new_folder(tmp_path, "platform")) as (school, driver):
        await walk(driver)
    told = [event for event in school.transcript if event != ("opened",)]
    assert told == direct.transcript


async def test_a_restart_between_any_two_steps_changes_nothing(
    platform: Platform, tmp_path: Path, expected: Gradebook
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await walk(driver, restarts=True)
        assert school.gradebook() == expected


async def test_every_act_delivered_twice_counts_once(
    platform: Platform, tmp_path: Path, expected: Gradebook
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        for act, *words in STEPS:
            await take(driver, act, words)
            await driver.redeliver("ada")
        assert school.gradebook() == expected


async def test_a_lesson_is_named_by_its_title(platform: Platform, tmp_path: Path) -> None:
    async with a_class(platform, tmp_path) as (_, driver):
        assert "Quiz 2" in said(await driver.command("ada", "quiz", lesson="about waves"))
        assert "Lesson about tides" in said(await driver.say("ada", "lesson tides"))
        refused = said(await driver.command("ada", "lab", lesson="moons"))
        assert "1. Lesson about tides or 2. Lesson about waves" in refused


async def test_two_presses_at_once_score_one_answer(platform: Platform, tmp_path: Path) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await driver.command("ada", "quiz", lesson="1")
        await driver.press_twice("ada", "1-tides-q1 option 0")
        assert len(school.gradebook()["answer"]) == 1


async def test_a_press_on_an_old_card_scores_nothing_and_shows_the_present_one(
    platform: Platform, tmp_path: Path
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await driver.command("ada", "quiz", lesson="1")
        await answer(driver, "1-tides-q1")
        shown = await driver.press_old("ada", "1-tides-q1 option 1")
        assert "Right: 1-tides-q1 option 0" in said(shown).replace("*", "")
        assert len(school.gradebook()["answer"]) == 1


async def test_another_learner_s_press_scores_nothing_and_is_told_so(
    platform: Platform, tmp_path: Path
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await driver.command("ada", "quiz", lesson="1")
        await driver.command("bob", "learn")
        shown = await driver.press("bob", "1-tides-q1 option 0", owner="ada")
        assert "belongs to another learner" in said(shown)
        assert school.gradebook()["answer"] == []


async def test_a_failed_answer_offers_to_try_again(platform: Platform, tmp_path: Path) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        tutor = school.engines[-1]._running.tutor
        assert isinstance(tutor, FakeTutor)
        tutor.script = [RuntimeError("the model is down"), good_answer()]
        await driver.command("ada", "lab", lesson="1")
        assert "could not answer" in said(await driver.say("ada", "why two tides?"))
        assert "1 of 3" in said(await driver.press("ada", "Try again"))


HINT = "Ask the tutor for a hint"


async def stuck(driver: Driver) -> None:
    """Use up both hints of the first question."""
    await driver.command("ada", "quiz", lesson="1")
    await driver.press("ada", "Hint")
    await driver.press("ada", "Hint")


def tutor_of(school: School) -> FakeTutor:
    tutor = school.engines[-1]._running.tutor
    assert isinstance(tutor, FakeTutor)
    return tutor


async def test_the_tutor_gives_a_hint_and_the_question_stays_open(
    platform: Platform, tmp_path: Path
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await stuck(driver)
        shown = await driver.press("ada", HINT)
        assert "The moon pulls the sea" in said(shown)
        assert HINT not in shown[-1].buttons
        await driver.restart()
        assert "Right: 1-tides-q1" in said(await answer(driver, "1-tides-q1")).replace("*", "")
        assert len(school.gradebook()["answer"]) == 1


async def test_a_hint_that_fails_can_be_asked_for_again(platform: Platform, tmp_path: Path) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await stuck(driver)
        tutor_of(school).script = [TimeoutError("slow"), good_answer()]
        assert "could not answer just now" in said(await driver.press("ada", HINT))
        assert "The moon pulls the sea" in said(await driver.press("ada", "Try again"))


async def test_two_presses_at_once_ask_for_one_hint(platform: Platform, tmp_path: Path) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await stuck(driver)
        await driver.press_twice("ada", HINT)
        assert len(tutor_of(school).requests) == 1


async def test_a_mistake_is_explained_and_the_quiz_goes_on(
    platform: Platform, tmp_path: Path
) -> None:
    async with a_class(platform, tmp_path) as (school, driver):
        await driver.command("ada", "quiz", lesson="1")
        shown = await answer(driver, "1-tides-q1", rightly=False)
        assert "Explain my mistake" in shown[-1].buttons
        shown = await driver.press("ada", "Explain my mistake")
        assert "The moon pulls the sea" in said(shown)
        assert "1-tides-q2" in said(await driver.press("ada", "Next question"))
        assert school.gradebook()["answer"] == [("quiz", "1-tides", "1-tides-q1", 1, False)]
