"""Through pipes: one line in, plain text out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from adapters.terminal.conversation import Conversation
from adapters.terminal.lines import Lines
from adapters.terminal.piped import Piped
from adapters.terminal.text import MAX_LINE_BYTES
from bot.commands.words import parse
from tests.adapters.terminal.harness import Terminal, morning
from tests.classroom import Classroom


@pytest.fixture
def terminal(room: Classroom, tmp_path: Path) -> Terminal:
    return Terminal(room.engine, tmp_path)


async def run(room: Classroom, script: bytes) -> str:
    """Run the program over a whole input, as from a file."""
    out = io.StringIO()
    talk = Conversation(room.engine, "ada", parse, morning)
    lines = Lines(io.BytesIO(script), MAX_LINE_BYTES)
    await Piped(talk, lines, out, lambda _: None).run()
    return out.getvalue()


async def test_coming_in_shows_where_one_stands(terminal: Terminal) -> None:
    screen = await terminal.open()
    assert "0 of 7 parts done" in screen
    assert "\n1  Read lesson 1 (Enter)\n" in screen


async def test_the_end_of_the_input_is_the_end(room: Classroom) -> None:
    text = await run(room, b"quiz 1\n")
    assert text.count("Quiz 1 · question 1 of 2") == 1
    assert text.endswith("\n\n")


@pytest.mark.parametrize("word", [b"quit", b" Exit ", b"/quit"])
async def test_the_word_for_leaving_ends_it(room: Classroom, word: bytes) -> None:
    assert await run(room, word + b"\nquiz 1\n") == await run(room, b"")


async def test_the_last_line_needs_no_end(room: Classroom) -> None:
    assert "Quiz 1 · question 1 of 2" in await run(room, b"quiz 1")


async def test_plain_text_has_no_escapes_and_a_blank_line_between_cards(room: Classroom) -> None:
    text = await run(room, b"lesson 1\n\n\nprogress\nquiz 1\n")
    assert "\x1b" not in text
    assert "\n\n\n" not in text


async def test_a_quiz_by_letter_number_and_empty_line(terminal: Terminal, room: Classroom) -> None:
    first, second = room.course.lessons[0].quiz
    await terminal.command("quiz 1")
    screen = await terminal.line(terminal.entry(first.options[first.key].text).label.lower())
    assert "Right:" in screen
    assert "question 2 of 2" in await terminal.line("")
    await terminal.press(second.options[second.key].text)
    assert "2 of 2" in await terminal.line("")


async def test_an_empty_line_is_ignored_where_nothing_is_primary(terminal: Terminal) -> None:
    await terminal.command("quiz 1")
    assert await terminal.line("") == ""


async def test_a_number_out_of_range_changes_nothing(terminal: Terminal) -> None:
    await terminal.command("quiz 1")
    screen = await terminal.line("9")
    assert screen == (
        'There is no choice 9: choose 1 to 5, or put a number in words, like "it is 9".\n\n'
    )
    assert "Right" in await terminal.press("1-tides-q1 option 0")


async def test_a_form_takes_a_line_a_field(room: Classroom) -> None:
    text = await run(room, b"2\nwhy two tides?\n")
    assert "Your question:" in text
    assert "The moon pulls the sea [1]." in text


async def test_a_form_without_its_field_sends_nothing(room: Classroom) -> None:
    text = await run(room, b"2\n\nprogress\n")
    assert "Your question is needed, so nothing was sent." in text
    assert "Your progress" in text


async def test_an_answer_is_printed_once_with_its_sources_numbered(terminal: Terminal) -> None:
    screen = await terminal.type("why two tides?")
    assert screen.count("The moon pulls the sea [1].") == 1
    assert "\n1  Lesson about tides › The moon\n" in screen
    assert "The moon pulls the sea." in await terminal.line("1")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"\xff\xfe\x00\x01", "it is not UTF-8 text."),
        (b"\x1b[2J", "it holds control characters, so send plain text."),
        (b"x" * 100_000, "it is longer than 8000 characters, so send a shorter one."),
    ],
)
async def test_a_line_that_cannot_be_read_is_skipped(
    room: Classroom, line: bytes, sentence: str
) -> None:
    text = await run(room, line + b"\nprogress\n")
    assert f"I skipped that line: {sentence}\n\n" in text
    assert "Your progress" in text
    assert room.tutor.requests == []


async def test_right_to_left_text_and_emoji_reach_the_tutor(
    terminal: Terminal, room: Classroom
) -> None:
    await terminal.type("لماذا 🌊؟")
    assert [request.question for request in room.tutor.requests] == ["لماذا 🌊؟"]


async def test_a_command_nobody_knows_gets_a_sentence(terminal: Terminal) -> None:
    assert "dance" in await terminal.line("/dance")


async def test_progress_outlives_the_program(terminal: Terminal, room: Classroom) -> None:
    await terminal.command("quiz 1")
    await terminal.press("1-tides-q1 option 0")
    await room.restart()
    terminal.restart(room.engine)
    await terminal.open()
    assert "Right:" in await terminal.command("quiz 1")


async def test_two_users_of_one_machine_are_two_learners(room: Classroom, tmp_path: Path) -> None:
    ada, bob = (Terminal(room.engine, tmp_path, user) for user in ("ada", "bob"))
    await ada.command("quiz 1")
    await ada.press("1-tides-q1 option 0")
    assert "question 1 of 2" in await bob.command("quiz 1")
    assert "Right:" not in bob.screen
