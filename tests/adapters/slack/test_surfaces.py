"""Every way in: commands, mentions, threads, the Home and Messages tabs, shortcuts, forms."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack import words
from bot.actions import Action
from bot.events import Command, Opened, Pressed, Submitted, Typed
from bot.flows.talk import MAX_QUESTION
from bot.replies import Button, Card, Choice, Document, Menu, Say, Source
from tests.adapters.slack.fake.state import Channel
from tests.adapters.slack.scripted import FORM, ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace
from tests.classroom import Classroom

NEXT = Action("talk", "next")


@pytest.mark.parametrize(
    ("text", "name", "args"),
    [
        ("/quiz 2", "quiz", {"lesson": "2"}),
        ("/ask why two tides?", "ask", {"question": "why two tides?"}),
        ("/calc kv llama-2-70b 32K", "calc", {"text": "kv llama-2-70b 32K"}),
        ("quiz 2", "quiz", {"lesson": "2"}),
        ("/learn", "learn", {}),
        ("", "learn", {}),
    ],
)
async def test_a_command_by_its_own_name_or_behind_the_one_for_all(
    scripted: Workspace, core: ScriptedCore, text: str, name: str, args: dict[str, str]
) -> None:
    await scripted.command("UADA", text)
    [event] = core.events
    assert isinstance(event, Command)
    assert (event.name, dict(event.args)) == (name, args)


async def test_the_one_command_takes_a_question_too(
    scripted: Workspace, core: ScriptedCore
) -> None:
    await scripted.command("UADA", "why two tides?", CHANNEL)
    [event] = core.events
    assert isinstance(event, Typed)
    assert event.text == "why two tides?"


async def test_a_command_works_where_the_bot_is_no_member(scripted: Workspace) -> None:
    scripted.slack.state.channels[CHANNEL].members.discard("UBOT")
    scripted.core.scripts = [[Card("First"), Card("Second")]]  # type: ignore[attr-defined]
    await scripted.command("UADA", "/learn", CHANNEL)
    assert [(seen.title, seen.private) for seen in scripted.screen("UADA")] == [
        ("First", True),
        ("Second", True),
    ]


async def test_a_command_among_two_people_is_answered_to_one_of_them(
    scripted: Workspace, core: ScriptedCore
) -> None:
    scripted.slack.state.channels["DTWO"] = Channel("DTWO", {"UADA", "UBOB"}, "im")
    core.scripts = [[Card("Yours")]]
    await scripted.command("UADA", "/learn", "DTWO")
    assert core.events[0].where.shared
    assert [seen.private for seen in scripted.screen("UADA")] == [True]
    assert scripted.screen("UBOB") == []


async def test_a_mention_is_answered_in_its_thread(scripted: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[Card("For all", private=False)]]
    ts = await scripted.mention("UADA", "quiz 1")
    [card] = scripted.screen("UBOB")
    assert (card.title, card.thread, card.private) == ("For all", ts, False)
    [event] = core.events
    assert isinstance(event, Command)
    assert event.where.id == f"{CHANNEL}:{ts}"


async def test_a_private_answer_to_a_new_thread_stands_where_it_can_be_seen(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Card("For Ada")]]
    await scripted.mention("UADA", "progress")
    assert [(seen.title, seen.thread) for seen in scripted.screen("UADA")] == [("For Ada", "")]
    assert scripted.screen("UBOB") == []


async def test_a_private_answer_in_a_live_thread_stands_in_it(
    scripted: Workspace, core: ScriptedCore
) -> None:
    root = await scripted.write("UBOB", "Has anybody read lesson 1?")
    await scripted.write("UBOB", "I have not.", thread=root)
    core.scripts = [[Card("For Ada")]]
    await scripted.mention("UADA", "progress", thread=root)
    assert [(seen.title, seen.thread) for seen in scripted.screen("UADA")] == [("For Ada", root)]


async def test_talk_in_channels_and_threads_is_none_of_the_bots_business(
    scripted: Workspace, core: ScriptedCore
) -> None:
    root = await scripted.write("UBOB", "Lunch?")
    await scripted.write("UADA", "Yes!", thread=root)
    assert core.events == []


async def test_a_lab_in_a_thread_hears_plain_words(space: Workspace, classroom: Classroom) -> None:
    ts = await space.mention("UADA", "lab 1")
    await space.write("UADA", "why two tides?", thread=ts)
    assert [request.question for request in classroom.tutor.requests] == ["why two tides?"]
    assert "1 of 3" in space.screen("UADA")[-1].text
    await space.write("UBOB", "and I?", thread=ts)
    assert len(classroom.tutor.requests) == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "thread_broadcast"},
        {"subtype": "bot_message", "bot_id": "B9"},
        {"bot_id": "B9"},
        {"edited": {"user": "UADA", "ts": "1"}},
        {"hidden": True},
    ],
)
async def test_what_is_no_learners_message_is_no_exchange(
    scripted: Workspace, core: ScriptedCore, extra: dict[str, Any]
) -> None:
    await scripted.dm("UADA", "why two tides?", **extra)
    assert core.events == []


@pytest.mark.parametrize("said", ["/quiz 1", "quiz 1", "<@UBOT> quiz 1"])
async def test_a_direct_message_may_be_a_command_in_words(
    scripted: Workspace, core: ScriptedCore, said: str
) -> None:
    await scripted.dm("UADA", said)
    [event] = core.events
    assert isinstance(event, Command)
    assert (event.name, dict(event.args)) == ("quiz", {"lesson": "1"})


async def test_a_message_without_words_is_none(scripted: Workspace, core: ScriptedCore) -> None:
    await scripted.dm("UADA", "   ")
    assert core.events == []


async def test_a_file_with_words_counts_by_its_words(
    scripted: Workspace, core: ScriptedCore
) -> None:
    await scripted.dm("UADA", "what is this?", subtype="file_share", files=[{"id": "F1"}])
    assert [event.text for event in core.events if isinstance(event, Typed)] == ["what is this?"]


async def test_the_home_tab_is_a_dashboard(space: Workspace) -> None:
    home = await space.open_home("UADA")
    assert home.title == "Tides"
    assert home.text.count("parts done") == 1
    assert home.text.count("Lesson about waves") == 1
    assert space.slack.refused == []


async def test_the_home_tab_offers_the_next_step_before_the_particulars(space: Workspace) -> None:
    await space.open_home("UADA")
    blocks = space.slack.state.homes["UADA"]["blocks"]
    kinds = [block["type"] for block in blocks]
    assert kinds[:4] == ["header", "context", "actions", "divider"]
    assert set(kinds[4:-1]) == {"rich_text"}
    assert blocks[2]["elements"][0]["text"]["text"] == "Read lesson 1"
    assert blocks[-1]["elements"][0]["type"] == "static_select"


async def test_all_results_are_one_press_away_on_the_home_tab(space: Workspace) -> None:
    await space.open_home("UADA")
    await space.press("UADA", "Progress", where="home")
    assert space.home("UADA").title == "Your progress"
    assert "Back to the dashboard" in space.home("UADA").buttons


async def test_a_lesson_is_read_within_the_home_tab(space: Workspace) -> None:
    await space.open_home("UADA")
    await space.press("UADA", "Read lesson 1", where="home")
    assert space.home("UADA").title.startswith("Lesson 1")
    assert space.screen("UADA") == []
    await space.press("UADA", "Back to the dashboard", where="home")
    assert space.home("UADA").title == "Tides"
    assert space.slack.refused == []


async def test_a_question_asked_on_the_home_tab_is_answered_there(space: Workspace) -> None:
    await space.open_home("UADA")
    await space.press("UADA", "Ask a question", where="home")
    await space.submit("UADA", "why two tides?")
    assert "The moon pulls the sea" in space.home("UADA").text
    assert space.slack.refused == []


async def test_the_messages_tab_offers_questions_and_greets_once(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Card("Welcome")]]
    for _ in range(2):
        await scripted.open_messages("UADA")
    assert [seen.title for seen in scripted.screen("UADA")] == ["Welcome"]
    assert [type(event) for event in core.events] == [Opened]
    prompts = scripted.slack.state.prompts["DUADA"]
    assert [prompt["title"] for prompt in prompts] == [
        "What “Tide” means",
        "What “Lesson about waves” means",
    ]


async def test_ask_the_tutor_about_a_message(scripted: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[Card("Answer")]]
    await scripted.shortcut("UADA", "Is <https://x.test|this> O(n&lt;2)?")
    [event] = core.events
    assert isinstance(event, Command)
    assert dict(event.args) == {"question": "Is this O(n<2)?"}
    assert [seen.private for seen in scripted.screen("UADA")] == [True]
    assert scripted.screen("UBOB") == []


async def test_a_message_with_nothing_but_a_file_is_answered_with_a_sentence(
    scripted: Workspace, core: ScriptedCore
) -> None:
    await scripted.shortcut("UADA", "")
    [told] = scripted.screen("UADA")
    assert "no words that I could read" in told.text
    assert told.private
    assert core.events == []


async def test_of_a_message_that_is_too_long_its_beginning_is_asked_about(
    space: Workspace, classroom: Classroom
) -> None:
    await space.shortcut("UADA", "why two tides? " * 1000)
    [request] = classroom.tutor.requests
    assert request.question.startswith("why two tides? why")
    assert len(request.question) <= MAX_QUESTION
    assert "The moon pulls the sea" in space.screen("UADA")[-1].text


async def test_a_form_opens_at_once_and_its_answer_replaces_the_card(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [
        [Card("Lab", buttons=(Button("Reply", FORM, opens_form=True),))],
        [Card("Lab, answered", replaces=True)],
    ]
    await scripted.command("UADA", "/lab 1", CHANNEL)
    await scripted.press("UADA", "Reply")
    await scripted.submit("UADA", "because of the moon")
    [card] = scripted.screen("UADA")
    assert card.title == "Lab, answered"
    event = core.events[-1]
    assert isinstance(event, Submitted)
    assert (event.action, dict(event.fields)) == (FORM, {"text": "because of the moon"})
    assert scripted.slack.refused == []


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_a_form_without_words_stays_open_and_says_so_under_the_field(
    scripted: Workspace, core: ScriptedCore, text: str
) -> None:
    core.scripts = [[Card("Lab", buttons=(Button("Reply", FORM, opens_form=True),))]]
    await scripted.command("UADA", "/lab 1", CHANNEL)
    await scripted.press("UADA", "Reply")
    answer = await scripted.submit("UADA", text)
    assert answer == {"response_action": "errors", "errors": {"text": words.BLANK}}
    assert len(core.events) == 1
    await scripted.submit("UADA", "because of the moon")
    assert isinstance(core.events[-1], Submitted)


async def test_a_field_that_may_stay_empty_is_sent_off_empty(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Card("Lab", buttons=(Button("Reply", FORM, opens_form=True),))]]
    await scripted.command("UADA", "/lab 1", CHANNEL)
    await scripted.press("UADA", "Reply")
    scripted.slack.state.modals["UADA"][-1]["blocks"][0]["optional"] = True
    await scripted.submit("UADA", "")
    assert isinstance(core.events[-1], Submitted)


async def test_a_form_that_slack_will_not_open_any_more_says_so(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Card("Lab", buttons=(Button("Reply", FORM, opens_form=True),))]]
    await scripted.command("UADA", "/lab 1", CHANNEL)
    payload = scripted.press_payload("UADA", "Reply")
    scripted.later(4)
    await scripted.act("interactive", payload)
    assert "press the button once more" in scripted.screen("UADA")[-1].text


async def test_menus_and_citations_are_presses_too(scripted: Workspace, core: ScriptedCore) -> None:
    menu = Menu("Go to", (Choice("Quiz 1", NEXT),))
    source = Source(1, "Lesson 1 › The moon", Action("link", "lesson/1/1"))
    core.scripts = [[Card("Card", menu=menu, sources=(source,))]]
    await scripted.command("UADA", "/learn")
    await scripted.press("UADA", "Quiz 1")
    await scripted.press("UADA", "[1]")
    pressed = [event.action for event in core.events if isinstance(event, Pressed)]
    assert pressed == [NEXT, source.action]
    assert "[1] Lesson 1 › The moon" in scripted.screen("UADA")[0].text


async def test_a_button_of_another_age_is_answered_kindly(scripted: Workspace) -> None:
    scripted.core.scripts = [[Card("Card", buttons=(Button("Go", NEXT),))]]  # type: ignore[attr-defined]
    await scripted.command("UADA", "/learn", CHANNEL)
    payload = scripted.press_payload("UADA", "Go")
    payload["actions"][0]["value"] = "v0:something"
    await scripted.act("interactive", payload)
    assert "/learn" in scripted.screen("UADA")[-1].text


async def test_an_export_is_handed_over_in_private(scripted: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[Document("mine.json", "{}", "All that is kept about you.")]]
    await scripted.command("UADA", "/privacy", CHANNEL)
    assert [seen.where for seen in scripted.screen("UADA")] == ["DUADA", CHANNEL]
    assert scripted.screen("UBOB") == []
    [file] = scripted.slack.state.files.values()
    assert (file.name, file.content, file.channel) == ("mine.json", b"{}", "DUADA")


async def test_anothers_press_is_answered_to_the_one_who_pressed(space: Workspace) -> None:
    await space.command("UADA", "/quiz 1", CHANNEL)
    payload = space.press_payload("UADA", "A")
    payload["user"] = {"id": "UBOB", "team_id": "T1"}
    payload["response_url"] = space.url_of(CHANNEL, "UBOB", None)
    before = space.screen("UADA")
    await space.act("interactive", payload)
    await space.quiet()
    assert "another learner" in space.screen("UBOB")[-1].text
    assert space.screen("UADA") == before


async def test_every_thing_said_has_its_words_for_notifications(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Card("Title <!channel>", body="Body & soul"), Say("Done.")]]
    await scripted.command("UADA", "/learn")
    texts = [args["text"] for args in scripted.called("chat.postMessage")]
    assert texts == ["Title &lt;!channel&gt;\n\nBody &amp; soul", "Done."]
