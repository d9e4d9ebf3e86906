"""Learners who were away are reminded once, by any of several workers, if their class wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.events import Command, Learner, Place
from bot.reminders import PAUSE, Round
from bot.replies import Card
from bot.store import reminders
from bot.store.database import open_database
from bot.store.reminders import TRIES
from bot.store.store import Store
from tests.bot.commands.admin.school import ADA, BOB, MIA, FakeCourier, School
from tests.classroom import DESK, text_of
from tests.logged import logged


@dataclass
class Rounds:
    """Rounds in a class, and what came of them."""

    school: School
    courier: FakeCourier = field(default_factory=FakeCourier)
    pauses: list[float] = field(default_factory=list)

    async def pause(self, seconds: float) -> None:
        """Take no time."""
        self.pauses.append(seconds)

    async def round(self, store: Store | None = None) -> int:
        """Make one round."""
        kept = store or self.school.engine._store
        return await Round(kept, self.courier, self.school.course, self.pause).run()


@pytest.fixture
async def rounds(tmp_path: Path) -> AsyncIterator[Rounds]:
    """A class with reminders after 3 days, in which Ada has begun the course."""
    school = School(tmp_path)
    await school.engine.start()
    await school.admin("settings", "reminders 3")
    await school.take_quiz([True, True], who=ADA)
    yield Rounds(school)
    await school.engine.close()


async def test_a_silent_learner_gets_one_card_with_where_they_stand_and_one_step(
    rounds: Rounds,
) -> None:
    rounds.school.later(days=3, minutes=-1)
    assert await rounds.round() == 0
    rounds.school.later(minutes=1)
    assert await rounds.round() == 1
    [(workspace, user, card)] = rounds.courier.brought
    assert (workspace, user) == ("school", "ada")
    assert "1 of 7 parts" in card.body
    assert [button.label for button in card.buttons] == ["Read lesson 1", "No more reminders"]
    assert "after 3 days" in card.footer


async def test_there_is_one_reminder_a_silence(rounds: Rounds) -> None:
    for _ in range(5):
        rounds.school.later(days=2)
        await rounds.round()
    assert rounds.courier.reached == ["ada"]
    await rounds.school.command("learn", ADA)
    for _ in range(5):
        rounds.school.later(days=2)
        await rounds.round()
    assert rounds.courier.reached == ["ada", "ada"]


async def test_reminders_outlive_a_restart(rounds: Rounds) -> None:
    rounds.school.later(days=3)
    await rounds.round()
    await rounds.school.restart()
    assert await rounds.round() == 0


async def test_the_first_step_of_the_card_opens_the_lesson(rounds: Rounds) -> None:
    rounds.school.later(days=3)
    await rounds.round()
    step = rounds.courier.brought[0][2].buttons[0].action
    assert "Lesson about tides" in text_of(await rounds.school.press_action(step, ADA))


@pytest.mark.parametrize("kind", ["lesson", "quiz", "lab"])
async def test_the_step_is_what_the_learner_was_in_the_middle_of_as_on_home(
    rounds: Rounds, kind: str
) -> None:
    rounds.school.later(minutes=1)
    await rounds.school.command(kind, ADA, lesson="2")
    begun = rounds.school.cards["ada"].title
    await rounds.school.command("learn", ADA)
    home = rounds.school.cards["ada"].buttons[0]
    rounds.school.later(days=3)
    await rounds.round()
    step = rounds.courier.brought[0][2].buttons[0]
    assert (step.label, step.action) == (home.label, home.action)
    assert step.label == f"Continue {kind} 2"
    assert begun in text_of(await rounds.school.press_action(step.action, ADA))


async def test_nobody_is_reminded_of_what_they_never_began_or_have_finished(
    rounds: Rounds,
) -> None:
    await rounds.school.command("learn", BOB)
    await finish(rounds.school, ADA)
    rounds.school.later(days=4)
    assert await rounds.round() == 0


async def finish(school: School, who: Learner) -> None:
    """Do every part of the course."""
    for number in ("1", "2"):
        await school.take_quiz([True, True], lesson=number, who=who)
        await school.command("lesson", who, lesson=number)
        for label in ("Start reading", "Next page", "Next page", "Finish the lesson"):
            await school.press(label, who)
        await school.command("lab", who, lesson=number)
        for question in ("why two tides?", "and the sun?", "and the moon?"):
            await school.type(question, who)
    await school.take_test([True] * 5, who)


async def test_a_class_that_has_not_asked_for_reminders_gets_none(rounds: Rounds) -> None:
    other = Learner("test", "other school", "cy", "Cy")
    await rounds.school.take_quiz([True, True], who=other)
    rounds.school.later(days=4)
    await rounds.round()
    assert rounds.courier.reached == ["ada"]
    await rounds.school.admin("settings", "reminders off")
    await rounds.school.command("learn", ADA)
    rounds.school.later(days=4)
    assert await rounds.round() == 0


async def test_a_platform_reminds_its_own_learners(rounds: Rounds) -> None:
    rounds.school.later(days=4)
    rounds.courier.platform = "other"
    assert await rounds.round() == 0


async def test_a_learner_says_no_on_the_card_and_yes_in_privacy(rounds: Rounds) -> None:
    rounds.school.later(days=3)
    await rounds.round()
    no = rounds.courier.brought[0][2].buttons[1].action
    assert "no more reminders" in text_of(await rounds.school.press_action(no, ADA))
    rounds.school.later(days=4)
    assert await rounds.round() == 0
    assert "You get no reminders" in text_of(await rounds.school.command("privacy", ADA))
    await rounds.school.press("Allow reminders", ADA)
    rounds.school.later(days=4)
    assert await rounds.round() == 1
    assert "I write to you once" in text_of(await rounds.school.command("privacy", ADA))


async def test_a_learner_may_say_no_before_there_is_any_reminder(rounds: Rounds) -> None:
    await rounds.school.command("privacy", ADA)
    await rounds.school.press("No more reminders", ADA)
    rounds.school.later(days=4)
    assert await rounds.round() == 0
    assert rounds.courier.tried == 0


async def test_a_closed_door_is_knocked_at_once(rounds: Rounds) -> None:
    rounds.courier.closed = {"ada"}
    await rounds.school.take_quiz([True, True], who=BOB)
    rounds.school.later(days=4)
    assert await rounds.round() == 1
    assert rounds.courier.reached == ["bob"]
    await rounds.school.command("learn", ADA)
    rounds.courier.closed = set()
    rounds.school.later(days=4)
    assert await rounds.round() == 0
    assert rounds.courier.reached == ["bob"]


async def test_what_fails_is_tried_again_and_then_let_go(rounds: Rounds) -> None:
    rounds.school.later(days=3)
    rounds.courier.down = True
    assert [await rounds.round() for _ in range(TRIES + 2)] == [0] * (TRIES + 2)
    assert rounds.courier.tried == TRIES
    await rounds.school.command("learn", ADA)
    rounds.school.later(days=3)
    await rounds.round()
    rounds.courier.down = False
    assert await rounds.round() == 1


async def test_a_failing_workspace_does_not_hold_up_the_others(rounds: Rounds) -> None:
    other = Learner("test", "other school", "cy", "Cy")
    await rounds.school.admin(
        "settings", "reminders 3", Learner("test", "other school", "z", "Z", moderator=True)
    )
    await rounds.school.take_quiz([True, True], who=other)
    rounds.school.later(days=4)
    bring = rounds.courier.to_learner

    async def only_the_other(who: Learner, workspace: str, card: Card) -> None:
        if workspace == "school":
            raise LookupError
        await bring(who, workspace, card)

    rounds.courier.to_learner = only_the_other  # type: ignore[method-assign]
    assert await rounds.round() == 1
    assert rounds.courier.reached == ["cy"]


async def test_a_silence_of_long_ago_is_not_broken(rounds: Rounds) -> None:
    await rounds.school.admin("settings", "reminders off")
    rounds.school.later(days=30)
    await rounds.school.admin("settings", "reminders 3")
    assert await rounds.round() == 0


async def test_one_who_learns_in_another_class_is_not_silent(rounds: Rounds) -> None:
    nomad = Learner("test", "", "nomad", "Nomad")
    chief = Learner("test", "", "chief", "Chief", moderator=True)
    one, two = (Place(f"{name}:", shared=True, workspace=name) for name in ("one", "two"))
    await rounds.school.admin("settings", "reminders 3", chief, one)
    await visit(rounds.school, nomad, one, "quiz")
    await rounds.school.press(rounds.school.course.lessons[0].quiz[0].options[0].text, nomad)
    await visit(rounds.school, nomad, one, "lesson")
    await rounds.school.press("Start reading", nomad)
    rounds.school.later(days=2)
    await visit(rounds.school, nomad, two, "learn")
    rounds.school.later(days=2)
    await rounds.round()
    assert "nomad" not in rounds.courier.reached
    rounds.school.later(days=1)
    await rounds.round()
    assert rounds.courier.reached.count("nomad") == 1


async def visit(school: School, who: Learner, where: Place, command: str) -> None:
    """Give a command somewhere."""
    await school.send(Command(who, where, school.new_id(), school.now, command, {}))


async def test_workers_at_once_remind_each_learner_once(rounds: Rounds) -> None:
    people = [Learner("test", "school", f"p{n}", f"P{n}") for n in range(12)]
    for who in people:
        await rounds.school.take_quiz([True, True], who=who)
    rounds.school.later(days=3)
    stores = [
        Store(open_database(rounds.school.url), "tides", lambda: rounds.school.now)
        for _ in range(4)
    ]
    reached = await asyncio.gather(*(rounds.round(store) for store in stores))
    for store in stores:
        await store.close()
    assert sum(reached) == 13
    assert sorted(rounds.courier.reached) == sorted(["ada", *(who.user for who in people)])


async def test_a_big_class_is_looked_through_a_page_at_a_time(
    rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "PAGE", 2)
    people = [Learner("test", "school", f"p{n}", f"P{n}") for n in range(7)]
    for number, who in enumerate(people):
        rounds.school.later(minutes=number % 2)
        if number in (2, 3, 4):
            await rounds.school.command("learn", who)  # has begun nothing
        else:
            await rounds.school.take_quiz([True, True], who=who)
    rounds.school.later(days=3)
    assert await rounds.round() == 5
    assert sorted(rounds.courier.reached) == ["ada", "p0", "p1", "p5", "p6"]


async def test_there_is_a_pause_between_two_messages(rounds: Rounds) -> None:
    await rounds.school.take_quiz([True, True], who=BOB)
    rounds.school.later(days=3)
    await rounds.round()
    assert rounds.pauses == [PAUSE, PAUSE]


async def test_a_learner_who_left_is_not_written_to(rounds: Rounds) -> None:
    await rounds.school.command("privacy", ADA)
    await rounds.school.press("Delete my data", ADA)
    await rounds.school.press("Delete my progress and conversations", ADA)
    rounds.school.later(days=4)
    assert await rounds.round() == 0


async def test_the_engine_reminds_by_itself_once_it_can_reach_people(rounds: Rounds) -> None:
    rounds.school.later(days=3)
    there = asyncio.Event()
    bring = rounds.courier.to_learner

    async def noted(who: Learner, workspace: str, card: Card) -> None:
        await bring(who, workspace, card)
        there.set()

    rounds.courier.to_learner = noted  # type: ignore[method-assign]
    rounds.school.engine.reach_out(rounds.courier)
    await asyncio.wait_for(there.wait(), 30)
    assert rounds.courier.reached == ["ada"]


async def test_moderators_see_that_reminders_are_on(rounds: Rounds) -> None:
    said = text_of(await rounds.school.admin("settings", "", MIA, DESK))
    assert "Reminders: after 3 days" in said


async def test_a_reminder_that_fails_is_in_the_log_under_an_id(rounds: Rounds) -> None:
    rounds.school.later(days=3)
    rounds.courier.down = True
    with logged() as log:
        assert await rounds.round() == 0
        assert [(fault["work"], len(fault["error"])) for fault in log.faults] == [("reminding", 8)]
