"""`seminar backup` and `seminar restore`: all records to one file, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import Engine

from adapters.cli.options import places, settings
from bot.store.backup import load, save
from bot.store.database import open_database
from bot.store.migrate import migrate, revision

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@places
def backup(file: Path, course: Path | None, data: Path | None) -> None:
    """Write all records to FILE, while the program goes on.

    FILE holds what learners wrote: only its owner may read it, and it belongs in a safe place.
    The course is a folder of its own, and the index is made again from it: neither is in FILE.
    """

    def work(records: Engine) -> Counter[str]:
        if revision(records) is None:
            migrate(records)
        return save(records, file)

    written = _with_records(course, data, work)
    click.echo(f"{_told(written)} are in {file}.")


@click.command()
@click.argument("file", type=FILE)
@places
def restore(file: Path, course: Path | None, data: Path | None) -> None:
    """Read all records from FILE into an empty database.

    FILE may come from an older version, and from SQLite or PostgreSQL: this is also how records
    move from one to the other.
    """
    read = _with_records(course, data, lambda records: load(records, file))
    click.echo(f"{_told(read)} were read from {file}.")


def _with_records(
    course: Path | None, data: Path | None, work: Callable[[Engine], Counter[str]]
) -> Counter[str]:
    records = open_database(settings(course=course, data=data).database)
    try:
        return work(records)
    finally:
        records.dispose()


def _told(rows: Counter[str]) -> str:
    learners, others = rows["learner"], sum(rows.values()) - rows["learner"]
    people = "1 learner" if learners == 1 else f"{learners:,} learners"
    return f"{people} and {others:,} other records"
