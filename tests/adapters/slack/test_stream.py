"""Answers that appear while they are written, and the Stop button that really stops them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.slack.stream import STREAM_GAP
from bot.replies import Card, Partial, Reply
from tests.adapters.slack.fake.methods import METHODS
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.slack.workspace import CHANNEL, Workspace

STREAMS = {"chat.startStream", "chat.appendStream", "chat.stopStream"}


def tick(space: Workspace) -> list[float]:
    """Give the app a clock that only the test moves; return it in a list."""
    now = [0.0]
    space.app.desk._tools = replace(space.app.desk._tools, tick=lambda: now[0])
    return now


def ticking(space: Workspace) -> None:
    """Give the app a clock that moves far each time it is read."""
    now = [0.0]

    def later() -> float:
        now[0] += 10
        return now[0]

    space.app.desk._tools = replace(space.app.desk._tools, tick=later)


def streamed(space: Workspace) -> list[str]:
    return [name for name, _ in space.slack.calls if name in STREAMS]


async def test_each_append_carries_what_is_new(scripted: Workspace, core: ScriptedCore) -> None:
    ticking(scripted)
    core.scripts = [[Partial("The"), Partial("The moon"), Partial("The moon pulls"), Card("Done")]]
    await scripted.dm("UADA", "why?")
    sent = [args["markdown_text"] for name, args in scripted.slack.calls if "markdown_text" in args]
    assert sent == ["The", " moon", " pulls"]
    [answer] = scripted.screen("UADA")
    assert answer.title == "Done"
    assert scripted.slack.refused == []


async def test_appends_keep_within_what_slack_takes(
    scripted: Workspace, core: ScriptedCore
) -> None:
    tick(scripted)
    core.scripts = [[*(Partial("x" * n) for n in range(1, 50)), Card("Done")]]
    await scripted.dm("UADA", "why?")
    assert streamed(scripted) == ["chat.startStream", "chat.stopStream"]


async def test_the_drafts_of_one_workspace_share_what_slack_takes(
    scripted: Workspace, core: ScriptedCore
) -> None:
    now = tick(scripted)
    pauses = [asyncio.Event() for _ in range(2)]
    done = asyncio.Event()
    core.scripts = [[Partial("A"), pause, Partial("A b"), done, Card("Done")] for pause in pauses]
    for text in ("why?", "why else?"):
        await begin(scripted, text)
    await until(lambda: sum(m.streaming for m in scripted.slack.state.messages) == 2)
    now[0] = STREAM_GAP * 1.5
    pauses[1].set()
    await until(lambda: core.given >= 3)
    assert "chat.appendStream" not in streamed(scripted)
    now[0] = STREAM_GAP * 2.5
    pauses[0].set()
    await until(lambda: "chat.appendStream" in streamed(scripted))
    done.set()
    await scripted.quiet()
    assert [seen.title for seen in scripted.screen("UADA")] == ["Done", "Done"]


async def test_a_draft_does_not_wait_when_slack_asks_to_slow_down(
    scripted: Workspace, core: ScriptedCore
) -> None:
    ticking(scripted)
    scripted.slack.limited["chat.appendStream"] = [3600, 3600]
    core.scripts = [[Partial("The"), Partial("The moon"), Partial("The moon pulls"), Card("Done")]]
    await scripted.dm("UADA", "why?")
    assert [seen.title for seen in scripted.screen("UADA")] == ["Done"]


async def test_a_rewritten_beginning_waits_for_the_end(
    scripted: Workspace, core: ScriptedCore
) -> None:
    ticking(scripted)
    core.scripts = [[Partial("The sun"), Partial("The moon pulls"), Card("Done")]]
    await scripted.dm("UADA", "why?")
    assert streamed(scripted) == ["chat.startStream", "chat.stopStream"]


async def test_a_stream_can_neither_mention_nor_link(
    scripted: Workspace, core: ScriptedCore
) -> None:
    ticking(scripted)
    bad = "<!channel> <@UBOB> [press](https://evil.test)"
    core.scripts = [[*(Partial(bad[:n]) for n in range(1, len(bad) + 1)), Card("Done")]]
    await scripted.dm("UADA", "why?")
    sent = "".join(
        args["markdown_text"] for _, args in scripted.slack.calls if "markdown_text" in args
    )
    assert sent == "&lt;!channel&gt; &lt;@UBOB&gt; [press] (https://evil.test)"


async def test_without_streams_the_answer_is_edited_as_it_grows(
    scripted: Workspace, core: ScriptedCore
) -> None:
    ticking(scripted)
    scripted.slack.missing |= STREAMS
    script: list[Reply | asyncio.Event | Exception] = [
        Partial("The"),
        Partial("The moon"),
        Card("Done"),
    ]
    core.scripts = [list(script), list(script)]
    await scripted.dm("UADA", "why?")
    await scripted.dm("UADA", "why else?")
    assert [seen.title for seen in scripted.screen("UADA")] == ["Done", "Done"]
    assert streamed(scripted) == ["chat.startStream"]
    assert len(scripted.called("chat.update")) == 4


async def test_a_stream_that_slack_ended_by_itself_still_gets_its_answer(
    scripted: Workspace, core: ScriptedCore
) -> None:
    ticking(scripted)
    pause = asyncio.Event()
    core.scripts = [[Partial("The"), pause, Partial("The moon"), Card("Done")]]
    await begin(scripted, "why?")
    await until_streaming(scripted)
    scripted.slack.state.messages[-1].streaming = False
    pause.set()
    await scripted.quiet()
    assert [seen.title for seen in scripted.screen("UADA")] == ["Done"]


async def test_stop_ends_the_work_and_says_so(scripted: Workspace, core: ScriptedCore) -> None:
    core.scripts = [[Partial("The"), asyncio.Event(), Card("Never")]]
    ts = await begin(scripted, "why?")
    await until_streaming(scripted)
    await scripted.stop_button("UADA", "DUADA", ts)
    assert core.closed == 1
    assert [seen.text for seen in scripted.screen("UADA")][-1].startswith("Stopped.")
    assert scripted.slack.state.statuses[("DUADA", ts)] == ["processing", "active"]
    await scripted.act("events_api", first_payload(scripted))
    await scripted.quiet()
    assert len(core.events) == 1


async def test_stop_at_another_worker_ends_the_work_here(
    scripted: Workspace, core: ScriptedCore
) -> None:
    ticking(scripted)
    pause = asyncio.Event()
    core.scripts = [[Partial("The"), pause, Partial("The moon"), Card("Never")]]
    await begin(scripted, "why?")
    await until_streaming(scripted)
    message = scripted.slack.state.messages[-1]
    message.streaming = False
    await scripted.app.desk._tools.stops.add("DUADA", message.ts)
    pause.set()
    await scripted.quiet()
    assert core.closed == 1
    assert scripted.screen("UADA")[-1].text.startswith("Stopped.")


async def test_stop_when_nothing_runs_settles_the_status(scripted: Workspace) -> None:
    ts = await scripted.dm("UADA", "why?")
    await scripted.stop_button("UADA", "DUADA", ts)
    assert scripted.slack.state.statuses[("DUADA", ts)][-1] == "active"


async def test_where_there_are_no_agent_sessions_the_older_status_serves(
    scripted: Workspace,
) -> None:
    scripted.slack.missing.add("agents.sessions.setStatus")
    ts = await scripted.dm("UADA", "why?")
    assert scripted.slack.state.statuses[("DUADA", ts)] == ["is reading the course…", ""]


@pytest.mark.parametrize("broken", ["agents.sessions.setStatus", "assistant.threads.setStatus"])
async def test_a_status_that_fails_loses_no_answer(
    scripted: Workspace, core: ScriptedCore, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setitem(METHODS, broken, (failing, ""))
    if broken != "agents.sessions.setStatus":
        scripted.slack.missing.add("agents.sessions.setStatus")
    core.scripts = [[Card("Done")]]
    await scripted.dm("UADA", "why?")
    assert [seen.title for seen in scripted.screen("UADA")] == ["Done"]


@pytest.mark.parametrize("broken", sorted(STREAMS))
async def test_a_stream_that_breaks_loses_no_answer(
    scripted: Workspace, core: ScriptedCore, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    ticking(scripted)
    monkeypatch.setitem(METHODS, broken, (failing, ""))
    core.scripts = [[Partial("The"), Partial("The moon"), Card("Done")]]
    await begin(scripted, "why?")
    await scripted.quiet()
    assert scripted.screen("UADA")[-1].title == "Done"


def failing(*_: object) -> dict[str, object]:
    """A method of a server that fails, and says so in plain text."""
    raise RuntimeError("out of order")


async def test_half_an_answer_is_never_shown_in_a_channel(
    scripted: Workspace, core: ScriptedCore
) -> None:
    core.scripts = [[Partial("The"), Card("Done")]]
    await scripted.command("UADA", "/ask why?", CHANNEL)
    assert [seen.title for seen in scripted.screen("UADA")] == ["Done"]
    assert streamed(scripted) == []


async def begin(space: Workspace, text: str) -> str:
    """Write to the bot without waiting for its answer."""
    event = space.message_of("UADA", text, "DUADA", "")
    await space.event({**event, "type": "message", "channel_type": "im"})
    return str(event["ts"])


async def until_streaming(space: Workspace) -> None:
    """Wait until the fake Slack has a stream open."""
    await until(lambda: any(message.streaming for message in space.slack.state.messages))


async def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    while not true():  # noqa: ASYNC110 (it becomes so on the other side of a socket)
        await asyncio.sleep(0)


def first_payload(space: Workspace) -> dict[str, object]:
    """The delivery of the first message, to be made again."""
    message = next(m for m in space.slack.state.messages if m.author == "UADA")
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev-again",
        "authorizations": [{"team_id": "T1"}],
        "event": {
            "type": "message",
            "channel_type": "im",
            "user": "UADA",
            "text": message.text,
            "channel": message.channel,
            "ts": message.ts,
            "team": "T1",
            "client_msg_id": "client-1",
        },
    }
