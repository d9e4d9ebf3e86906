"""What is past its time goes; what is needed stays."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.rules import Keep
from bot.store import retention
from bot.store.retention import retire
from bot.store.slack_tables import STOP
from bot.store.unit import Unit
from bot.upkeep import tidy
from tests.bot.commands.admin.school import ADA, BOB, School
from tests.classroom import text_of

KEEP = Keep(transcripts=100, deliveries=10, sessions=20)


async def run(school: School, keep: Keep = KEEP) -> int:
    """Tidy to the end, after the tidying at the start if that is still at it."""

    def once(unit: Unit) -> int | None:
        return retire(unit, unit.now, keep) if retention._alone(unit) else None

    total, gone = 0, None
    while gone != 0:
        gone = await school.engine._store.run(once)
        total += gone or 0
    return total


async def kept(school: School, table: str, learner: int = 1) -> int:
    found = await school.rows(lambda unit: unit.export(learner)[table])  # type: ignore[attr-defined]
    return len(found)  # type: ignore[arg-type]


async def test_exchanges_go_after_their_days_and_not_before(school: School) -> None:
    await school.type("why two tides?")
    school.later(days=99)
    await school.type("and the sun?")
    await run(school)
    assert await kept(school, "exchange") == 2
    school.later(days=2)
    await run(school)
    assert await kept(school, "exchange") == 1


async def test_a_class_may_keep_them_for_less_time_or_for_good(school: School) -> None:
    other = type(ADA)("test", "other school", "cy", "Cy")
    await school.type("why two tides?", ADA)
    await school.type("why two tides?", other)
    await school.admin("settings", "keep_days 7")
    school.later(days=8)
    await run(school)
    assert (await kept(school, "exchange", 1), await kept(school, "exchange", 2)) == (0, 1)
    await school.type("and the sun?", ADA)
    await school.admin("settings", "keep_days 0")
    school.later(days=1000)
    await run(school)
    assert (await kept(school, "exchange", 1), await kept(school, "exchange", 2)) == (1, 0)


async def test_deliveries_go_and_ended_sessions_too(school: School) -> None:
    await school.command("lesson", lesson="1")
    await school.take_quiz([True, True])
    school.later(days=21)
    await run(school)
    assert await kept(school, "delivery") == 0
    assert await kept(school, "session") == 2, "one is open, one is behind the answers"


async def test_stops_go_with_the_deliveries(school: School) -> None:
    old, new = (f"{(school.now + timedelta(days=d)).timestamp():.6f}" for d in (-11, -9))
    await school.command("lesson", lesson="1")
    await school.command("quiz", lesson="1")
    stops = [{"channel": "D1", "ts": ts} for ts in (old, new)]
    await school.rows(lambda unit: unit.db.execute(insert(STOP), stops))  # type: ignore[attr-defined]
    await run(school)
    assert await school.rows(lambda unit: unit.db.scalars(select(STOP.c.ts)).all()) == [new]  # type: ignore[attr-defined]


async def test_marks_answers_and_results_stay(school: School) -> None:
    await school.both_take_the_test()
    before = [await kept(school, table) for table in ("answer", "result", "mark")]
    school.later(days=1000)
    await run(school)
    assert [await kept(school, table) for table in ("answer", "result", "mark")] == before
    assert "best 5 of 5" in text_of(await school.command("progress"))


async def test_an_old_card_of_an_emptied_session_leads_home(school: School) -> None:
    await school.take_test([True] * 5)
    old = school.button("Look over my answers").action
    school.later(days=21)
    await run(school)
    assert "no longer kept" in text_of(await school.press_action(old))


async def test_a_reset_past_its_undo_is_gone_for_good(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("reset-now", "@ada test")
    school.later(days=6)
    await run(school)
    assert await kept(school, "shelf") == 1
    school.later(days=2)
    await run(school)
    assert await kept(school, "shelf") == 0


async def test_nothing_is_deleted_where_days_are_zero(school: School) -> None:
    await school.type("why two tides?")
    school.later(days=10_000)
    assert await run(school, Keep(0, 0, 0)) == 0


async def test_a_transaction_deletes_no_more_than_a_batch(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        await school.type(f"why {number} tides?")
    school.later(days=50)

    def once(unit: Unit) -> int:
        return retire(unit, unit.now, Keep(0, 10, 0))

    assert [await school.rows(once) for _ in range(4)] == [2, 2, 1, 0]  # type: ignore[arg-type]


async def test_many_workers_may_tidy_at_once(school: School) -> None:
    for _ in range(5):
        await school.type("why two tides?")
    workers = [School(school.folder) for _ in range(3)]
    school.later(days=101)
    for worker in workers:
        worker.now = school.now
    gone = await asyncio.gather(*(tidy(worker.engine._store, KEEP) for worker in workers))
    assert await kept(school, "exchange") == 0
    assert sum(gone) >= 10, "five exchanges and five deliveries, each by one of them"
    for worker in workers:
        await worker.engine.close()


async def test_the_engine_tidies_when_it_starts(school: School) -> None:
    await school.type("why two tides?", BOB)
    school.later(days=31)
    assert timedelta(days=Keep().deliveries) < timedelta(days=31)
    await school.restart()
    left = [await kept(school, "delivery") for _ in range(50)]
    assert left[-1] == 0
