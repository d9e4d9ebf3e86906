"""Whatever text comes in or is drawn, each target holds; what once broke one holds too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from tests.fuzz.hostile import fuzz, hostile
from tests.fuzz.targets import TARGETS, found, target_of, text_of


@pytest.mark.parametrize("name", TARGETS)
@fuzz
@given(text=hostile)
def test_any_text_is_taken(name: str, text: str) -> None:
    TARGETS[name](text)


@pytest.mark.parametrize("case", found(), ids=lambda case: case.name)
def test_what_was_found_once_is_found_no_more(case: Path) -> None:
    target_of(case)(text_of(case.read_bytes()))
