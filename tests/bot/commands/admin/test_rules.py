"""Settings of a class: how they are changed, and that they hold."""

from __future__ import annotations

import pytest

from bot import rules
from bot.events import Command, Learner, Place
from bot.replies import Reply
from bot.rules import Rules
from tests.bot.commands.admin.school import ADA, BOB, HALL, MIA, School
from tests.classroom import DESK, text_of


async def test_a_pass_mark_of_the_class_decides_who_passes(school: School) -> None:
    await school.admin("settings", "pass_mark 40")
    await school.both_take_the_test()
    assert school.card(BOB).title == "Module test passed"
    assert "at 40%" in text_of(await school.admin("overview"))


async def test_feedback_at_the_end_holds_for_the_class(school: School) -> None:
    await school.admin("settings", "feedback end")
    await school.command("test")
    assert "question 2 of 5" in text_of(await school.answer(school.course.test[0]))


async def test_a_setting_holds_for_its_workspace_alone(school: School) -> None:
    await school.admin("settings", "pass_mark 40")
    elsewhere = Learner("test", "other school", "cy", "Cy")
    await school.take_test([True, True, False, False, False], elsewhere)
    assert "not passed yet" in school.card(elsewhere).title


async def test_a_setting_outlives_a_restart(school: School) -> None:
    await school.admin("settings", "attempts 1")
    await school.restart()
    await school.take_test([False] * 5)
    assert "used up your 1 attempt at" in text_of(await school.command("test"))


async def test_default_goes_back_to_the_course(school: School) -> None:
    await school.admin("settings", "pass_mark 40")
    await school.admin("settings", "pass_mark default")
    assert "at 80%" in text_of(await overview_after_a_test(school))


async def overview_after_a_test(school: School) -> list[Reply]:
    await school.both_take_the_test()
    return await school.admin("overview")


async def test_settings_are_told_in_words_that_need_no_key(school: School) -> None:
    said = text_of(await school.admin("settings"))
    assert "Attempts at the test: any number, as the course has it" in said
    assert "Wait between attempts (hours): none, as the course has it" in said
    assert "When the test explains: after each answer, as the course has it" in said
    assert "Questions per learner and day: any number" in said
    said = text_of(await school.admin("settings", "unlock in-order"))
    assert "When the test opens is now once every lesson is read" in said


async def test_a_setting_is_changed_by_buttons_alone(school: School) -> None:
    await school.admin("settings")
    await school.choose("Pass mark of the test (%)")
    said = text_of(await school.press("90", MIA))
    assert "Pass mark of the test (%) is now 90" in said
    assert "pass_mark: 80, as the course has it -> 90" in text_of(await school.admin("audit"))


async def test_a_value_can_be_written_in_a_form(school: School) -> None:
    await school.admin("settings", "cooldown_hours")
    form = school.engine.form(school.button("Write a value", MIA).action)
    assert form is not None
    assert "is now 0.5" in text_of(await school.submit(form.action, MIA, value="0.5"))


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("pass_mark", "0"),
        ("pass_mark", "101"),
        ("pass_mark", "many"),
        ("pass_mark", "٨٠"),
        ("attempts", "-1"),
        ("cooldown_hours", "inf"),
        ("cooldown_hours", "nan"),
        ("cooldown_hours", "-2"),
        ("unlock", "never"),
        ("feedback", "now"),
        ("transcripts", "maybe"),
        ("keep_days", "99999"),
        ("questions_per_day", "1e3"),
        ("channels", "everywhere"),
        ("channels", "here"),
        ("colour", "blue"),
    ],
)
async def test_a_wrong_value_is_refused_and_changes_nothing(
    school: School, name: str, bad: str
) -> None:
    before = text_of(await school.admin("settings"))
    said = text_of(await school.admin("settings", f"{name} {bad}"))
    assert "is now" not in said
    assert text_of(await school.admin("settings")) == before


async def test_the_course_stays_in_its_channels_and_in_direct_messages(school: School) -> None:
    await school.admin("settings", "channels here", MIA, HALL)
    yard = Place("yard:thread", shared=True)

    async def learn(where: Place) -> str:
        event = Command(ADA, where, school.new_id(), school.now, "learn")
        return text_of(await school.send(event))

    assert "channels chosen for it" in await learn(yard)
    assert "Tides" in await learn(Place("hall:another thread", shared=True))
    assert "Tides" in await learn(DESK)
    await school.admin("settings", "channels 'not here'", MIA, HALL)
    assert "Tides" in await learn(yard)


async def test_questions_of_a_day_are_limited(school: School) -> None:
    await school.admin("settings", "questions_per_day 2")
    await school.type("why two tides?")
    await school.type("and the sun?")
    assert "asked 2 questions in the last 24 hours" in text_of(await school.type("and both?"))
    assert len(school.tutor.requests) == 2
    school.later(hours=25)
    assert "moon" in text_of(await school.type("and both?"))


async def test_a_direct_message_has_the_rules_of_the_class_last_visited(school: School) -> None:
    nomad = Learner("test", "", "nomad", "Nomad")
    guild = Place("channel", shared=True, workspace="guild")
    chief = Learner("test", "", "chief", "Chief", moderator=True)
    await school.admin("settings", "attempts 1", chief, guild)
    await school.send(Command(nomad, guild, school.new_id(), school.now, "learn"))
    await school.take_test([False] * 5, nomad)
    assert "used up your 1 attempt at" in text_of(await school.command("test", nomad))
    said = text_of(await school.admin("learner", "nomad", chief, guild))
    assert "test, attempt 1: 0 of 5" in said


def test_rules_survive_the_store_and_forget_what_they_do_not_know() -> None:
    made = Rules(pass_mark=70, cooldown_hours=0.5, transcripts=True, channels=("a", "b"))
    assert rules.load(rules.dump(made)) == made
    assert rules.dump(Rules()) == "{}"
    assert rules.load('{"pass_mark": 70, "fashion": 1}') == Rules(pass_mark=70)
