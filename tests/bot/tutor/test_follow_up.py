from __future__ import annotations

from bot.tutor.corpus import Corpus
from bot.tutor.mission import aspects, lead_on
from bot.tutor.types import Request
from tests.bot.tutor.lessons import COURSE, reply, said


async def test_the_question_left_behind_belongs_to_the_section() -> None:
    answer = await reply("what is a starter?")
    assert answer.follow_up.rstrip().endswith("?")
    assert any(word in answer.follow_up.lower() for word in ("starter", "sugar", "flour", "water"))


async def test_a_longer_talk_is_left_with_another_question() -> None:
    first = await reply("what is a starter?")
    history = said("who described the starter?", "Maria Speck described the method in 1994. [1]")
    later = await reply(Request("what is a starter?", history=history))
    assert first.follow_up != later.follow_up


def test_a_mission_falls_apart_into_what_it_asks() -> None:
    lab = COURSE.lessons[0].lab
    assert lab is not None
    assert aspects(lab) == (
        "work out its hydration",
        "compare rye with wheat",
        "ask how to tell a ripe dough",
    )


def test_a_talk_is_led_to_what_it_has_touched_least() -> None:
    lab = COURSE.lessons[0].lab
    assert lab is not None
    corpus = Corpus(COURSE)
    assert "work out its hydration" in lead_on(lab, [], corpus, "")
    begun = "How much rye, and its hydration?"
    assert "ask how to tell a ripe dough" in lead_on(lab, [begun], corpus, "")
