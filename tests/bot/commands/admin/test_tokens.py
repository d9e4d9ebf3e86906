"""The language model in one class: off, or at most so many tokens a day."""

from __future__ import annotations

import pytest

from bot.events import Command, Learner, Place, Typed
from bot.store.model_ledger import StoredLedger
from bot.tutor.model.faults import Why
from bot.tutor.model.ports import Call, Limits
from bot.tutor.types import Share
from tests.bot.commands.admin.school import ADA, BOB, School
from tests.classroom import text_of

OPERATOR = Limits(learner_tokens=5000, workspace_tokens=0, at_once=0)


async def test_the_tutor_is_told_what_the_class_allows(school: School) -> None:
    await school.type("why two tides?")
    assert school.tutor.requests[-1].share == Share()
    for rule in ("model off", "tokens_per_day 20000", "learner_tokens_per_day 3000"):
        await school.admin("settings", rule)
    await school.type("and the sun?")
    assert school.tutor.requests[-1].share == Share(
        model=False, learner_tokens=3000, class_tokens=20_000
    )


async def test_a_direct_message_counts_for_the_class_last_visited(school: School) -> None:
    nomad = Learner("test", "", "nomad", "Nomad")
    guild = Place("channel", shared=True, workspace="guild")
    chief = Learner("test", "", "chief", "Chief", moderator=True)
    await school.admin("settings", "model off", chief, guild)
    await school.send(Command(nomad, guild, school.new_id(), school.now, "learn"))
    direct = Place("nomad's own")
    await school.send(Typed(nomad, direct, school.new_id(), school.now, "why two tides?"))
    asked = school.tutor.requests[-1]
    assert (asked.share.model, asked.workspace) == (False, "test:guild")


async def admit(school: School, who: int, tokens: int, share: Share) -> Why | None:
    """Whether a call may be made for a learner of the class."""
    ledger = StoredLedger(school.engine._store)
    call = Call(school.new_id(), "fake:model", who, "test:school", tokens, class_id=1)
    return await ledger.admit(call, OPERATOR.within(share))


async def test_a_class_spends_no_more_than_its_tokens(school: School) -> None:
    await school.open(ADA)
    await school.open(BOB)
    share = Share(class_tokens=3000)
    assert await admit(school, 1, 2000, share) is None
    assert await admit(school, 2, 2000, share) is Why.CLASS_BUDGET
    assert await admit(school, 2, 1000, share) is None
    await school.admin("settings", "tokens_per_day")
    assert "Used today: 3,000 tokens" in school.card().body
    school.later(days=1)
    assert await admit(school, 2, 2000, share) is None


async def test_a_learner_has_the_lower_of_two_limits(school: School) -> None:
    await school.open(ADA)
    assert await admit(school, 1, 2000, Share(learner_tokens=1500)) is Why.LEARNER_BUDGET
    assert await admit(school, 1, 6000, Share(learner_tokens=9000)) is Why.LEARNER_BUDGET
    assert await admit(school, 1, 1500, Share(learner_tokens=1500)) is None


@pytest.mark.parametrize(
    ("wrote", "told"),
    [
        ("tokens_per_day 100000", "is now 100,000"),
        ("tokens_per_day 0", "is now as the operator of this bot has it"),
        ("model off", "Language model is now off"),
        ("reminders 7", "Reminders is now after 7 days"),
        ("reminders 1 day", "Reminders is now after 1 day."),
        ("reminders off", "Reminders is now off"),
        ("reminders default", "Reminders is now off"),
    ],
)
async def test_a_setting_is_told_in_words(school: School, wrote: str, told: str) -> None:
    assert told in text_of(await school.admin("settings", wrote))


@pytest.mark.parametrize(
    "bad", ["reminders 0", "reminders 91", "reminders often", "model gpt", "tokens_per_day -1"]
)
async def test_a_wrong_value_changes_nothing(school: School, bad: str) -> None:
    before = text_of(await school.admin("settings"))
    await school.admin("settings", bad)
    assert text_of(await school.admin("settings")) == before
