"""The systemd unit fits the program: its commands, its settings, and the time it takes to stop."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from adapters.discord.bot import GRACE as DISCORD_GRACE
from adapters.main import cli
from adapters.slack.http_mode import GRACE
from bot.settings import Settings

FILE = Path(__file__).parents[2] / "deploy" / "seminar@.service"
UNIT = FILE.read_text()


def test_its_instances_are_commands_of_the_program() -> None:
    [line] = re.findall(r"systemctl enable --now (.*)", UNIT)
    named = [unit.removeprefix("seminar@") for unit in line.split()]
    assert sorted(named) == ["discord", "slack"]
    assert set(named) <= set(
        cli.list_commands(cli.make_context("seminar", [], resilient_parsing=True))
    )


def test_its_variables_are_settings() -> None:
    [line] = re.findall(r"^Environment=(.*)", UNIT, re.M)
    names = {pair.split("=")[0] for pair in line.split()} - {"HOME"}
    assert names <= {f"SEMINAR_{name.upper()}" for name in Settings.model_fields}


def test_it_waits_longer_than_the_program_takes_to_stop() -> None:
    [seconds] = re.findall(r"^TimeoutStopSec=(\d+)", UNIT, re.M)
    assert int(seconds) > max(GRACE, DISCORD_GRACE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    instance = tmp_path / "seminar@slack.service"
    program = re.compile(r"(?<=^ExecStart=)\S+", re.M)
    instance.write_text(program.sub("/bin/true", UNIT))
    command = ["systemd-analyze", "verify", str(instance)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (run.returncode, run.stderr) == (0, "")
