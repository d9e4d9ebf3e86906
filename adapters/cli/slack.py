"""`seminar slack`: run the Slack app."""

from __future__ import annotations

from pathlib import Path

import click

from adapters.cli.options import places, settings


@click.command()
@places
def slack(course: Path | None, data: Path | None) -> None:
    """Run the Slack app: Socket Mode with two tokens, or HTTP with a signing secret."""
    from adapters.observe.start import observe  # noqa: PLC0415 (slow: --help needs none of it)
    from adapters.slack.run import run  # noqa: PLC0415

    chosen = settings(course=course, data=data)
    observe(chosen)
    run(chosen)
