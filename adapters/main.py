"""The command line: every command by name, loaded only when it is called."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from bot.errors import LearnerError, StoreError
from knowledge.errors import KnowledgeError

BAD_INPUT = 2
BROKEN = 1
INTERRUPTED = 130

COMMANDS = {
    "ask": "adapters.cli.ask:ask",
    "backup": "adapters.cli.backup:backup",
    "calc": "adapters.cli.calc:calc",
    "chat": "adapters.cli.chat:chat",
    "course": "adapters.cli.course:course",
    "discord": "adapters.cli.discord:discord",
    "doctor": "adapters.cli.doctor:doctor",
    "index": "adapters.cli.search:index",
    "restore": "adapters.cli.backup:restore",
    "search": "adapters.cli.search:search",
    "slack": "adapters.cli.slack:slack",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command's name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is no such."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="seminar")
def cli() -> None:
    """Seminar teaches a graded course in Discord, in Slack or right here."""


def main() -> None:
    """Run the command line; a fault of the user's is one sentence and exit status 2."""
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as problem:
        _fail(problem.format_message())
    except (KnowledgeError, LearnerError, StoreError) as problem:
        _fail(str(problem))
    except (KeyboardInterrupt, click.Abort):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has left: nothing more can be said
        sys.exit(BROKEN)
    except Exception as problem:  # noqa: BLE001 (the last desk: nobody is shown a traceback)
        _broken(problem)
    else:
        sys.exit(status if isinstance(status, int) else 0)


def _fail(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(BAD_INPUT)


def _broken(problem: Exception) -> None:
    """Log a fault, to the terminal's file where no server logs already, and tell its code."""
    import structlog  # noqa: PLC0415 (slow to import, as are the others)

    from adapters.cli.options import settings  # noqa: PLC0415
    from adapters.terminal.log import log_to_file  # noqa: PLC0415
    from adapters.terminal.words import FAULT  # noqa: PLC0415
    from bot.observe.faults import report  # noqa: PLC0415

    if not structlog.is_configured():
        chosen = settings()
        log_to_file(chosen.data, chosen.log_level)
    click.echo(FAULT.format(error=report(problem)), err=True)
    sys.exit(BROKEN)


def run() -> None:
    """Run the command line as a program of its own, and end it at once when it is done.

    The search index may still be loading in a thread, inside native code that aborts the
    process when Python is torn down around it. All that must be kept is on disk by now.
    """
    try:
        main()
    except SystemExit as ended:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # closed, or its reader has left
                stream.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 0)


if __name__ == "__main__":
    run()
