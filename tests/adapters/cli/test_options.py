"""Secrets that cannot be read are said in one sentence, whatever is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from adapters.cli import options
from bot.settings import Settings


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of secrets in which one holds what is no text."""
    (tmp_path / "SEMINAR_DISCORD_TOKEN").write_bytes(b"\xff\xfe\xff")
    monkeypatch.setattr(options, "SECRETS", tmp_path)
    monkeypatch.setitem(Settings.model_config, "secrets_dir", tmp_path)  # type: ignore[misc]
    return tmp_path


@pytest.mark.usefixtures("secrets")
def test_a_secret_that_is_no_text_is_named() -> None:
    with pytest.raises(click.UsageError, match="discord_token"):
        options.settings()


def test_a_secret_that_may_not_be_read_is_named_with_whom_to_give_it_to(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, as whom tests may run, reads all
    with pytest.raises(click.UsageError, match=f"{secrets}/SEMINAR_DISCORD_TOKEN cannot be read"):
        options.settings()
