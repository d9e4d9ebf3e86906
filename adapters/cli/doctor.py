"""`seminar doctor`: look at everything that can be wrong, and say how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import click

from adapters.checks import Finding, Verdict
from adapters.cli.options import places, settings
from bot.settings import Settings

BAD = 1
"""The exit status where something is wrong: the command itself was good."""


@click.command()
@places
@click.pass_context
def doctor(context: click.Context, course: Path | None, data: Path | None) -> None:
    """Check the course, the records, the search, the language model, Discord and Slack."""
    if not asyncio.run(_tell(settings(course=course, data=data))):
        context.exit(BAD)


async def _tell(chosen: Settings) -> bool:
    """Print each finding as soon as it is known; return whether all is well."""
    wrong = 0
    async for finding in _examine(chosen):
        click.echo(str(finding))
        wrong += finding.verdict is Verdict.BAD
    click.echo(f"\n{wrong} to be mended." if wrong else "\nAll is well.")
    return not wrong


async def _examine(chosen: Settings) -> AsyncIterator[Finding]:
    from adapters import examination  # noqa: PLC0415 (slow: --help needs none of it)
    from adapters.discord import doctor as discord  # noqa: PLC0415
    from adapters.slack import doctor as slack  # noqa: PLC0415

    for check in examination.CHECKS:
        yield await asyncio.to_thread(check, chosen)
    for finding in await discord.examine(chosen):
        yield finding
    for finding in await slack.examine(chosen):
        yield finding
