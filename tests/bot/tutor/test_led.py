"""A course that tells how learners ask tells the tutor which sentence answers."""

from __future__ import annotations

import pytest

from bot.tutor.corpus import Corpus
from bot.tutor.led import FAR, answers, led
from bot.tutor.offline import OfflineTutor
from bot.tutor.types import Request
from knowledge.chunking import passages, units
from knowledge.retrieve import Found, Hit
from tests.bot.tutor.lessons import COURSE

CORPUS = Corpus(COURSE)
PARTS = [(passage, unit) for passage in passages(COURSE) for unit in units(passage.text)]
FAST = Request("can i put a brake on all this action in my bowl?")


def _hit(words: str, asked: float) -> Hit:
    passage, unit = next((passage, unit) for passage, unit in PARTS if words in unit)
    return Hit(passage, 0.5, asked, unit)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("wild yeast makes gas", "It rises because wild yeast makes gas."),
        ("Flour: Rye", "Rye – Protein: 8%; Rise: 3 hours."),
        ("hydration = water", "`hydration = water / flour`."),
        ("domed surface", "bubbles at the edge; a domed surface."),
        ("in which wild yeast lives", "**Starter**: A mix of flour and water in which wild yeast"),
    ],
)
def test_a_unit_of_any_kind_is_known_as_the_part_that_answers(words: str, text: str) -> None:
    hit = _hit(words, 0.9)
    (found,) = (unit.text for unit in CORPUS.units if answers(unit, hit))
    assert found.startswith(text)


def test_a_question_far_from_every_way_of_asking_leads_nowhere() -> None:
    unit = next(one for one in CORPUS.units if "wild yeast makes gas" in one.text)
    assert led(unit, [_hit("wild yeast makes gas", FAR)]) == 0
    assert led(unit, [_hit("wild yeast makes gas", FAR + 0.1)]) > 0
    assert led(unit, [_hit("Speck", 0.9)]) == 0


class Leads:
    """A fake library: it finds one passage, however little of the question stands in it."""

    def __init__(self, asked: float) -> None:
        self.hit = _hit("Salt slows the yeast", asked)

    def find(
        self, question: str, previous: str = "", k: int = 5, lesson: str | None = None
    ) -> Found:
        return Found((self.hit,), covered=True, score=0.55)


def test_the_sentence_that_others_were_led_to_is_said() -> None:
    told = OfflineTutor(COURSE, Leads(0.8)).reply(FAST)
    assert told.text.startswith("Salt slows the yeast. [1]")
    assert told.citations[0].section == "flours"


def test_a_question_that_only_resembles_what_others_ask_is_declined() -> None:
    assert not OfflineTutor(COURSE, Leads(0.5)).reply(FAST).covered
