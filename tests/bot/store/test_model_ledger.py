"""Budgets, running calls and breakers live in the records, for all workers alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.events import Learner
from bot.store.database import open_database
from bot.store.model_ledger import StoredLedger
from bot.store.model_tables import SPEND, WORKSPACE_SPEND
from bot.store.store import Store
from bot.tutor.model.breaker import LONGEST_REST, REST, THRESHOLD, Breaker
from bot.tutor.model.faults import Why
from bot.tutor.model.ports import Call, Ended, Limits
from bot.tutor.model.standing import LEAST, RECENT, Standing
from tests import records

FREE = Limits(0, 0, 0)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@dataclass
class Office:
    """Two workers on one file."""

    url: str
    now: datetime = NOON
    learner: int = 0
    stores: list[Store] = field(default_factory=list)

    async def open(self) -> None:
        """Start both workers and register a learner."""
        for _ in range(2):
            store = Store(open_database(self.url), "tides", lambda: self.now)
            await store.prepare()
            self.stores.append(store)
        ada = Learner("test", "school", "ada")
        self.learner = await self.stores[0].run(lambda unit: unit.learner(ada))

    def ledger(self, worker: int = 0) -> StoredLedger:
        """The ledger of a worker."""
        return StoredLedger(self.stores[worker])

    def call(self, name: str, tokens: int = 100) -> Call:
        """A call for the learner."""
        return Call(name, "fake:model", self.learner, "test:school", tokens)

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    async def fail(self, times: int, why: Why = Why.DOWN) -> None:
        """Let calls fail, one after another."""
        for i in range(times):
            call = self.call(f"fail-{self.now}-{i}")
            assert await self.ledger().admit(call, FREE) is None
            await self.ledger().settle(call, Ended(0, why))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Two workers that share their records."""
    made = Office(records.url(tmp_path / "class.db"))
    await made.open()
    yield made
    for store in made.stores:
        await store.close()


async def test_a_learners_budget_is_one_for_all_workers_and_ends_with_the_day(
    office: Office,
) -> None:
    limits = Limits(learner_tokens=250, workspace_tokens=0, at_once=0)
    one, two, three = (office.call(name) for name in ("one", "two", "three"))

    assert await office.ledger(0).admit(one, limits) is None
    assert await office.ledger(1).admit(two, limits) is None
    assert await office.ledger(0).admit(three, limits) is Why.LEARNER_BUDGET
    office.later(hours=12)
    assert await office.ledger(0).admit(three, limits) is None


async def test_what_was_reserved_and_not_spent_is_given_back(office: Office) -> None:
    limits = Limits(learner_tokens=250, workspace_tokens=250, at_once=0)
    one = office.call("one", 200)

    await office.ledger().admit(one, limits)
    assert await office.ledger().admit(office.call("two"), limits) is Why.LEARNER_BUDGET
    await office.ledger().settle(one, Ended(30))

    spent = await office.stores[0].run(lambda unit: unit.db.execute(select(SPEND)).all())
    shared = await office.stores[0].run(lambda unit: unit.db.execute(select(WORKSPACE_SPEND)).all())
    assert [row.tokens for row in (*spent, *shared)] == [30, 30]


async def test_a_workspace_has_a_budget_of_its_own(office: Office) -> None:
    limits = Limits(learner_tokens=0, workspace_tokens=150, at_once=0)

    assert await office.ledger().admit(office.call("one"), limits) is None
    assert await office.ledger().admit(office.call("two"), limits) is Why.WORKSPACE_BUDGET


async def test_only_so_many_calls_run_at_once_over_all_workers(office: Office) -> None:
    limits = Limits(0, 0, at_once=2)
    one, two, three = (office.call(name) for name in ("one", "two", "three"))

    assert await office.ledger(0).admit(one, limits) is None
    assert await office.ledger(1).admit(two, limits) is None
    assert await office.ledger(0).admit(three, limits) is Why.BUSY
    await office.ledger(1).settle(two, Ended(10))
    assert await office.ledger(0).admit(three, limits) is None


async def test_a_call_whose_worker_crashed_gives_its_place_back_in_time(office: Office) -> None:
    limits = Limits(0, 0, at_once=1)

    assert await office.ledger(0).admit(office.call("lost"), limits) is None
    office.later(minutes=4)
    assert await office.ledger(1).admit(office.call("next"), limits) is None


