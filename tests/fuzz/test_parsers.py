"""What more must hold of parsers, of inputs that are more than one text."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import events
from adapters.terminal.text import decode
from bot.actions import Action
from bot.actions import decode as decode_action
from bot.calculator.config_json import read_config
from bot.clock import now
from knowledge.catalog import check_course
from tests.fuzz.hostile import any_json, fuzz, hostile
from tests.fuzz.parsers import FILES, TOLD, small_folder
from tests.fuzz.payloads import message_of


@fuzz
@given(
    choice=hostile,
    session=st.text("abcXYZ019_-", min_size=1, max_size=11),
    turn=st.integers(0, 999_999_999),
)
def test_an_action_comes_back_as_it_was_sent(choice: str, session: str, turn: int) -> None:
    action = Action("quiz", choice, session, turn)
    try:
        text = action.encode()
    except ValueError:
        return
    assert decode_action(text) == action


@fuzz
@given(line=st.binary(max_size=400))
def test_a_line_of_any_bytes_is_read_in_the_terminal(line: bytes) -> None:
    with suppress(*TOLD):
        decode(line)


@fuzz
@given(data=any_json)
def test_a_config_of_any_json_is_read_or_refused(data: Any) -> None:
    with suppress(*TOLD):
        read_config(json.dumps(data))


@fuzz
@given(text=hostile, stamp=st.sampled_from(["1.1", "nan", "inf", "1e999", "", "x"]))
def test_a_message_of_any_moment_is_read(text: str, stamp: str) -> None:
    events.typed(message_of(text, stamp), "UBOT", now())
    events.mentioned(message_of(text, stamp), "UBOT", now())


@fuzz
@given(name=st.sampled_from(FILES), content=st.binary(max_size=300))
def test_a_course_file_of_any_bytes_is_read_or_named_with_its_line(
    name: str, content: bytes, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path)
    (folder / name).write_bytes(content)
    report = check_course(folder)
    assert report.course is not None or report.problems
    assert all(problem.file for problem in report.problems)
    (folder / name).unlink()


@fuzz
@given(value=hostile, key=st.sampled_from(["title", "description", "id", "pass_mark", "attempts"]))
def test_a_course_setting_of_any_value_is_read_or_refused(
    value: str, key: str, tmp_path: Path
) -> None:
    folder = small_folder(tmp_path)
    written = json.dumps(value, ensure_ascii=True)
    (folder / "course.toml").write_text(f'title = "Tides"\n{key}2 = 1\n{key} = {written}\n')
    report = check_course(folder)
    assert report.course is None
    assert report.problems


LINKS = (
    "../../secret.png",
    "/etc/passwd",
    "figures/../../x.png",
    "file:///etc/passwd",
    "C:\\x.png",
)


@pytest.mark.parametrize("link", LINKS)
def test_a_course_cannot_reach_out_of_its_folder(link: str, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    folder = tmp_path / "course"
    folder.mkdir()
    small_folder(folder)
    lesson = folder / "1-a" / "lesson.md"
    lesson.write_text(f"# Tides\n\n## The moon\n\n![A moon]({link})\n")
    assert check_course(folder).problems


def test_a_course_cannot_reach_out_by_a_symbolic_link(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("# Secret\n\n## Secret\n\nsecret\n")
    folder = tmp_path / "course"
    folder.mkdir()
    small_folder(folder)
    (folder / "1-a" / "lesson.md").unlink()
    (folder / "1-a" / "lesson.md").symlink_to(secret)
    assert check_course(folder).problems
