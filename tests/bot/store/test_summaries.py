"""Talks in short: shared by all workers, and gone with what they are about."""

from __future__ import annotations

from bot.rules import Keep
from bot.tutor.types import Answer, Exchange, Summary
from bot.upkeep import tidy
from tests.bot.commands.admin.school import ADA, MIA, School
from tests.classroom import good_answer

KEEP = Keep(transcripts=100, deliveries=10, sessions=20)
LONG = "The moon pulls the sea. " * 100


def answer(number: int, summary: Summary | None = None, text: str = "The moon [1].") -> Answer:
    good = good_answer(f"{number}: {text}")
    return Answer(good.text, True, True, good.citations, summary=summary)


async def talk(school: School, *answers: Answer) -> None:
    school.tutor.script = list(answers)
    for number in range(len(answers)):
        await school.type(f"why {number}?", ADA)


async def kept(school: School) -> list[dict[str, object]]:
    found: list[dict[str, object]] = await school.rows(  # type: ignore[assignment]
        lambda unit: unit.export(1)["talk_summary"]  # type: ignore[attr-defined]
    )
    return found


async def test_what_is_asked_next_comes_with_the_talk_in_short_and_the_rest_whole(
    school: School,
) -> None:
    await talk(school, answer(0), answer(1), answer(2, Summary("They asked twice.", 2)))
    await school.restart()
    await school.type("and now?", ADA)
    request = school.tutor.requests[-1]
    assert request.summary == Summary("They asked twice.", 2)
    assert [one.question for one in request.history] == ["why 2?"]


async def test_far_more_than_six_short_exchanges_are_told(school: School) -> None:
    await talk(school, *(answer(number) for number in range(12)))
    await school.type("and now?", ADA)
    history = school.tutor.requests[-1].history
    assert [one.question for one in history] == [f"why {number}?" for number in range(12)]
    assert all(isinstance(one, Exchange) and one.id for one in history)


async def test_long_exchanges_are_told_up_to_a_budget(school: School) -> None:
    await talk(school, *(answer(number, text=LONG) for number in range(12)))
    await school.type("and now?", ADA)
    history = school.tutor.requests[-1].history
    assert 1 < len(history) < 12
    assert history[-1].question == "why 11?"


async def test_a_longer_summary_takes_the_place_of_a_shorter_one_and_not_the_reverse(
    school: School,
) -> None:
    summaries = [Summary("Two.", 2), Summary("Three.", 3), Summary("Late two.", 2)]
    await talk(school, answer(0), answer(1), answer(2), *(answer(3, one) for one in summaries))
    [row] = await kept(school)
    assert (row["text"], row["upto"]) == ("Three.", 3)


async def test_it_goes_with_the_oldest_exchange_that_is_in_it(school: School) -> None:
    await talk(school, answer(0))
    school.later(days=60)
    await talk(school, answer(1), answer(2, Summary("Both.", 2)))
    school.later(days=39)
    await tidy(school.engine._store, KEEP)
    assert len(await kept(school)) == 1
    school.later(days=2)
    await tidy(school.engine._store, KEEP)
    assert await kept(school) == []


async def test_it_is_taken_along_and_deleted_with_the_learner(school: School) -> None:
    await talk(school, answer(0), answer(1, Summary("One.", 1)))
    assert [row["text"] for row in await kept(school)] == ["One."]
    await school.command("privacy", ADA)
    await school.press("Delete my data", ADA)
    await school.press("Delete my progress and conversations", ADA)
    left = await school.rows(
        lambda unit: unit.db.exec_driver_sql("SELECT count(*) FROM talk_summary").scalar()  # type: ignore[attr-defined]
    )
    assert left == 0


async def test_a_reset_of_a_lab_takes_it_away_and_an_undo_brings_it_back(school: School) -> None:
    await school.command("lab", ADA, lesson="1")
    await talk(school, answer(0), answer(1, Summary("Of the lab.", 1)))
    await school.admin("reset", "@ada lab 1")
    await school.press("Reset lab 1 for Ada", MIA)
    assert await kept(school) == []
    await school.press("Undo: put back lab 1", MIA)
    assert [row["text"] for row in await kept(school)] == ["Of the lab."]
