"""A small course and a real encoder, made once for all tests of search."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.encoder import Encoder, open_encoder
from knowledge.index import Index, open_index
from knowledge.models import Ask, Course, Lesson, Section, Term
from knowledge.retrieve import Library

TABLE = """| Dough | Water | Rest |
| --- | --- | --- |
| Bread | 70% | 5 hours |
| Pizza | 62% | 24 hours |"""


def a_course(
    bread: str = "Bake bread at 250 degrees with a lid, because steam keeps it soft.",
    asks: tuple[Ask, ...] = (),
) -> Course:
    """A course of one lesson on baking."""
    sections = (
        Section("oven", "The oven", bread),
        Section("dough", "The dough", f"Doughs differ.\n\n{TABLE}"),
        Section("yeast", "Yeast", "Louis Pasteur showed in 1857 that yeast ferments sugar."),
    )
    terms = (Term("Crumb", "The inside of the bread."), Term("Proof", "The last rise."))
    lesson = Lesson("1-bread", 1, "Bread", "This lesson bakes.", sections, terms, asks=asks)
    return Course("baking", "Baking", "", Path(), (lesson,))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that keeps the exported model for the session."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def encoder(models: Path) -> Encoder:
    return open_encoder(models)


@pytest.fixture(scope="session")
def index(encoder: Encoder, models: Path) -> Index:
    return open_index(a_course(), models, encoder)


@pytest.fixture(scope="session")
def library(index: Index) -> Library:
    return Library(a_course(), index)
