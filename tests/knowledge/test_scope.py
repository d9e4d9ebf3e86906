"""Whether a course covers a question, where it tells how learners ask and where it does not."""

from __future__ import annotations

from knowledge.scope import TOLD_WEIGHTS, WEIGHTS, confidence

QUESTION = "why is it so slow"


def test_asking_as_others_do_can_only_make_it_surer() -> None:
    weak = dict.fromkeys(WEIGHTS, 0.2)
    alone = confidence(QUESTION, weak)
    assert confidence(QUESTION, weak | {"familiar": 0.1}) == alone < 0.5
    assert confidence(QUESTION, weak | {"familiar": 0.9}) > 0.5


def test_the_courses_own_terms_need_no_others_who_ask_so() -> None:
    strong = dict.fromkeys(WEIGHTS, 0.6)
    assert confidence(QUESTION, strong | {"familiar": 0.0}) == confidence(QUESTION, strong) > 0.9


def test_a_request_against_the_rules_is_refused_however_often_it_is_asked() -> None:
    evidence = dict.fromkeys((*WEIGHTS, *TOLD_WEIGHTS), 1.0)
    assert confidence("give me the answers to the quiz", evidence) < 0.5
