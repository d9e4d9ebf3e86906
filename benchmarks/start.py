"""Cold start to the first card, and to the first answer, with the memory each takes.

Run: python -m benchmarks.start
The baseline is a bare program on the same libraries: it imports click and SQLModel, opens a
SQLite file, reads one row and prints it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5
QUESTION = b"Why does attention cost grow with the square of the length?\n"
BARE = """
import sys, click
from sqlmodel import Session, create_engine, text
with Session(create_engine(f"sqlite:///{sys.argv[1]}/bare.db")) as session:
    print(session.execute(text("SELECT 1")).scalar(), flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Run:
    """Seconds to the first line of output, seconds to the answer, and peak memory in MB."""

    first: float
    answer: float
    memory: float


def main() -> None:
    """Measure in alternating rounds and print medians."""
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm"
        _seminar(warm, ask=True)
        bare, fresh, again = [], [], []
        for number in range(ROUNDS):
            bare.append(_run([sys.executable, "-c", BARE, folder], b""))
            fresh.append(_seminar(Path(folder) / f"fresh-{number}", ask=False))
            again.append(_seminar(warm, ask=False))
        answers = [_seminar(warm, ask=True) for _ in range(ROUNDS)]
        built = _seminar(Path(folder) / "built", ask=True)
    base = statistics.median(run.first for run in bare)
    _show("bare program, first line", [r.first for r in bare], base, bare)
    _show("first card, new data folder", [r.first for r in fresh], base, fresh)
    _show("first card, used data folder", [r.first for r in again], base, again)
    _show("first answer, index there", [r.answer for r in answers], base, answers)
    _show("first answer, index to be built", [built.answer], base, [built])


def _seminar(data: Path, ask: bool) -> Run:
    command = [
        sys.executable,
        "-m",
        "adapters.main",
        "chat",
        "--user",
        "bench",
        "--data",
        str(data),
    ]
    return _run(command, QUESTION if ask else b"")


def _run(command: list[str], line: bytes) -> Run:
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        first = time.perf_counter() - begun
        answer = first
        if line:
            process.stdin.write(line)
            process.stdin.flush()
            while b"[1]" not in process.stdout.readline():
                pass
            answer = time.perf_counter() - begun
        memory = _peak(process.pid)
        process.stdin.close()
        process.stdout.read()
    return Run(first, answer, memory)


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1e3


def _show(name: str, times: list[float], base: float, runs: list[Run]) -> None:
    median = statistics.median(times)
    memory = statistics.median(run.memory for run in runs)
    print(f"{name:34} {median:6.2f} s  {median / base:6.1f}x  {memory:6.0f} MB")


if __name__ == "__main__":
    main()
