"""Cards in the place of cards: ephemeral ones, lasting ones, and when a place is gone."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from bot.actions import Action
from bot.replies import Button, Card, Picture, Say
from tests.adapters.slack.fake.methods import METHODS
from tests.adapters.slack.fake.state import URL_SECONDS
from tests.adapters.slack.scripted import FORM, ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace

GO = Button("Go", Action("talk", "go"))
PNG = b"\x89PNG fake"


def card(title: str, **more: object) -> Card:
    return Card(title, buttons=(GO,), replaces=True, **more)  # type: ignore[arg-type]


async def test_an_ephemeral_card_is_replaced_by_its_response_url(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[card(str(n))] for n in range(8)]
    await scripted.command("UADA", "/quiz 1", CHANNEL)
    for _ in range(7):
        await scripted.press("UADA", "Go")
    assert [seen.title for seen in scripted.screen("UADA")] == ["7"]
    assert scripted.called("chat.update") == []
    assert scripted.slack.refused == []


async def test_a_card_in_a_dm_is_edited(scripted: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[card("One")], [card("Two"), Say("And a word.")]]
    await scripted.command("UADA", "/quiz 1")
    await scripted.press("UADA", "Go")
    assert [seen.title or seen.text for seen in scripted.screen("UADA")] == ["Two", "And a word."]


async def test_a_deleted_card_comes_again(scripted: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[card("One")], [card("Two")]]
    await scripted.command("UADA", "/quiz 1")
    payload = scripted.press_payload("UADA", "Go")
    scripted.slack.state.messages.clear()
    await scripted.act("interactive", payload)
    await scripted.quiet()
    assert [seen.title for seen in scripted.screen("UADA")] == ["Two"]


async def test_a_form_filled_in_for_half_an_hour_is_still_answered(
    scripted: Workspace, core: ScriptedCore
) -> None:
    reply = Button("Reply", FORM, opens_form=True)
    core.scripts = [[Card("Lab", buttons=(reply,))], [card("Answered")]]
    await scripted.command("UADA", "/lab 1", CHANNEL)
    await scripted.press("UADA", "Reply")
    scripted.later(URL_SECONDS + 60)
    await scripted.submit("UADA", "because of the moon")
    assert "Answered" in [seen.title for seen in scripted.screen("UADA")]


async def test_a_private_answer_never_edits_a_card_that_all_can_see(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[card("For all", private=False)], [card("For Bob")]]
    await scripted.mention("UADA", "quiz 1")
    await scripted.press("UBOB", "Go")
    assert [seen.title for seen in scripted.screen("UADA")] == ["For all"]
    assert [seen.title for seen in scripted.screen("UBOB")] == ["For all", "For Bob"]


async def test_more_answers_than_a_response_url_takes_all_arrive(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Say(f"{n}.") for n in range(9)]]
    await scripted.command("UADA", "/learn", CHANNEL)
    assert [seen.text for seen in scripted.screen("UADA")] == [f"{n}." for n in range(9)]
    assert scripted.slack.refused == []


async def test_a_picture_is_shown_to_its_learner_alone_and_sent_up_once(
    scripted: Workspace, core: ScriptedCore
) -> None:
    figure = Picture("figure:1", "A curve that rises.", "The wall", PNG)
    core.scripts = [[Card("One", pictures=(figure,))], [Card("Two", pictures=(figure,))]]
    await scripted.command("UADA", "/lesson 1", CHANNEL)
    await scripted.command("UBOB", "/lesson 1", CHANNEL)
    assert len(scripted.called("files.completeUploadExternal")) == 1
    [file] = scripted.slack.state.files.values()
    assert (file.content, file.alt, file.channel) == (PNG, "A curve that rises.", "")
    assert "A curve that rises." in scripted.screen("UBOB")[0].text


async def test_a_picture_that_slack_has_not_looked_at_yet_is_waited_for(
    scripted: Workspace, core: ScriptedCore
) -> None:
    waits = record_waits(scripted)
    scripted.slack.state.slow_files = 2
    core.scripts = [[Card("One", pictures=(Picture("f", "A curve.", png=PNG),))]]
    await scripted.command("UADA", "/lesson 1")
    assert [b["type"] for b in scripted.visible("UADA")[0].blocks] == ["header", "image"]
    assert waits == [0.5, 1.0]


@pytest.mark.parametrize("where", ["", "home"])
async def test_a_picture_that_was_deleted_from_slack_is_sent_up_once_more(
    scripted: Workspace, core: ScriptedCore, where: str
) -> None:
    waits = record_waits(scripted)
    figure = Picture("f", "A curve.", png=PNG)
    core.scripts = [[Card("One", pictures=(figure,))], [Card("Two", pictures=(figure,))]]
    await scripted.command("UADA", "/lesson 1")
    scripted.slack.state.files.clear()
    await (scripted.open_home("UADA") if where else scripted.command("UADA", "/lesson 1"))
    shown = scripted.slack.state.homes["UADA"]["blocks"] if where else newest(scripted)
    assert shown[-1]["type"] == "image"
    assert len(scripted.called("files.completeUploadExternal")) == 2
    assert waits == [0.5]


async def test_a_picture_that_cannot_be_sent_up_again_is_told_in_words(
    scripted: Workspace, core: ScriptedCore
) -> None:
    record_waits(scripted)
    figure = Picture("f", "A curve.", png=PNG)
    core.scripts = [[Card("One", pictures=(figure,))], [Card("Two", pictures=(figure,))]]
    await scripted.command("UADA", "/lesson 1")
    scripted.slack.state.files.clear()
    scripted.slack.missing.add("files.getUploadURLExternal")
    await scripted.command("UADA", "/lesson 1")
    assert "[A curve.]" in scripted.screen("UADA")[-1].text


async def test_a_picture_on_the_home_tab_is_waited_for_too(
    scripted: Workspace, core: ScriptedCore
) -> None:
    waits = record_waits(scripted)
    scripted.slack.state.slow_files = 1
    core.scripts = [[Card("One", pictures=(Picture("f", "A curve.", png=PNG),))]]
    await scripted.open_home("UADA")
    assert scripted.slack.state.homes["UADA"]["blocks"][-1]["type"] == "image"
    assert waits == [0.5]


async def test_a_guest_is_shown_the_file_that_the_app_has_sent_up_already(
    scripted: Workspace, core: ScriptedCore
) -> None:
    figure = Picture("f", "A curve.", png=PNG)
    core.scripts = [[Card("One", pictures=(figure,))], [Card("Two", pictures=(figure,))]]
    await scripted.command("UADA", "/lesson 1", CHANNEL)
    said = scripted.message_of("UBOB", "<@UBOT> lesson 1", CHANNEL, "")
    await scripted.event({**said, "type": "app_mention", "user_team": "T9"})
    await scripted.quiet()
    assert len(scripted.called("files.completeUploadExternal")) == 1
    assert "A curve." in scripted.screen("UBOB")[-1].text


def newest(space: Workspace) -> list[dict[str, object]]:
    """The blocks of the last message that ada sees."""
    return space.visible("UADA")[-1].blocks


async def test_a_picture_that_slack_never_takes_is_told_in_words(
    scripted: Workspace, core: ScriptedCore
) -> None:
    record_waits(scripted)
    scripted.slack.state.slow_files = 99
    core.scripts = [[Card("One", pictures=(Picture("f", "A curve.", png=PNG),))]]
    await scripted.command("UADA", "/lesson 1")
    assert "[A curve.]" in scripted.screen("UADA")[0].text


async def test_a_workspace_that_takes_no_uploads_gets_the_words(
    scripted: Workspace, core: ScriptedCore
) -> None:
    scripted.slack.missing.add("files.getUploadURLExternal")
    core.scripts = [[Card("One", pictures=(Picture("f", "A curve.", png=PNG),))]]
    await scripted.command("UADA", "/lesson 1")
    assert "[A curve.]" in scripted.screen("UADA")[0].text


async def test_where_uploads_lead_nowhere_the_words_are_shown(
    scripted: Workspace, core: ScriptedCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = {"file_id": "F1", "upload_url": f"http://127.0.0.1:{free_port()}/"}
    monkeypatch.setitem(METHODS, "files.getUploadURLExternal", (lambda *_: nowhere, "files:write"))
    core.scripts = [[Card("One", pictures=(Picture("f", "A curve.", png=PNG),))]]
    await scripted.command("UADA", "/lesson 1")
    assert "[A curve.]" in scripted.screen("UADA")[0].text


def free_port() -> int:
    """Return a port at which nothing listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def record_waits(space: Workspace) -> list[float]:
    """Let the app's pauses take no time, and return what they would have been."""
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    space.app.desk._tools = replace(space.app.desk._tools, pause=pause)
    return waits
