"""Actions survive the trip through any platform."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import MAX_ACTION, Action, decode
from bot.errors import LearnerError

names = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=10)


@given(
    names, st.text(max_size=40), st.text("abcXYZ-_", min_size=1, max_size=16), st.integers(0, 10**6)
)
def test_an_action_comes_back_as_it_went(flow: str, choice: str, session: str, turn: int) -> None:
    action = Action(flow, choice, session, turn)
    assert decode(action.encode()) == action
    assert len(action.encode()) <= MAX_ACTION


@given(st.text().filter(lambda text: not text.startswith("s1:")))
def test_any_other_text_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(LearnerError, match="/learn"):
        decode(text)


def test_an_action_too_long_for_a_platform_is_a_fault_at_once() -> None:
    with pytest.raises(ValueError, match="characters"):
        Action("quiz", "x" * 100).encode()
