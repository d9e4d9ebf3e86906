"""A learner at a terminal is told a fault by its code; the log has the rest."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import click
import pytest

from adapters import main
from bot.events import Event, Typed
from bot.ports import Kept, Wanted
from bot.replies import Reply, Say
from tests.adapters.slack.scripted import ScriptedCore
from tests.adapters.terminal.harness import Terminal, seated
from tests.logged import Logged, logged, told_ids


class Breaking(ScriptedCore):
    """A core that breaks at words, and goes on with the next act."""

    async def handle(
        self,
        event: Event,
        *,
        once: bool = False,
        kept: Kept | None = None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Reply]:
        """Break at words."""
        if isinstance(event, Typed):
            raise ZeroDivisionError("a secret of the program")
        yield Say("Still here.")


@pytest.fixture
def log() -> Iterator[Logged]:
    with logged() as found:
        yield found


async def test_at_a_keyboard_the_talk_goes_on(tmp_path: Path, log: Logged) -> None:
    with seated(Breaking(), tmp_path) as person:
        await person.does("why?\r", "/learn\r")
        assert told_ids(person.plain) == log.ids != []
        assert "secret" not in person.plain
        assert person.plain.count("Still here.") == 2


async def test_through_pipes_the_talk_goes_on(tmp_path: Path, log: Logged) -> None:
    terminal = Terminal(Breaking(), tmp_path)
    assert told_ids(await terminal.type("why?")) == log.ids != []
    assert "Still here." in await terminal.command("learn")


@click.command()
def broken() -> None:
    """Break."""
    raise ZeroDivisionError("a secret of the program")


def test_a_command_that_breaks_shows_a_code_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(main.COMMANDS, "ask", f"{__name__}:broken")
    monkeypatch.setattr(sys, "argv", ["seminar", "ask"])
    monkeypatch.setenv("SEMINAR_DATA", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    [code] = told_ids(said.err)
    line = (tmp_path / "terminal.log").read_text()
    assert f'"error": "{code}"' in line
    assert "ZeroDivisionError" in line
