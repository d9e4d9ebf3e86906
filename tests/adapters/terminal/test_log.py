"""The program's log stays out of the learner's sight."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from adapters.terminal.log import log_to_file


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Give the next test the log it had."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_the_log_goes_to_a_file_and_not_to_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_to_file(tmp_path / "data", "info")
    structlog.get_logger().info("tidied", rows=3)
    structlog.get_logger().debug("not worth a line")
    lines = (tmp_path / "data" / "terminal.log").read_text().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["tidied"]
    assert capsys.readouterr() == ("", "")


def test_a_fault_is_kept_with_its_traceback_and_without_local_values(tmp_path: Path) -> None:
    log_to_file(tmp_path, "INFO")
    try:
        int("seven")
    except ValueError as fault:
        structlog.get_logger().error("fault", exc_info=fault)
    text = (tmp_path / "terminal.log").read_text()
    assert "Traceback" in text
    assert "locals" not in text


def test_a_folder_that_takes_no_file_costs_the_log_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    log_to_file(tmp_path / "file", "INFO")
    structlog.get_logger().info("tidied")
    assert capsys.readouterr() == ("", "")
