"""`seminar search` and `seminar index`, as scripts call them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.encoder import open_encoder

LESSON = """# Bread

Bread is baked.

## The oven

Bake at 250 degrees with a lid, because steam keeps the crust soft.

## The dough

A dough of 70% water rests for 5 hours.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a course and a data folder that holds the exported model."""
    root = tmp_path_factory.mktemp("search")
    (root / "course" / "1-bread").mkdir(parents=True)
    (root / "course" / "course.toml").write_text('title = "Baking"\n')
    (root / "course" / "1-bread" / "lesson.md").write_text(LESSON)
    open_encoder(root / "data")
    return root


def seminar(folder: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    places = ("--course", str(folder / "course"), "--data", str(folder / "data"))
    return subprocess.run(  # noqa: S603 - this Python, on the project's own module
        [sys.executable, "-m", "adapters.main", *words, *places],
        input=said,
        capture_output=True,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("SEMINAR_")},
    )


def test_a_question_finds_its_passage(folder: Path) -> None:
    run = seminar(folder, "search", "how hot is the oven", "-k", "1", "--json")
    found = json.loads(run.stdout)
    (passage,) = found["passages"]
    assert "250 degrees" in passage["text"]
    assert (passage["lesson"], passage["section"]) == ("Bread", "The oven")
    assert (passage["lesson_slug"], passage["section_slug"]) == ("1-bread", "the-oven")
    assert found["covered"] is True
    assert 0.5 <= found["score"] <= 1


def test_lines_are_answered_in_order(folder: Path) -> None:
    lines = [
        {"id": "a", "question": "how long does the dough rest"},
        {"id": 2, "question": "and how hot?", "previous": "what about the oven"},
        {"id": None, "question": "what is the capital of France"},
    ]
    run = seminar(folder, "search", "--jsonl", said="".join(f"{json.dumps(x)}\n" for x in lines))
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert [one["id"] for one in found] == ["a", 2, None]
    assert "5 hours" in found[0]["passages"][0]["text"]
    assert "250 degrees" in found[1]["passages"][0]["text"]
    assert [one["covered"] for one in found][::2] == [True, False]


@pytest.mark.parametrize(
    "line", ["no json", "[1]", '{"id": 1}', '{"question": 5}', '{"question": "x", "previous": 1}']
)
def test_a_bad_line_is_one_sentence_and_status_2(folder: Path, line: str) -> None:
    good = '{"id": 1, "question": "oven"}\n'
    run = seminar(folder, "search", "--jsonl", said=good + line + "\n")
    assert run.returncode == 2
    assert run.stderr.startswith("Line 2")
    assert len(run.stderr.splitlines()) == 1
    assert len(run.stdout.splitlines()) == 1


@pytest.mark.parametrize("words", [(), ("",), ("?!",), ("oven", "--jsonl"), ("oven", "-k", "0")])
def test_bad_calls_are_one_sentence_and_status_2(folder: Path, words: tuple[str, ...]) -> None:
    run = seminar(folder, "search", *words)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1


def test_enormous_and_odd_questions_are_answered(folder: Path) -> None:
    odd = ["oven " * 20_000, "\u0000\u0007 oven \u202e", "😀", "", "\ud800 oven"]
    said = "".join(f"{json.dumps({'id': n, 'question': q})}\n" for n, q in enumerate(odd))
    run = seminar(folder, "search", "--jsonl", said=said)
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) == len(odd)


def test_indexing_again_embeds_nothing(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "data" / "index", ignore_errors=True)
    outputs = [seminar(tmp_path, "index").stdout for _ in range(2)]
    rebuilt = seminar(tmp_path, "index", "--rebuild").stdout
    assert outputs[0] == rebuilt == "3 passages, 3 embedded, 0 removed\n"
    assert outputs[1] == "3 passages, 0 embedded, 0 removed\n"
