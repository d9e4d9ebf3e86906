"""What the files for operators name exists: settings, commands, services, metrics."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.main import COMMANDS
from bot.observe.metrics import exposition
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
FILES = sorted((*(ROOT / "deploy").iterdir(), *(ROOT / "docs").glob("*.md")))
SETTINGS = {f"SEMINAR_{name.upper()}" for name in Settings.model_fields}
OF_TESTS = {"SEMINAR_FUZZ", "SEMINAR_KILLS", "SEMINAR_DISCORD_OPENAPI"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_exists(file: Path) -> None:
    named = set(re.findall(r"SEMINAR_[A-Z_]*[A-Z]\b", file.read_text()))
    assert named <= SETTINGS | OF_TESTS


def test_every_metric_that_the_operator_s_page_names_is_served() -> None:
    served = exposition().decode()
    named = re.findall(r"`(seminar_\w+)`", (ROOT / "docs" / "operations.md").read_text())
    assert named
    assert all(f"# HELP {name.removesuffix('_total')}" in served for name in named)


def test_the_services_run_commands_that_exist() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text()
    commands = re.findall(r"command: \[(\w+)\]", compose)
    assert set(commands) == {"slack", "discord"}
    assert set(commands) <= set(COMMANDS)


def test_the_image_copies_every_package_of_the_program() -> None:
    image = (ROOT / "deploy" / "Dockerfile").read_text()
    let_in = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text()
    for package in ("adapters", "bot", "knowledge", "prompts"):
        assert f"COPY {package} /src/{package}" in image
        assert f"!{package}\n" in let_in
