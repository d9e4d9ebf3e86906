"""Reloading the course and rebuilding the index while everything runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.replies import Card, Partial, Tone
from tests.bot.commands.admin.school import ADA, MIA, School, corrected
from tests.classroom import Classroom, good_answer, text_of


async def test_a_reload_shows_progress_and_then_teaches_the_new_course(school: School) -> None:
    school.workshop.course = replace(school.course, title="Tides and moons")
    replies = await school.admin("course", "reload")
    assert [r.text for r in replies if isinstance(r, Partial)] == [
        "Reading the course…",
        "Indexing: 1 of 2…",
        "Indexing: 2 of 2…",
    ]
    assert isinstance(replies[-1], Card)
    assert "Tides and moons" in text_of(await school.command("learn"))
    assert school.engine.course.title == "Tides and moons"


async def test_the_new_tutor_answers_after_a_reload(school: School) -> None:
    school.workshop.tutor.script = [good_answer("The new tutor speaks [1].")]
    await school.admin("course", "reload")
    assert "The new tutor speaks" in text_of(await school.type("why two tides?"))


async def test_a_bad_course_leaves_the_running_one_and_names_the_fault(school: School) -> None:
    school.workshop.fault = "test.toml, line 3: no option is correct; mark one."
    replies = await school.admin("course", "reload")
    card = replies[-1]
    assert isinstance(card, Card)
    assert card.tone is Tone.BAD
    assert "test.toml, line 3" in card.body
    assert school.workshop.rebuilt == []
    assert "Tides" in text_of(await school.command("learn"))
    assert "tried to reload" in text_of(await school.admin("audit"))


async def test_another_course_in_the_folder_is_refused(school: School) -> None:
    school.workshop.course = replace(school.course, id="knitting")
    assert "holds another course" in text_of(await school.admin("course", "reload"))
    assert school.engine.course.id == "tides"


async def test_a_corrected_key_leads_to_the_regrade(school: School) -> None:
    await school.take_test([True] * 5)
    school.workshop.course = corrected(school.course, "t0", 2)
    said = text_of(await school.admin("course", "reload"))
    assert "0 new, 0 gone, 1 with another key" in said
    assert "1 become wrong" in text_of(await school.press("Regrade", MIA))


async def test_another_worker_notices_and_reads_the_course_too(school: School) -> None:
    other = School(school.folder)
    await other.engine.start()
    newer = replace(school.course, title="Tides and moons")
    school.workshop.course = other.workshop.course = newer
    await school.admin("course", "reload")
    await other.command("learn", ADA)
    await other.caught_up()
    assert "Tides and moons" in text_of(await other.command("learn", ADA))
    await other.engine.close()


async def test_a_worker_whose_folder_is_bad_goes_on_with_what_it_has(school: School) -> None:
    other = School(school.folder)
    await other.engine.start()
    other.workshop.fault = "course.toml is missing"
    await school.admin("course", "reload")
    await other.command("learn", ADA)
    await other.caught_up()
    assert "Tides" in text_of(await other.command("learn", ADA))
    await other.engine.close()


async def test_a_reindex_makes_the_index_anew(school: School) -> None:
    said = text_of(await school.admin("reindex"))
    assert "Indexing: 2 of 2" in said
    assert "made anew" in said
    assert school.workshop.rebuilt == [True]
    assert "rebuilt the index" in text_of(await school.admin("audit"))


async def test_without_a_workshop_the_reason_is_said(tmp_path: Path) -> None:
    room = Classroom(tmp_path)
    await room.engine.start()
    said = text_of(await room.command("admin", MIA, sub="course-reload"))
    assert "restart it" in said
    await room.engine.close()


async def test_a_session_under_way_goes_on_after_a_reload(school: School) -> None:
    await school.command("test")
    await school.answer(school.course.test[0])
    school.workshop.course = replace(school.course, title="Tides and moons")
    await school.admin("course", "reload")
    assert "question 2 of 5" in text_of(await school.press("Next question"))
