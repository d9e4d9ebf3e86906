"""Files that cannot be used: each is one problem with its line, and none is followed outside."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from knowledge.catalog import check_course

Files = Mapping[str, str | bytes]
Write = Callable[[Files], Path]
ProblemsOf = Callable[[Files], list[str]]

TITLE = 'title = "Nœuds"\n'


def problems_in(folder: Path) -> list[str]:
    return [str(problem) for problem in check_course(folder).problems]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_in_another_unicode_encoding_is_named(problems_of: ProblemsOf, encoding: str) -> None:
    assert problems_of({"course.toml": TITLE.encode(encoding)}) == [
        f"course.toml:1: the file is encoded in {encoding.upper()}, not UTF-8; "
        "save the file as UTF-8 text"
    ]


def test_utf_16_without_a_mark_shows_by_its_zeros(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of({"course.toml": "title = 1".encode("utf-16-le")})
    assert problem.startswith("course.toml:1: the file holds the control character U+0000;")


def test_latin_1_is_found_in_the_line_of_its_first_accent(problems_of: ProblemsOf) -> None:
    lesson = "# Bends\n\n## Café\n\nText.\n".encode("latin-1")
    assert problems_of({"1-bends/lesson.md": lesson}) == [
        "1-bends/lesson.md:3: the byte 0xE9 is not UTF-8 text; save the file as UTF-8 text"
    ]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(problems_of: ProblemsOf) -> None:
    lesson = "# Bends\r\n\r\n## Reef\r\n\r\n```\r\nx\r\n```\r\n".encode("utf-8-sig")
    settings = 'title = "Knots"\r\ndescription = """two\r\nlines"""\r\n'.encode("utf-8-sig")
    assert problems_of({"1-bends/lesson.md": lesson, "course.toml": settings}) == []


def test_a_control_character_is_found_in_its_line(problems_of: ProblemsOf) -> None:
    lesson = "# Bends\n\n## Reef\n\nRed \x1b[31m rope.\n"
    (problem,) = problems_of({"1-bends/lesson.md": lesson})
    assert problem.startswith("1-bends/lesson.md:5: the file holds the control character U+001B;")


def test_a_control_character_escaped_in_toml_is_found_too(problems_of: ProblemsOf) -> None:
    assert problems_of({"course.toml": 'title = "Kn\\u0000ts"'}) == [
        'course.toml:1: "title" holds the control character U+0000; delete the character'
    ]


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem(problems_of: ProblemsOf, content: bytes) -> None:
    assert problems_of({"1-bends/lesson.md": content}) == [
        "1-bends/lesson.md:1: the file is empty; write its content, or remove the file"
    ]


def test_a_file_larger_than_a_megabyte_is_not_read(problems_of: ProblemsOf) -> None:
    assert problems_of({"1-bends/lesson.md": b"x" * 1_000_001}) == [
        "1-bends/lesson.md:1: the file is larger than 1 MB; split or shorten it"
    ]


def test_a_folder_in_the_place_of_a_file_is_a_problem(write: Write) -> None:
    folder = write({})
    (folder / "test.toml").mkdir()
    assert problems_in(folder) == ["test.toml:1: this is not a file; put a plain file in its place"]


def test_a_pipe_is_not_opened(write: Write) -> None:
    folder = write({})
    os.mkfifo(folder / "test.toml")
    assert problems_in(folder) == ["test.toml:1: this is not a file; put a plain file in its place"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_problem(write: Write) -> None:
    folder = write({})
    (folder / "course.toml").chmod(0)
    assert problems_in(folder) == [
        "course.toml:1: the file cannot be read (Permission denied); make it readable"
    ]


@pytest.mark.parametrize("name", ["course.toml", "test.toml", "1-bends/lesson.md"])
def test_a_file_linked_from_outside_is_not_read(write: Write, tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret text")
    folder = write({})
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    assert problems_in(folder) == [
        f"{name}:1: the path leads out of the course folder; copy the file into it"
    ]


def test_a_lesson_folder_linked_from_outside_is_not_read(write: Write, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "lesson.md").write_text("# Secret\n\n## Text\n\nSecret.\n")
    folder = write({})
    (folder / "2-secret").symlink_to(outside)
    assert problems_in(folder) == [
        "2-secret:1: the path leads out of the course folder; copy the file into it"
    ]


def test_a_link_that_stays_inside_is_followed(write: Write) -> None:
    folder = write({"shared.md": "# Loops\n\n## Bowline\n\nA loop.\n"})
    (folder / "2-loops").mkdir()
    (folder / "2-loops" / "lesson.md").symlink_to("../shared.md")
    assert check_course(folder).lessons == 2
    assert problems_in(folder) == []


@pytest.mark.parametrize("target", ["nowhere", "test.toml"], ids=["broken", "endless"])
def test_a_link_to_nothing_is_a_problem(write: Write, target: str) -> None:
    folder = write({})
    (folder / "test.toml").symlink_to(target)
    (problem,) = problems_in(folder)
    assert problem.startswith("test.toml:1: the ")


def test_a_course_folder_may_itself_be_reached_by_a_link(write: Write, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(write({}))
    assert problems_in(link) == []
