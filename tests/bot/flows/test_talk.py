"""How an answer of the tutor is shown."""

from __future__ import annotations

from bot.flows import talk
from bot.tutor.types import Answer, Citation
from tests.classroom import Classroom


def cited(number: int, section: str) -> Citation:
    return Citation(number, "1-tides", section, "Lesson about tides", section, "quoted")


def test_sentences_of_one_section_share_its_number(room: Classroom) -> None:
    places = (cited(1, "the-moon"), cited(2, "the-sun"), cited(3, "the-moon"), cited(4, "terms"))
    answer = Answer("One [1] two [2]. Three [3], four [4], 5 [5].", True, True, places)
    assert talk.body(answer) == "One [1] two [2]. Three [1], four [3], 5 [5]."
    shown = [(source.number, source.label) for source in talk.sources(room.course, answer)]
    assert shown == [
        (1, "Lesson about tides › the-moon"),
        (2, "Lesson about tides › the-sun"),
        (3, "Lesson about tides › terms"),
    ]
