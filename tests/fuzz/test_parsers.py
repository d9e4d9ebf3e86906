"""Every parser of outside text says what it read or why not; nothing else ever comes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.wording import mentions, plain_words
from adapters.terminal.draw import draw_say
from adapters.terminal.text import checked, decode, printable
from bot import markup
from bot.actions import Action
from bot.actions import decode as decode_action
from bot.calculator import door
from bot.calculator.config_json import read_config
from bot.calculator.errors import CalculatorError
from bot.calculator.lengths import parse_length, parse_size, parse_users
from bot.commands.words import parse
from bot.errors import LearnerError
from bot.observe.logs import HIDDEN, without_secrets
from bot.plain import plain_body
from bot.replies import Say
from knowledge.catalog import check_course
from tests.fuzz.hostile import any_json, fuzz, hostile

TOLD = (LearnerError, CalculatorError)
"""What a parser may raise: one clear sentence for the learner."""

PARSERS: tuple[Callable[[str], Any], ...] = (
    decode_action,
    parse,
    parse_length,
    parse_users,
    lambda text: parse_size(text, "heads"),
    door.answer,
    lambda text: door.answer(text, text),
    read_config,
    markup.parse,
    plain_body,
    plain_words,
    lambda text: mentions(text, "UBOT"),
    checked,
    printable,
    lambda text: draw_say(Say(text)),
)


@pytest.mark.parametrize("parser", PARSERS)
@fuzz
@given(text=hostile)
def test_a_parser_reads_any_text_or_says_why_not(parser: Callable[[str], Any], text: str) -> None:
    with suppress(*TOLD):
        parser(text)


@fuzz
@given(text=hostile)
def test_an_action_that_is_read_is_the_one_that_was_written(text: str) -> None:
    try:
        action = decode_action(text)
    except LearnerError:
        return
    with suppress(ValueError):
        assert decode_action(action.encode()) == action


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
@given(token=st.sampled_from(["xoxb-1-2-abcDEF", "xapp-1-A-2-b", "sk-abcdefgh123"]), text=hostile)
def test_a_token_is_hidden_whatever_stands_around_it(token: str, text: str) -> None:
    entry = {"event": f"{text} {token} {text}", "in": [{"x": token}]}
    shown = without_secrets(None, "error", entry)
    assert token not in str(shown)
    assert HIDDEN in str(shown)


FILES = ("course.toml", "test.toml", "1-a/lesson.md", "1-a/quiz.toml", "1-a/lab.toml")


CONTENTS = st.binary(max_size=300) | hostile.map(lambda text: text.encode("utf-8", "surrogatepass"))


def small_folder(folder: Path) -> Path:
    (folder / "1-a").mkdir(exist_ok=True)
    (folder / "course.toml").write_text('title = "Tides"\n')
    (folder / "1-a" / "lesson.md").write_text("# Tides\n\n## The moon\n\nIt pulls.\n")
    return folder


@fuzz
@given(name=st.sampled_from(FILES), content=CONTENTS)
def test_a_course_file_of_any_content_is_read_or_named_with_its_line(
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
