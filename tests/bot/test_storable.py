"""What no database can hold is replaced at the door; everything else passes untouched."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import Action
from bot.events import Command, Pressed, Submitted, Typed
from bot.storable import storable
from tests.classroom import ADA, DESK, MORNING

HEAD = (ADA, DESK, "event-1", MORNING)


def test_words_of_any_language_pass_untouched() -> None:
    event = Typed(*HEAD, "Ünïcødé, שלום, 😀 and\ttabs\n")
    assert storable(event) == event


def test_a_nul_and_half_a_surrogate_pair_are_replaced() -> None:
    assert storable(Typed(*HEAD, "a\x00b\ud800c")) == Typed(*HEAD, "a\ufffdb\ufffdc")


def test_arguments_fields_choices_and_names_are_replaced_too() -> None:
    args = storable(Command(*HEAD, "ask", {"question": "\x00"}))
    assert isinstance(args, Command)
    assert args.args == {"question": "\ufffd"}
    form = storable(Submitted(*HEAD, Action("ask", "\ud800"), {"text": "\x00"}))
    assert isinstance(form, Submitted)
    assert (form.action.choice, form.fields) == ("\ufffd", {"text": "\ufffd"})
    named = storable(Pressed(replace(ADA, name="\x00"), DESK, "event-1", MORNING, Action("quiz")))
    assert named.who.name == "\ufffd"
