"""`seminar discord`: run the Discord bot."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.options import places, settings


@click.command()
@places
def discord(course: Path | None, data: Path | None) -> None:
    """Run the Discord bot with the token in SEMINAR_DISCORD_TOKEN."""
    from adapters.discord.run import run  # noqa: PLC0415 (slow: --help needs none of it)
    from adapters.observe.start import observe  # noqa: PLC0415

    chosen = settings(course=course, data=data)
    observe(chosen)
    run(chosen)
