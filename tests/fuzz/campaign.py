"""Coverage-guided fuzzing of every target with atheris, each in a process of its own.

    python -m tests.fuzz.campaign [--seconds 60] [TARGET…]

What breaks a target, or keeps it for longer than TIMEOUT seconds, is kept in `found/`, where the
test suite tries it from then on. Texts that led somewhere new are kept in `.fuzz/`, from where
the next campaign goes on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.fuzz.hostile import KEPT, MEANING, MEANT

CORPUS = Path(".fuzz")
LONGEST = 2000
"""Bytes of one text."""

TIMEOUT = 10
MEMORY = 4000
"""Megabytes that a target may use."""


def main() -> None:
    """Fuzz every target that is named, or all; exit with status 1 where one broke."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*")
    given = parser.parse_args()
    if given.one:
        _fuzz(given.targets[0], given.seconds)
        return
    broken = [name for name in given.targets or _names() if not _campaign(name, given.seconds)]
    if broken:
        sys.exit(f"Broken: {', '.join(broken)}. The cases are in tests/fuzz/found.")


def _names() -> list[str]:
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 (what is fuzzed imports it its own way)

    return list(TARGETS)


def _campaign(name: str, seconds: int) -> bool:
    """Fuzz one target in a process of its own; return whether it held."""
    command = [sys.executable, "-m", "tests.fuzz.campaign", "--one", "--seconds", str(seconds)]
    run = subprocess.run([*command, name], capture_output=True, text=True)  # noqa: S603
    lines = run.stderr.splitlines()
    done = next((line for line in reversed(lines) if line.startswith("Done")), "broken")
    covered = next((line for line in reversed(lines) if "cov:" in line), "")
    print(f"{name:12} {done}; {covered.partition('exec/s')[0].strip()}", flush=True)  # noqa: T201
    if run.returncode:
        print("\n".join(lines[-40:]), flush=True)  # noqa: T201
    return run.returncode == 0


def _fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris  # noqa: PLC0415 (an extra of its own)

    atheris.enabled_hooks.add("str")  # what a text is compared with leads the search, too
    with atheris.instrument_imports(include=["adapters", "bot", "knowledge"]):
        from tests.fuzz.targets import FOUND, TARGETS, text_of  # noqa: PLC0415
    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate((*KEPT, *MEANT)):
        (corpus / f"seed-{number}").write_bytes(text.encode("utf-8", "surrogatepass")[:LONGEST])
    words = CORPUS / "dictionary"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in MEANING))
    options = [
        f"-dict={words}",
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-timeout={TIMEOUT}",
        f"-rss_limit_mb={MEMORY}",
        f"-artifact_prefix={FOUND / name}-",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], lambda data: TARGETS[name](text_of(data)))
    atheris.Fuzz()


def _escaped(word: str) -> str:
    """Return a word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    main()
