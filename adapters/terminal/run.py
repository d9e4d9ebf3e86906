"""Put the terminal together: for a person where there is one, else for pipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.terminal.conversation import Conversation
from adapters.terminal.files import Files
from adapters.terminal.lines import Lines
from adapters.terminal.piped import Piped
from adapters.terminal.text import MAX_LINE_BYTES
from bot.commands import words as commands
from bot.ports import Clock, Core

if TYPE_CHECKING:
    from adapters.terminal.seat import Seat

Status = Callable[[], str]
"""What the program is doing in the background, in a few words; empty where it is not."""


@dataclass(frozen=True, slots=True)
class Options:
    """Who sits there and how they like it. `data` is the folder for history and pictures."""

    user: str
    data: Path
    color: bool


async def run(core: Core, options: Options, clock: Clock, status: Status) -> None:
    """Teach one learner at stdin and stdout until they leave."""
    conversation = Conversation(core, options.user, commands.parse, clock)
    files = Files(core.course, options.data)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a sign gets a question mark, never a crash.
            stream.reconfigure(errors="replace")
    if sys.stdin.isatty() and sys.stdout.isatty():
        await _interactive(conversation, files, options, status)
    else:
        lines = Lines(sys.stdin.buffer, MAX_LINE_BYTES)
        await Piped(conversation, lines, sys.stdout, files.picture).run()


def wants_color(no_color: bool) -> bool:
    """Whether to use colour: not where an option, NO_COLOR or a dumb terminal says otherwise."""
    return not (no_color or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb")


async def _interactive(
    conversation: Conversation, files: Files, options: Options, status: Status
) -> None:
    # Only a person at a terminal pays for loading what draws.
    from rich.console import Console  # noqa: PLC0415

    from adapters.terminal.interactive import Interactive  # noqa: PLC0415
    from adapters.terminal.screen import Screen  # noqa: PLC0415
    from adapters.terminal.theme import THEME  # noqa: PLC0415

    @cache
    def seat() -> Seat:
        # The line editor is loaded behind the first card.
        from prompt_toolkit.input import create_input  # noqa: PLC0415
        from prompt_toolkit.output import create_output  # noqa: PLC0415

        from adapters.terminal.seat import Habits, seat  # noqa: PLC0415

        habits = Habits(options.user, options.data, options.color)
        core = conversation.core
        return seat(
            habits, core.course, lambda: conversation.choices, create_input(), create_output()
        )

    async def key() -> str:
        return await seat().keyboard.key()

    console = Console(theme=THEME, no_color=not options.color, highlight=False)
    await Interactive(conversation, Screen(console, key, files), seat, status).run()
