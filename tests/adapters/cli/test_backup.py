"""`seminar backup` and `seminar restore`: one command each, and records as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from adapters.cli.backup import backup, restore
from bot.errors import StoreError
from bot.store.database import open_database
from bot.store.migrate import HEAD, revision, upgrade

LEARNER = (
    "INSERT INTO learner (platform, workspace, user, name, created_at, seen_at) "
    "VALUES ('test', 'school', 'ada', 'Ada', '2026-01-05', '2026-01-05')"
)


def database(data: Path) -> str:
    return f"sqlite:///{data / 'seminar.db'}"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A data folder with records of the first release."""
    records = open_database(database(tmp_path / "old"))
    upgrade(records, "0001")
    with records.begin() as connection:
        connection.execute(text(LEARNER))
    records.dispose()
    return tmp_path / "old"


def test_a_backup_leaves_records_of_an_older_release_as_they_are(old: Path) -> None:
    run = CliRunner().invoke(backup, [str(old / "file"), "--data", str(old)])
    assert run.output == f"1 learner and 0 other records are in {old / 'file'}.\n"
    assert revision(open_database(database(old))) == "0001"


def test_what_was_backed_up_is_restored_elsewhere_and_only_once(old: Path, tmp_path: Path) -> None:
    file, new = old / "file", tmp_path / "new"
    CliRunner().invoke(backup, [str(file), "--data", str(old)])
    run = CliRunner().invoke(restore, [str(file), "--data", str(new)])
    assert run.output == f"1 learner and 0 other records were read from {file}.\n"
    assert revision(open_database(database(new))) == HEAD
    again = CliRunner().invoke(restore, [str(file), "--data", str(new)])
    assert isinstance(again.exception, StoreError)
    assert "not empty" in str(again.exception)


def test_a_class_that_has_not_begun_can_be_backed_up(tmp_path: Path) -> None:
    run = CliRunner().invoke(backup, [str(tmp_path / "file"), "--data", str(tmp_path / "none")])
    assert run.output == f"0 learners and 0 other records are in {tmp_path / 'file'}.\n"
