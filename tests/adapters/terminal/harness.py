"""Learners at terminals: one through pipes, step by step, and one at a keyboard."""

from __future__ import annotations

import io
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console, RenderableType

from adapters.terminal.choices import Choices, Entry
from adapters.terminal.conversation import Conversation
from adapters.terminal.files import Files
from adapters.terminal.intent import Intent
from adapters.terminal.interactive import Interactive
from adapters.terminal.lines import Lines
from adapters.terminal.piped import Piped
from adapters.terminal.screen import Screen
from adapters.terminal.seat import Habits, seat
from adapters.terminal.text import MAX_LINE_BYTES
from adapters.terminal.theme import THEME
from bot.commands.words import parse
from bot.events import Event
from bot.ports import Core
from bot.replies import Card, Form
from tests.classroom import MORNING

Wait = Callable[..., Awaitable[Any]]
CTRL_C, CTRL_D = "\x03", "\x04"


def morning() -> datetime:
    """The time in every test."""
    return MORNING


class Remembered(Conversation):
    """A conversation that remembers its last event, and the choices of each card."""

    last: Event
    offers: list[Choices]

    def __init__(self, core: Core, user: str) -> None:
        super().__init__(core, user, parse, morning)
        self.offers = []

    def opened(self) -> Event:
        self.last = super().opened()
        return self.last

    def event(self, intent: Intent) -> Event:
        self.last = super().event(intent)
        return self.last

    def submitted(self, form: Form, fields: Mapping[str, str]) -> Event:
        self.last = super().submitted(form, fields)
        return self.last

    def take(self, card: Card) -> Choices:
        offered = super().take(card)
        self.offers.append(offered)
        return offered


class Terminal:
    """A learner who writes lines and reads plain text.

    Every act returns what it printed; `screen` is the last of that, `transcript` all of it.
    Presses go by number, as a person's do: `press` and `choose` look the number up by label.
    """

    def __init__(self, core: Core, data: Path, user: str = "ada") -> None:
        self._data = data
        self._user = user
        self.screen = ""
        self.transcript: list[tuple[str, str]] = []
        self.restart(core)

    def restart(self, core: Core) -> None:
        """End the program and start it again on `core`; nothing is known of what was in view."""
        self._out = io.StringIO()
        self.talk = Remembered(core, self._user)
        lines = Lines(io.BytesIO(), MAX_LINE_BYTES)
        files = Files(core.course, self._data)
        self.program = Piped(self.talk, lines, self._out, files.picture)

    async def open(self) -> str:
        """Come in."""
        await self.program.open()
        return self._printed("")

    async def command(self, text: str) -> str:
        """Give a command, as in "quiz 1"."""
        return await self.line(f"/{text}")

    async def press(self, label: str) -> str:
        """Press a button, a source or an answer in view by its label or the text behind it."""
        return await self.line(str(self.entry(label).number))

    async def choose(self, label: str) -> str:
        """Choose from the menu in view by label."""
        return await self.line(str(self.entry(label).number))

    async def type(self, text: str) -> str:
        """Write something in plain words."""
        return await self.line(text)

    async def line(self, line: str | bytes) -> str:
        """Send a line as it is."""
        raw = line if isinstance(line, bytes) else line.encode()
        await self.program.take(raw)
        return self._printed(raw.decode(errors="replace"))

    async def deliver(self, event: Event) -> str:
        """Hand over an event that no line gives: an old press, or the same one again."""
        await self.program.deliver(event)
        return self._printed("")

    def entry(self, label: str) -> Entry:
        """The choice in view with this label or this text behind it."""
        entries = self.talk.choices.entries
        found = [entry for entry in entries if label in (entry.label, entry.detail)]
        assert found, f"no {label!r} among {[entry.label for entry in entries]}"
        return found[0]

    def _printed(self, line: str) -> str:
        self.screen = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        self.transcript.append((line, self.screen))
        return self.screen


class Window(Console):
    """A console of a size that a test can change, that keeps what is printed."""

    def __init__(self, width: int, height: int, term: str = "xterm-256color") -> None:
        self.paper = io.StringIO()
        super().__init__(
            file=self.paper,
            theme=THEME,
            width=width,
            height=height,
            force_terminal=True,
            color_system="256",
            highlight=False,
            legacy_windows=False,
            _environ={"TERM": term},
        )

    @property
    def text(self) -> str:
        """All that was printed, escapes too."""
        return self.paper.getvalue()


class Person:
    """A learner at a keyboard, before a window."""

    def __init__(self, core: Core, data: Path, keys: PipeInput, window: Window) -> None:
        self.talk = Conversation(core, "ada", parse, morning)
        self.keys = keys
        self.window = window
        self.seat = seat(
            Habits("ada", data, color=True),
            core.course,
            lambda: self.talk.choices,
            keys,
            DummyOutput(),
        )
        self.screen = Screen(window, self.seat.keyboard.key, Files(core.course, data))
        self.program = Interactive(self.talk, self.screen, lambda: self.seat, lambda: "")

    @property
    def plain(self) -> str:
        """What was printed, without escapes."""
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x1b]*\x1b\\\\", "", self.window.text)

    async def does(self, *turns: str, at_page_end: str = "\r") -> None:
        """Run the program; each time it waits for a line, the next keys are pressed.

        After the last of them comes Ctrl-D, so that every run ends.
        """
        script = list(turns)

        def fed(wait: Wait, keys: Callable[[], str]) -> Wait:
            async def waiting(*args: Any) -> Any:
                self.keys.send_text(keys())
                return await wait(*args)

            return waiting

        def line() -> str:
            return script.pop(0) if script else CTRL_D

        prompt, pager = self.seat.prompt, self.screen._pager
        prompt.line = fed(prompt.line, line)  # type: ignore[method-assign]
        prompt.field = fed(prompt.field, line)  # type: ignore[method-assign]
        pager._key = fed(pager._key, lambda: at_page_end)
        await self.program.run()


@contextmanager
def seated(core: Core, data: Path, width: int = 80, height: int = 200) -> Iterator[Person]:
    """Seat a person before a window of this size."""
    with create_pipe_input() as keys:
        yield Person(core, data, keys, Window(width, height))


def drawn(width: int, *parts: RenderableType) -> str:
    """Return things as they are printed without colour, `width` columns wide."""
    console = Console(theme=THEME, width=width, highlight=False, _environ={})
    text = "".join(segment.text for part in parts for segment in console.render(part))
    return "\n".join(line.rstrip() for line in text.splitlines())
