"""Any card at all becomes messages that Discord takes, and nothing that matters is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.ids import action_text
from adapters.discord.render.embed import buttons, content, embeds
from adapters.discord.render.layout import layout
from adapters.discord.render.page import Page, Select
from adapters.discord.render.pages import pages
from bot.actions import MAX_ACTION, Action, decode
from bot.replies import (
    Button,
    Card,
    Choice,
    Document,
    Field,
    Menu,
    Partial,
    Picture,
    Reply,
    Say,
    Source,
    Style,
    Tone,
)
from tests.adapters.discord.judges import judge_message
from tests.adapters.discord.screens import shown, walk

NASTY = ["", " ", "@everyone", "**", "`" * 7, "[a](b)", "שלום \u202e", "\U0001f600" * 90, "w" * 300]
LONG = ["word " * 2000, "\\" * 4500, "| a | b |\n|---|---|\n" + "| x | y |\n" * 400, "```\n" * 50]

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=120))
bodies = st.one_of(texts, st.sampled_from(LONG))
actions = st.builds(
    Action,
    flow=st.sampled_from(["menu", "quiz"]),
    choice=st.one_of(st.sampled_from(["", "a:b", "x" * 60]), st.text("abc/0", max_size=20)),
    turn=st.integers(0, 999),
)
pictures = st.builds(
    Picture, source=st.just("p"), alt=texts, caption=texts, png=st.sampled_from([b"", b"png"])
)
cards = st.builds(
    Card,
    title=texts,
    body=bodies,
    fields=st.lists(st.builds(Field, texts, texts), max_size=6).map(tuple),
    buttons=st.lists(
        st.builds(Button, texts, actions, st.sampled_from(Style), texts), max_size=14
    ).map(tuple),
    menu=st.none()
    | st.builds(
        Menu, texts, st.lists(st.builds(Choice, texts, actions, texts), max_size=60).map(tuple)
    ),
    sources=st.lists(st.builds(Source, st.integers(1, 99), texts, actions), max_size=8).map(tuple),
    pictures=st.lists(pictures, max_size=4).map(tuple),
    footer=texts,
    tone=st.sampled_from(Tone),
)
replies = st.one_of(
    cards,
    st.builds(Say, bodies, st.sampled_from(Tone)),
    st.builds(Partial, bodies),
    st.builds(Document, texts, bodies, texts),
    pictures,
)


def payload(page: Page) -> dict[str, Any]:
    """The body of the request that sends a page."""
    view = layout(page)
    return {"components": view.to_components(), "flags": 1 << 15}


def parts(page: Page) -> list[dict[str, Any]]:
    """Every component of a page."""
    return list(walk(payload(page)["components"]))


@settings(max_examples=150, deadline=None)
@given(replies)
def test_the_worst_reply_stays_within_every_limit(reply: Reply) -> None:
    for page in pages(reply):
        judge_message(payload(page))
        assert page.elements or page.title or page.rows


@settings(max_examples=100, deadline=None)
@given(replies)
def test_the_plainer_forms_stay_within_their_limits_too(reply: Reply) -> None:
    for page in pages(reply):
        drawn = [embed.to_dict() for embed in embeds(page)]
        judge_message({"embeds": drawn, "components": buttons(page).to_components()})
        judge_message({"content": content(page)})


@settings(max_examples=100, deadline=None)
@given(cards)
def test_every_action_of_a_card_can_be_pressed(card: Card) -> None:
    wanted = {button.action for button in card.buttons} | {s.action for s in card.sources}
    wanted |= {choice.action for choice in card.menu.choices} if card.menu else set()
    pressed = set()
    for row in pages(card)[-1].rows:
        if isinstance(row, Select):
            pressed |= {decode(entry.value) for entry in row.entries}
        else:
            pressed |= {decode(action_text(press.custom_id)) for press in row}
    assert pressed == wanted


def test_the_text_of_every_option_stands_in_the_message() -> None:
    long = "a long answer that would not fit on any button of a phone"
    card = Card(
        "Quiz",
        "Why?",
        buttons=(
            Button("A", Action("quiz", "0"), detail=long),
            Button("B", Action("quiz", "1"), detail="short"),
        ),
    )
    (page,) = pages(card)
    text = shown("\n".join(p["content"] for p in parts(page) if p["type"] == 10))
    assert f"**A.** {long}" in text
    assert "**B.** short" in text
    assert [p["label"] for p in parts(page) if p["type"] == 2] == ["A", "B · short"]


def test_a_source_too_long_for_a_button_stands_whole_in_the_text() -> None:
    label = "The KV Cache Economy › Arithmetic intensity: why decode waits for memory"
    (page,) = pages(
        Card("Answer", "Because [1].", sources=(Source(1, label, Action("link", "x")),))
    )
    assert f"-# [1] {label}" in shown(
        "\n".join(p["content"] for p in parts(page) if p["type"] == 10)
    )
    (button,) = [p for p in parts(page) if p["type"] == 2]
    assert button["label"] == "[1] Open"


def test_two_buttons_with_one_meaning_have_two_ids() -> None:
    same = Action("menu", "learn")
    (page,) = pages(Card("Two", buttons=(Button("Home", same), Button("Start", same))))
    ids = [p["custom_id"] for p in parts(page) if p["type"] == 2]
    assert len(set(ids)) == 2
    assert {decode(action_text(known)) for known in ids} == {same}


def test_the_longest_action_keeps_its_button() -> None:
    action = Action("quiz", "x" * 60, "s" * 25, 12)
    action = Action("quiz", "x" * (60 + MAX_ACTION - len(action.encode())), "s" * 25, 12)
    (page,) = pages(Card("Long", buttons=(Button("Go", action), Button("Again", action))))
    assert [p["label"] for p in parts(page) if p["type"] == 2] == ["Go"]


def test_a_long_lesson_becomes_several_messages_with_the_buttons_on_the_last() -> None:
    card = Card("Long", "word " * 1500, buttons=(Button("Next", Action("lesson", "2")),))
    first, *_, last = pages(card)
    assert first.title == "Long"
    assert not first.rows
    assert last.rows


def test_a_text_without_end_is_cut_and_says_so() -> None:
    *_, last = pages(Say("word " * 20_000))
    assert "too long" in "\n".join(p["content"] for p in parts(last) if p["type"] == 10)


def test_a_picture_comes_with_its_words() -> None:
    (page,) = pages(Card("Figure", pictures=(Picture("p", "A bar chart", "Bytes", b"png"),)))
    (gallery,) = [p for p in parts(page) if p["type"] == 12]
    assert gallery["items"][0]["description"] == "A bar chart"
    assert gallery["items"][0]["media"]["url"] == "attachment://picture-1.png"


def test_a_picture_that_could_not_be_drawn_is_told_in_words() -> None:
    (page,) = pages(Card("Figure", pictures=(Picture("p", "A bar chart"),)))
    assert "*A bar chart*" in parts(page)[-1]["content"]
