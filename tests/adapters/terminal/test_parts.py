"""The small parts: files, history, completion, lines, colours."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document as Line
from rich.color import Color
from rich.color_triplet import ColorTriplet

from adapters.terminal import theme
from adapters.terminal.choices import Choices, number
from adapters.terminal.completion import LineCompleter, Vocabulary
from adapters.terminal.files import Files, short
from adapters.terminal.history import history_of
from adapters.terminal.lines import Lines
from adapters.terminal.prompt import keys_now
from adapters.terminal.run import wants_color
from bot.replies import Document, Picture
from knowledge.models import Course, Figure
from tests.adapters.terminal.test_choices import ANSWER, QUESTION
from tests.classroom import small_course

VOCABULARY = Vocabulary({"quiz": "take a quiz", "progress": "see how far"}, frozenset({"quiz"}))


def with_figure(path: Path) -> Course:
    course = small_course()
    first = course.lessons[0]
    section = replace(first.sections[0], figures=(Figure(path, "The moon.", ""),))
    return replace(course, lessons=(replace(first, sections=(section,)),))


def test_a_figure_is_opened_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "moon.png"
    path.write_bytes(b"png")
    files = Files(with_figure(path), tmp_path / "data")
    assert files.picture(Picture("figure:1-tides/moon.png", "The moon.", png=b"png")) == path


def test_a_drawn_picture_is_written_once_and_named_after_its_bytes(tmp_path: Path) -> None:
    files = Files(small_course(), tmp_path)
    first = files.picture(Picture("chart:kv", "A chart.", png=b"png"))
    again = files.picture(Picture("chart:kv", "A chart.", png=b"png"))
    assert first is not None
    assert (first, first.read_bytes()) == (again, b"png")


def test_what_cannot_be_written_is_not_promised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    files = Files(small_course(), tmp_path / "file")
    assert files.picture(Picture("chart:kv", "A chart.", png=b"png")) is None
    assert files.document(Document("a.json", "{}", "Yours.")) is None


def test_an_export_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = Files(small_course(), tmp_path).document(Document("../../a.json", "{}", "Yours."))
    assert path == tmp_path / "exports" / "a.json"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_path_at_home_is_short() -> None:
    assert short(Path.home() / "a.png") == "~/a.png"
    assert short(Path("/elsewhere/a.png")) == "/elsewhere/a.png"


async def test_a_history_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    history = history_of("ada", tmp_path / "file")
    history.append_string("quiz 1")
    assert history.get_strings() == ["quiz 1"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", ["quiz", "progress"]),
        ("/pr", ["progress"]),
        ("QU", ["quiz"]),
        ("quiz ", ["1", "2"]),
        ("progress ", []),
        ("quiz 1 ", []),
        ("why", []),
    ],
)
def test_commands_and_their_lessons_are_completed(line: str, words: list[str]) -> None:
    completer = LineCompleter(VOCABULARY, small_course())
    found = completer.get_completions(Line(line), CompleteEvent())
    assert [completion.text for completion in found] == words


async def test_lines_come_one_by_one_and_end_with_none() -> None:
    lines = Lines(io.BytesIO(b"one\ntwo"), 10)
    assert [await lines.next() for _ in range(3)] == [b"one\n", b"two", None]


async def test_only_the_beginning_of_an_enormous_line_is_held() -> None:
    lines = Lines(io.BytesIO(b"x" * 1000 + b"\nnext\n"), 10)
    assert [await lines.next(), await lines.next()] == [b"x" * 11, b"next\n"]


def test_the_keys_shown_are_the_keys_that_work() -> None:
    assert keys_now(number(QUESTION, Choices()), 80).startswith("1-3 choose · A-B answer · ")
    assert "answer" not in keys_now(number(ANSWER, Choices()), 80)
    assert keys_now(Choices(), 80).startswith("help")


def test_in_a_narrow_window_the_way_out_is_still_shown() -> None:
    shown = keys_now(number(QUESTION, Choices()), 40)
    assert shown == "1-3 choose · A-B answer · Ctrl-D leave"


def test_colour_is_off_where_anything_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert wants_color(no_color=False)
    assert not wants_color(no_color=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_color(no_color=False)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_color(no_color=False)


def luminance(color: ColorTriplet) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in color.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("name", ["BLUE", "GREEN", "RED", "AMBER", "GREY"])
def test_every_colour_reads_on_white_and_on_black(name: str) -> None:
    light = luminance(Color.parse(getattr(theme, name)).get_truecolor())
    assert min(1.05 / (light + 0.05), (light + 0.05) / 0.05) >= 3.8
