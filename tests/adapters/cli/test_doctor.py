"""`seminar doctor`: each thing looked at, and what to do where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import examination
from adapters.checks import Verdict
from adapters.cli.doctor import doctor
from bot.errors import StoreError
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.migrate import HEAD, migrate, revision


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_the_built_in_course_is_found_good() -> None:
    finding = examination.course(settings())
    assert finding.verdict is Verdict.GOOD
    assert "4 lessons" in finding.found


def test_a_course_that_is_not_there_names_the_command_that_tells_more(tmp_path: Path) -> None:
    finding = examination.course(settings(course=tmp_path / "none"))
    assert finding.verdict is Verdict.BAD
    assert "seminar course check" in finding.remedy


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    finding = examination.data_folder(settings(data=tmp_path / "file" / "data"))
    assert finding.verdict is Verdict.BAD
    assert "--data" in finding.remedy


def test_looking_at_records_changes_nothing(tmp_path: Path) -> None:
    chosen = settings(data=tmp_path)
    assert "empty" in examination.records(chosen).found
    engine = open_database(chosen.database)
    assert revision(engine) is None
    migrate(engine)
    engine.dispose()
    assert f"schema {HEAD}" in examination.records(chosen).found


def test_records_out_of_reach_are_told_without_their_password() -> None:
    url = "postgresql://seminar:hunter2@127.0.0.1:1/seminar"
    finding = examination.records(settings(database_url=url))
    assert finding.verdict is Verdict.BAD
    assert "SEMINAR_DATABASE_URL" in finding.remedy
    assert "hunter2" not in str(finding)


def test_no_model_is_fine_and_a_wrong_one_is_told() -> None:
    assert examination.model(settings()).verdict is Verdict.UNSET
    assert examination.model(settings(model="gpt")).verdict is Verdict.BAD


def test_a_model_whose_server_is_away_is_told() -> None:
    pytest.importorskip("langchain_openai")
    away = settings(model="openai:any", model_base_url="http://127.0.0.1:9/v1")
    finding = examination.model(away)
    assert finding.verdict is Verdict.BAD
    assert "SEMINAR_MODEL_BASE_URL" in finding.remedy


def test_one_wrong_thing_is_the_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "CHECKS", (examination.course,))
    shown = CliRunner().invoke(doctor, ["--course", str(tmp_path / "none")])
    assert shown.exit_code == 1
    assert "1 to be mended" in shown.output
    assert CliRunner().invoke(doctor, []).exit_code == 0


def test_a_database_of_a_newer_program_is_never_touched(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'seminar.db'}")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer version"):
        migrate(engine)
    engine.dispose()
