"""What may come in and go out."""

from __future__ import annotations

import pytest

from adapters.terminal.text import MAX_LINE, MAX_LINE_BYTES, checked, decode, printable
from bot.errors import LearnerError


def test_a_line_loses_its_end_and_the_mark_of_its_encoding() -> None:
    assert decode(b"\xef\xbb\xbfquiz 1\r\n") == "quiz 1"


def test_bytes_that_are_no_text_are_refused_in_a_sentence() -> None:
    with pytest.raises(LearnerError, match="not UTF-8"):
        decode(b"\xff\xfe\x00")


def test_an_enormous_line_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(LearnerError, match=str(MAX_LINE)):
        decode(b"a" * (MAX_LINE_BYTES + 1))


def test_a_line_of_too_many_characters_is_refused() -> None:
    with pytest.raises(LearnerError, match="shorter"):
        checked("é" * (MAX_LINE + 1))


@pytest.mark.parametrize("line", ["\x1b[2J", "a\x00b", "bell\x07", "\x9b31m"])
def test_control_characters_are_refused(line: str) -> None:
    with pytest.raises(LearnerError, match="control characters"):
        checked(line)


@pytest.mark.parametrize("line", ["مرحبا بالعالم", "👩‍🔬 why?", "a\tb", "two\nlines"])
def test_right_to_left_text_emoji_tabs_and_pasted_lines_pass(line: str) -> None:
    assert checked(f"  {line} ") == line


def test_half_a_character_pair_is_not_text() -> None:
    with pytest.raises(LearnerError, match="not UTF-8"):
        checked("\udcff")


def test_what_is_printed_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[31mb\x07\nc\u202e") == "a[31mb\nc\u202e"
