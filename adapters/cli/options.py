"""The options that every command takes, and the settings they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.settings import SECRETS, Settings

F = TypeVar("F", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path)


def places(command: F) -> F:
    """Add --course and --data to a command; their values go into `settings`."""
    command = click.option(
        "--data", type=FOLDER, help="Folder for records, index and logs (SEMINAR_DATA)."
    )(command)
    return click.option(
        "--course", type=FOLDER, help="Folder of the course to teach (SEMINAR_COURSE)."
    )(command)


def unused_places(command: F) -> F:
    """Take --course and --data, as every command does, where they change nothing."""
    for place in ("--course", "--data"):
        command = click.option(place, hidden=True, expose_value=False)(command)
    return command


def settings(course: Path | None = None, data: Path | None = None) -> Settings:
    """Return the settings, with what the command line says above the environment."""
    given: dict[str, Any] = {"course": course, "data": data}
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as problem:
        first = problem.errors()[0]
        name = f"SEMINAR_{str(first['loc'][0]).upper()}"
        raise click.UsageError(f"{name}: {first['msg']}.") from problem
    except SettingsError as problem:
        raise click.UsageError(_unread(SECRETS) or f"{problem}.") from problem


def _unread(folder: Path) -> str:
    """Say which secret is there but closed to this user; nothing where all can be read."""
    closed = [file for file in sorted(folder.glob("SEMINAR_*")) if not os.access(file, os.R_OK)]
    if not closed:
        return ""
    return (
        f"{closed[0]} cannot be read: give it to the user who runs this program, "
        f"whose number is {os.getuid()}."
    )
