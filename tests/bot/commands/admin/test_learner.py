"""One learner: their record, what they said, resets, undo and exceptions."""

from __future__ import annotations

from bot.commands.admin.base import to
from bot.events import Learner
from bot.replies import Card
from tests.bot.commands.admin.school import ADA, BOB, MIA, School
from tests.classroom import text_of

UNDO = to("undo", 1)
EXPORT_KEYS = ("session", "answer", "result", "exchange", "mark")


async def record(school: School, learner: int = 1) -> dict[str, list[dict[str, object]]]:
    """What is kept of a learner's work."""
    kept = await school.rows(lambda unit: unit.export(learner))  # type: ignore[attr-defined]
    return {
        name: sorted(rows, key=str)
        for name, rows in kept.items()  # type: ignore[attr-defined]
        if name in EXPORT_KEYS
    }


async def test_a_learner_is_found_by_mention_id_or_name(school: School) -> None:
    await school.both_take_the_test()
    for name in ("<@ada>", "<@!ada>", "<@ada|ada.l>", "@Ada", "ada", "#1"):
        assert text_of(await school.admin("learner", name)).startswith("Ada"), name


async def test_the_record_holds_progress_and_results(school: School) -> None:
    await school.both_take_the_test()
    said = text_of(await school.admin("learner", "@bob"))
    assert "best 2 of 5" in said
    assert "test, attempt 1: 2 of 5" in said
    assert "User bob" in said


async def test_two_learners_of_one_name_are_offered_to_choose_from(school: School) -> None:
    await school.open(ADA)
    await school.open(Learner("test", "school", "ada-2", "Ada"))
    assert "not in this class" in text_of(await school.admin("learner", "Ada Ada"))
    await school.admin("learner", "Ada")
    assert school.card().title == "Which of them?"
    assert len(school.card().menu.choices) == 2  # type: ignore[union-attr]
    assert "2 learners are called" in text_of(await school.admin("reset", "Ada test"))


async def test_a_reset_names_its_effect_and_waits_for_a_second_press(school: School) -> None:
    await school.both_take_the_test()
    before = await record(school, 2)
    said = text_of(await school.admin("reset", "@bob test"))
    assert "1 attempt, 5 answers, 0 exchanges" in said
    assert await record(school, 2) == before
    await school.press("Reset the module test for Bob", MIA)
    assert (await record(school, 2))["result"] == []
    assert "not taken yet" in text_of(await school.command("progress", BOB))


async def test_a_reset_can_be_undone_for_seven_days_and_puts_every_row_back(
    school: School,
) -> None:
    await school.take_quiz([True, False])
    await school.command("lab", lesson="1")
    await school.type("why two tides?")
    await school.both_take_the_test()
    before = await record(school)
    await school.admin("reset", "@ada all")
    await school.press("Reset the whole course for Ada", MIA)
    assert (await record(school))["answer"] == []
    school.later(days=6)
    await school.press("Undo: put back the whole course", MIA)
    assert await record(school) == before
    assert "can no longer be put back" in text_of(await school.press_action(UNDO, MIA))


async def test_after_seven_days_a_reset_stands(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("reset-now", "@bob test")
    school.later(days=8)
    assert "can no longer be put back" in text_of(await school.press_action(UNDO, MIA))


async def test_a_learner_who_began_anew_keeps_what_they_do(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("reset-now", "@bob test")
    await school.command("test", BOB)
    assert "has begun there anew" in text_of(await school.press_action(UNDO, MIA))


async def test_a_reset_takes_one_part_alone(school: School) -> None:
    await school.take_quiz([True, True])
    await school.take_quiz([True, True], lesson="2")
    await school.admin("reset-now", "@ada quiz-1")
    assert [row["subject"] for row in (await record(school))["result"]] == ["2-waves"]


async def test_a_card_of_what_was_reset_leads_home(school: School) -> None:
    await school.command("quiz", lesson="1")
    old = school.button("A").action
    await school.admin("reset-now", "@ada quiz-1")
    assert "no longer kept" in text_of(await school.press_action(old))


async def test_a_grant_needs_a_reason_and_is_spent(school: School) -> None:
    await school.admin("settings", "attempts 1")
    await school.take_test([False] * 5)
    assert "used up your 1 attempt at" in text_of(await school.command("test"))
    assert "Give a reason" in text_of(await school.admin("grant", "@ada attempts"))
    await school.admin("grant", "@ada attempts she was ill")
    assert "question 1 of 5" in text_of(await school.command("test"))
    await school.take_test([False] * 5)
    assert "used up your 2 attempts" in text_of(await school.command("test"))
    assert "she was ill" in text_of(await school.admin("audit"))


async def test_a_waived_wait_holds_for_one_attempt(school: School) -> None:
    await school.admin("settings", "cooldown_hours 24")
    await school.take_test([False] * 5)
    assert "again in" in text_of(await school.command("test"))
    await school.admin("grant", "@ada cooldown the network was down")
    await school.take_test([False] * 5)
    assert "again in" in text_of(await school.command("test"))


async def test_an_unlocked_test_opens_before_the_lessons_are_read(school: School) -> None:
    await school.open()
    await school.admin("settings", "unlock in-order")
    assert "Read every lesson" in text_of(await school.command("test"))
    await school.admin("grant", "@ada unlock knows it already")
    assert "question 1 of 5" in text_of(await school.command("test"))
    assert "Read every lesson" in text_of(await school.command("test", BOB))


async def test_transcripts_are_shown_only_if_allowed_and_only_what_came_after_the_notice(
    school: School,
) -> None:
    await school.command("lab", lesson="1")
    await school.type("a secret of mine")
    assert "may not read" in text_of(await school.admin("transcripts", "@ada"))
    await school.admin("settings", "transcripts on")
    assert "has not been told" in text_of(await school.admin("transcripts", "@ada"))
    told = text_of(await school.type("why two tides?"))
    assert "may read what you say in labs from now on" in told
    school.later(minutes=3)
    assert "may read" not in text_of(await school.type("and the sun?"))
    said = text_of(await school.admin("transcripts", "@ada"))
    assert "and the sun?" in said
    assert "a secret of mine" not in said
    assert "why two tides?" not in said, "it was on its way when the notice was given"
    assert "Mia read transcripts" in text_of(await school.admin("audit"))


async def test_switching_transcripts_on_again_tells_everybody_again(school: School) -> None:
    for value in ("on", "off", "on"):
        await school.admin("settings", f"transcripts {value}")
        assert "may read" not in text_of(await school.open())
        said = text_of(await school.command("learn"))
        assert ("may read what you say" in said) == (value == "on")


async def test_the_class_list_is_paged_and_opens_records(school: School) -> None:
    for number in range(12):
        school.later(minutes=61)
        await school.open(Learner("test", "school", f"learner-{number}", f"N{number}"))
    [first] = await school.admin("learners")
    assert isinstance(first, Card)
    assert first.footer == "Page 1 of 2"
    assert "N11" in first.body
    assert "N0 " not in first.body
    await school.press("Next page", MIA)
    assert "N0 " in school.card().body
    await school.choose("N0")
    assert school.card().title == "N0"
