"""The program itself, as a script starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "adapters.main", "chat", "--user", "ada")
PATIENCE = 120


def begin(data: Path, *more: str, out: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """Start the program on a data folder."""
    return subprocess.Popen(  # noqa: S603 (the program under test)
        (*PROGRAM, "--data", str(data), *more),
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        preexec_fn=_listens,
    )


def _listens() -> None:
    """Have Ctrl-C arrive, also where these tests run in the background of a script."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def chat(data: Path, script: str, *more: str) -> tuple[int, str, str]:
    """Run the program over a script to its end: exit status, what it said, what it complained."""
    program = begin(data, *more)
    said, complained = program.communicate(script.encode(), timeout=PATIENCE)
    return program.returncode, said.decode(), complained.decode()


def test_the_end_of_the_input_is_a_good_end(tmp_path: Path) -> None:
    status, said, complained = chat(tmp_path, "progress\n")
    assert (status, complained) == (0, "")
    assert "Your progress" in said


def test_what_was_done_is_there_when_one_comes_back(tmp_path: Path) -> None:
    chat(tmp_path, "quiz 1\n1\n")
    _, said, _ = chat(tmp_path, "quiz 1\n")
    assert "1  Next question (Enter)" in said


def test_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    program = begin(tmp_path, out=write)
    os.close(write)
    _, complained = program.communicate(b"progress\n" * 10, timeout=PATIENCE)
    assert (program.returncode, complained) == (0, b"")


@pytest.mark.parametrize("name", ["", " ", "a\x1bb", "a" * 101])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    assert chat(tmp_path, "", "--user", name) == (
        2,
        "",
        "--user must be a name of 1 to 100 printable characters.\n",
    )


def test_a_course_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    status, said, complained = chat(tmp_path, "", "--course", str(tmp_path / "nowhere"))
    assert (status, said, complained.count("\n")) == (2, "", 1)


def test_a_damaged_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "seminar.db").write_bytes(b"this is no database, and never was one" * 100)
    status, said, complained = chat(tmp_path, "")
    assert (status, said, complained.count("\n")) == (2, "", 1)


def test_a_script_that_is_interrupted_ends_quietly(tmp_path: Path) -> None:
    program = begin(tmp_path)
    assert program.stdout is not None
    program.stdout.readline()
    program.send_signal(signal.SIGINT)
    _, complained = program.communicate(timeout=PATIENCE)
    assert (program.returncode, complained.strip()) == (130, b"")
