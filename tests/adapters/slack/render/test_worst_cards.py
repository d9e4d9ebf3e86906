"""Whatever a card holds, Slack takes it: nothing is refused, lost, or given power."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.origin import Origin
from adapters.slack.render import card as draw
from adapters.slack.render.card import Message
from adapters.slack.render.form import form
from adapters.slack.render.home import home
from adapters.slack.render.simpler import simpler
from adapters.slack.stream import harmless
from bot.actions import MAX_ACTION, Action, decode
from bot.replies import (
    Button,
    Card,
    Choice,
    Field,
    Form,
    Menu,
    Partial,
    Picture,
    Say,
    Source,
    Style,
    TextField,
    Tone,
)
from tests.adapters.slack.fake import limits
from tests.adapters.slack.fake.state import File

FILES = {"F1": File("F1", "figure.png", "alt", b"PNG")}
KNOWN = {"figure:1": "F1"}

pieces = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "<!channel>", "<@U123>", "<https://evil.test|here>", "[x](https://evil.test)", "@here",
            "*bold*", "_it_", "~no~", "`code`", "> quote", "# Head", "- item", "1. one", "3.",
            "```formula\nQKᵀ/√d\n```", "| a | b |\n|---|---|\n| 1 | 2 |", "👩‍👩‍👧‍👦", "שלום עולם",
            "\x00\x1b[31m", "\ud800", "&amp;", "<b>", "line\nline", "\n\n", ":smile:",
            "word " * 700,
            "x" * 4000, "|" * 300, "𝕏" * 200,
        ]
    ),
)  # fmt: skip
texts = st.lists(pieces, max_size=8).map("\n".join)
short = st.one_of(st.text(max_size=200), pieces)
actions = st.builds(
    Action, st.just("quiz"), st.text(max_size=60), st.just("abc"), st.integers(0, 99)
)
actions = actions.filter(lambda action: _fits(action))
tables = (
    st.integers(1, 25)
    .flatmap(
        lambda width: st.lists(
            st.lists(st.text("ab 1|×", max_size=12), min_size=width, max_size=width),
            min_size=1,
            max_size=130,
        )
    )
    .map(lambda rows: _table(rows))
)
buttons = st.builds(
    Button, short, actions, st.sampled_from(Style), st.one_of(st.just(""), short), st.booleans()
)
cards = st.builds(
    Card,
    title=short,
    body=st.one_of(texts, tables, st.tuples(texts, tables, tables).map("\n\n".join)),
    fields=st.lists(st.builds(Field, short, short), max_size=25).map(tuple),
    buttons=st.lists(buttons, max_size=30).map(tuple),
    menu=st.none()
    | st.builds(
        Menu,
        short,
        st.lists(st.builds(Choice, short, actions, short), min_size=1, max_size=120).map(tuple),
    ),
    sources=st.lists(st.builds(Source, st.integers(1, 9), short, actions), max_size=30).map(tuple),
    pictures=st.lists(
        st.builds(Picture, st.sampled_from(["figure:1", "figure:2"]), short, short), max_size=3
    ).map(tuple),
    footer=short,
    tone=st.sampled_from(Tone),
)


def _fits(action: Action) -> bool:
    try:
        return len(action.encode()) <= MAX_ACTION
    except ValueError:
        return False


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def accepted(message: Message) -> None:
    assert limits.problems(message.blocks, "message", FILES) == []
    assert 0 < len(message.text) <= 4000
    json.dumps(message.blocks, ensure_ascii=False).encode()
    message.text.encode()
    powerless(message.blocks)
    for sign in ("<!", "<@", "<http"):
        assert sign not in message.text


def powerless(value: Any) -> None:
    """Only rich and plain text holds what people wrote; mrkdwn holds no mark but its own bold."""
    if isinstance(value, list):
        for part in value:
            powerless(part)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            assert value["verbatim"]
            assert not set("<>`~_") & set(value["text"])
            assert value["text"].count("*") == 2
        for part in value.values():
            powerless(part)


@pytest.mark.parametrize(("rows", "words"), [(14, 1700), (45, 0), (99, 0)])
def test_a_table_of_long_names_fits_its_message_as_lines_too(rows: int, words: int) -> None:
    table = _table([[f"a long name {n}" for n in range(15)], *([["1"] * 15] * rows)])
    for message in draw.card(Card("Wide", f"{table}\n\n{'word ' * words}"), KNOWN):
        accepted(message)
        accepted(simpler(message))


@pytest.mark.parametrize("words", [0, 1500, 1700])
def test_a_table_of_short_cells_fits_its_message_in_columns_too(words: int) -> None:
    table = _table([["A", "B"], ["c" * 33, "d"], *([["e", "f"]] * 98)])
    for message in draw.card(Card("Long", f"{table}\n\n{'word ' * words}"), KNOWN):
        accepted(message)
        accepted(simpler(message))


@settings(max_examples=60, deadline=None)
@given(cards)
def test_any_card_is_taken_and_all_its_presses_come_back(card: Card) -> None:
    messages = draw.card(card, KNOWN)
    for message in messages:
        accepted(message)
        accepted(simpler(message))
    assert presses(messages) == wanted(card)


@settings(max_examples=40, deadline=None)
@given(texts, st.sampled_from(Tone))
def test_any_sentence_is_taken(text: str, tone: Tone) -> None:
    for message in draw.say(Say(text, tone)):
        accepted(message)
    accepted(draw.partial(Partial(text)))


@settings(max_examples=25, deadline=None)
@given(st.lists(cards, min_size=1, max_size=3), st.booleans())
def test_any_cards_are_taken_on_the_home_tab(shown: list[Card], dashboard: bool) -> None:
    view = home(shown, KNOWN, "D1", dashboard=dashboard)
    assert limits.view_problems(view, FILES) == []
    powerless(view["blocks"])


@settings(max_examples=60, deadline=None)
@given(short, short, short, st.text(max_size=5000), st.integers(1, 9000))
def test_any_form_is_taken(title: str, label: str, hint: str, value: str, most: int) -> None:
    field = TextField("text", label, hint, value, long=True, max_length=most)
    action = Action("lab", "reply", "s" * 20, 3)
    origin = Origin("C" * 11, "U" * 11, "T" * 11, response_url="https://hooks.test/" + "x" * 200)
    view = form(Form(title, action, (field,), label), f"{action.encode()}\n{origin.dump()}")
    assert limits.view_problems(view, FILES) == []


@settings(max_examples=60, deadline=None)
@given(texts)
def test_a_stream_grows_and_never_takes_back(text: str) -> None:
    sent = ""
    for end in range(0, len(text), max(len(text) // 40, 1)):
        shown = harmless(text[:end])
        assert shown.startswith(sent)
        assert "<" not in shown
        assert "](" not in shown
        sent = shown


def test_a_long_text_is_split_and_nothing_is_lost() -> None:
    body = "\n\n".join(f"Paragraph {n}. " + "Words and more words. " * 20 for n in range(120))
    messages = draw.card(Card("Long", body, buttons=(Button("Go", Action("a", "b")),)))
    assert len(messages) > 1
    said = json.dumps([message.blocks for message in messages])
    assert all(f"Paragraph {n}. " in said for n in range(120))
    kinds = [block["type"] for block in messages[-1].blocks]
    assert kinds[-1] == "actions"
    assert all("actions" not in [b["type"] for b in m.blocks] for m in messages[:-1])


def test_an_options_whole_text_stands_in_the_message() -> None:
    long = "A sentence that is far too long for a button, and must be read whole all the same."
    options = (
        Button("A", Action("q", "0"), detail=long),
        Button("B", Action("q", "1"), detail="No"),
    )
    [message] = draw.card(Card("Q", buttons=options))
    said = json.dumps(message.blocks)
    assert long in said
    labels = [e["text"]["text"] for e in message.blocks[-1]["elements"]]
    assert labels == ["A", "B"]


def test_short_options_stand_on_their_buttons_too() -> None:
    options = (
        Button("A", Action("q", "0"), detail="4×"),
        Button("B", Action("q", "1"), detail="8×"),
    )
    [message] = draw.card(Card("Q", buttons=options))
    assert [e["text"]["text"] for e in message.blocks[-1]["elements"]] == ["A.  4×", "B.  8×"]


def test_a_table_is_native_once_and_readable_the_second_time() -> None:
    table = "| From | To |\n| --- | --- |\n| 8K | 16K |"
    [message] = draw.card(Card("T", f"{table}\n\nThen:\n\n{table}"))
    kinds = [block["type"] for block in message.blocks]
    assert kinds.count("table") == 1
    assert "From  To\\n8K    16K" in json.dumps(message.blocks)


def presses(messages: list[Message]) -> list[Action]:
    """Every action that the messages offer, as Slack would hand it back."""
    found = []
    for message in messages:
        for block in message.blocks:
            for element in block["elements"] if block["type"] == "actions" else []:
                entries = element.get("options") or [element]
                found.extend(decode(entry["value"]) for entry in entries)
    return found


def wanted(card: Card) -> list[Action]:
    choices = card.menu.choices if card.menu else ()
    return [entry.action for entry in (*card.sources, *card.buttons, *choices)]
