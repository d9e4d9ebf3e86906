"""Lines into events."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.actions import Action
from bot.errors import LearnerError
from bot.events import Command, Opened, Pressed, Submitted, Typed
from bot.replies import Button, Card, Form, TextField
from tests.adapters.terminal.harness import Terminal
from tests.classroom import Classroom

FORM = Form("Ask", Action("ask"), (TextField("question", "Your question", max_length=5),))


async def test_every_line_is_an_event_of_its_own(room: Classroom, tmp_path: Path) -> None:
    first, second = (Terminal(room.engine, tmp_path).talk for _ in range(2))
    events = [talk.opened() for talk in (first, second) for _ in range(3)]
    assert len({event.id for event in events}) == 6


async def test_the_learner_is_the_user_of_this_machine(room: Classroom, tmp_path: Path) -> None:
    who = Terminal(room.engine, tmp_path, "ada").talk.opened().who
    assert (who.platform, who.workspace, who.user, who.name) == ("terminal", "local", "ada", "ada")


async def test_each_kind_of_line_is_its_kind_of_event(room: Classroom, tmp_path: Path) -> None:
    talk = Terminal(room.engine, tmp_path).talk
    talk.take(Card("T", buttons=(Button("Go", Action("menu", "learn")),)))
    kinds = []
    for line in ("1", "/quiz 1", "why?"):
        intent = talk.understand(line)
        assert intent is not None
        kinds.append(type(talk.event(intent)))  # type: ignore[arg-type]
    assert kinds == [Pressed, Command, Typed]
    assert isinstance(talk.opened(), Opened)


async def test_a_form_too_long_or_empty_is_refused(room: Classroom, tmp_path: Path) -> None:
    talk = Terminal(room.engine, tmp_path).talk
    assert isinstance(talk.submitted(FORM, {"question": "why?"}), Submitted)
    with pytest.raises(LearnerError, match="Your question is needed"):
        talk.submitted(FORM, {"question": ""})
    with pytest.raises(LearnerError, match="at most 5 characters"):
        talk.submitted(FORM, {"question": "why why"})


async def test_numbers_mean_the_last_cards_that_came(room: Classroom, tmp_path: Path) -> None:
    talk = Terminal(room.engine, tmp_path).talk
    one, two = (Card(x, buttons=(Button(x, Action("menu", x)),)) for x in ("one", "two"))
    talk.opened()
    talk.take(one)
    talk.take(two)
    assert [entry.label for entry in talk.choices.entries] == ["one", "two"]
    talk.opened()
    talk.take(two)
    assert [(e.number, e.label) for e in talk.choices.entries] == [(1, "two")]


async def test_a_card_without_choices_leaves_the_numbers_in_view(
    room: Classroom, tmp_path: Path
) -> None:
    talk = Terminal(room.engine, tmp_path).talk
    talk.take(Card("one", buttons=(Button("one", Action("menu", "one")),)))
    talk.opened()
    talk.take(Card("nothing to press"))
    assert [entry.label for entry in talk.choices.entries] == ["one"]
