"""`seminar chat`: take the course in this terminal, or through pipes."""

from __future__ import annotations

import asyncio
import getpass
import os
import sys
from pathlib import Path

import click

from adapters.cli.options import places, settings
from adapters.terminal.log import log_to_file
from adapters.terminal.preparing import Preparing
from adapters.terminal.run import Options, run, wants_color
from bot.clock import now
from bot.settings import Settings

LONGEST_USER = 100

FIRST_CARD = 0.2
"""Seconds that the first card has to itself, before the search index begins to load."""


@click.command()
@click.option("--user", metavar="NAME", help="Who is learning; the account's name without it.")
@click.option("--no-color", is_flag=True, help="Use no colour (so does NO_COLOR=1).")
@places
def chat(user: str | None, no_color: bool, course: Path | None, data: Path | None) -> None:
    """Take the course here, as one learner whose progress is kept.

    Type the number of a choice, the letter of an answer, a command such as "quiz 2" or "help",
    or any question. An empty line presses the button marked "Enter", and does nothing where
    there is none. Ctrl-C clears the line or stops an answer; Ctrl-D leaves.

    Where the input or the output is not a terminal, each line of input is taken in the same
    way, and what comes out is plain text with a blank line between cards.
    """
    chosen = settings(course=course, data=data)
    options = Options(_user(user), chosen.data, wants_color(no_color))
    log_to_file(chosen.data, chosen.log_level)
    try:
        asyncio.run(_chat(chosen, options))
    except BrokenPipeError:
        # The reader left. What is still in the buffer would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _chat(chosen: Settings, options: Options) -> None:
    from adapters.compose import assemble  # noqa: PLC0415 (slow: --help needs none of it)

    preparing = Preparing()
    engine, tutor = assemble(chosen, preparing.count)
    await engine.start()
    asyncio.get_running_loop().call_later(FIRST_CARD, tutor.begin)
    try:
        await run(engine, options, now, preparing.status)
    finally:
        await engine.close()


def _user(name: str | None) -> str:
    """The learner's name: what was given, or who is logged in."""
    if name is None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            # A container may run under a user id that has no name.
            name = "learner"
    if not name.strip() or len(name) > LONGEST_USER or not name.isprintable():
        raise click.UsageError(
            f"--user must be a name of 1 to {LONGEST_USER} printable characters."
        )
    return name.strip()