async def test_after_some_faults_every_worker_spares_the_learner_the_wait(office: Office) -> None:
    await office.fail(THRESHOLD)

    assert await office.ledger(1).admit(office.call("next"), FREE) is Why.DOWN


@pytest.mark.parametrize("why", [Why.KEY, Why.RATE])
async def test_a_refused_key_or_a_rate_limit_opens_the_breaker_at_once(
    office: Office, why: Why
) -> None:
    await office.fail(1, why)

    assert await office.ledger(1).admit(office.call("next"), FREE) is Why.DOWN


async def test_after_a_rest_one_call_tries_and_its_success_closes_the_breaker(
    office: Office,
) -> None:
    await office.fail(THRESHOLD)
    office.later(seconds=REST.total_seconds())
    probe = office.call("probe")

    assert await office.ledger(0).admit(probe, FREE) is None
    assert await office.ledger(1).admit(office.call("other"), FREE) is Why.DOWN
    await office.ledger(0).settle(probe, Ended(10))
    assert await office.ledger(1).admit(office.call("other"), FREE) is None


async def test_a_probe_that_its_learner_stopped_lets_the_next_one_try(office: Office) -> None:
    await office.fail(THRESHOLD)
    office.later(seconds=REST.total_seconds())
    probe = office.call("probe")

    await office.ledger(0).admit(probe, FREE)
    await office.ledger(0).settle(probe, Ended(10, stopped=True))
    assert await office.ledger(1).admit(office.call("other"), FREE) is None


async def test_an_ungrounded_answer_says_nothing_against_the_provider(office: Office) -> None:
    await office.fail(2)
    await office.fail(5, Why.UNGROUNDED)
    await office.fail(2)

    assert await office.ledger().admit(office.call("next"), FREE) is None


async def test_what_a_models_answers_were_worth_is_known_to_every_worker_and_survives(
    office: Office,
) -> None:
    for number in range(LEAST + 1):
        call = office.call(f"call-{number}")
        await office.ledger(number % 2).admit(call, FREE)
        before = await office.ledger(number % 2).settle(call, Ended(5, held=True))
        assert before == Standing((True,) * number)
    assert before.proven

    newcomer = office.call("newcomer")
    before = await StoredLedger(office.stores[1]).settle(newcomer, Ended(5))
    assert before == Standing((True,) * (LEAST + 1))


async def test_answers_that_failed_are_kept_apart_from_faults_and_from_other_models(
    office: Office,
) -> None:
    held = [True, False] * RECENT
    for number, one in enumerate(held):
        call = office.call(f"call-{number}")
        await office.ledger().settle(call, Ended(5, Why.UNGROUNDED, held=one))
    other = Call("other", "fake:other", office.learner, "test:school", 5)

    assert await office.ledger().settle(other, Ended(5)) == Standing()
    assert await office.ledger(1).settle(office.call("last"), Ended(5, stopped=True)) == Standing(
        tuple(held[-RECENT:])
    )


async def test_a_learner_who_is_forgotten_leaves_no_spending_behind(office: Office) -> None:
    await office.ledger().admit(office.call("one"), FREE)

    await office.stores[0].run(lambda unit: unit.forget(office.learner))

    assert await office.stores[0].run(lambda unit: unit.db.execute(select(SPEND)).all()) == []


def test_each_fault_doubles_the_rest_up_to_its_longest() -> None:
    breaker, rests = Breaker(), []
    for _ in range(12):
        breaker = breaker.after(Why.DOWN, NOON)
        rests.append(breaker.open_until - NOON if breaker.open_until else timedelta())

    assert rests[THRESHOLD - 2] == timedelta()
    assert rests[THRESHOLD - 1 : THRESHOLD + 1] == [REST, REST * 2]
    assert rests[-1] == LONGEST_REST


async def test_calls_that_come_at_once_do_not_overdraw(office: Office) -> None:
    limits = Limits(learner_tokens=450, workspace_tokens=0, at_once=3)
    asked = [office.ledger(i % 2).admit(office.call(f"call-{i}"), limits) for i in range(8)]

    outcomes = await asyncio.gather(*asked)

    assert outcomes.count(None) == 3
    [spent] = await office.stores[0].run(lambda unit: unit.db.execute(select(SPEND)).all())
    assert spent.tokens == 300
