"""Ask whether what is installed has known holes; exit with 1 where it has, 2 where asking failed.

    python .ci/audit.py [PROGRAM]

Advisory services that cannot be reached are said to be so in one line, which is no failure.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

OURS = "seminar"
SERVICES = ("pypi", "osv")
PATIENCE = 120
"""Seconds until a service counts as out of reach."""

ANSWER_PATIENCE = 10
AWAY = re.compile(r"^requests\.exceptions\.|ServiceError|Could not connect|not redirecting", re.M)
"""What pip-audit says last where its service does not answer."""

NOBODY = "No advisory service can be reached from here: the dependencies were NOT audited."

Audited = list[dict[str, Any]]


class BrokenError(Exception):
    """Say why the audit itself could not be done."""


def main(program: str) -> int:
    """Audit, say what came of it in a few lines, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(_installed()))
        for service in SERVICES:
            try:
                audited = _asked(program, service, wanted)
            except BrokenError as problem:
                _say(f"The audit failed: {problem}")
                return 2
            if audited is not None:
                return _told(audited, service)
    _say(NOBODY)
    return 0


def _installed() -> list[str]:
    """Every installed package but ours; a build such as 2.1+cpu is its public version, 2.1."""
    found = {one.name: one.version.partition("+")[0] for one in distributions()}
    return sorted(f"{name}=={version}" for name, version in found.items() if name != OURS)


def _asked(program: str, service: str, wanted: Path) -> Audited | None:
    """What a service says of each package; None where it says nothing of any."""
    answer = wanted.with_name(f"{service}.json")
    command = (program, "--vulnerability-service", service, "--timeout", str(ANSWER_PATIENCE))
    what = ("--disable-pip", "--no-deps", "--requirement", str(wanted), "--progress-spinner", "off")
    form = ("--format", "json", "--output", str(answer))
    try:
        run = subprocess.run(  # noqa: S603 (a program of our own virtual environment)
            (*command, *what, *form), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if not answer.exists():
        if AWAY.search(run.stderr):
            return None
        raise BrokenError(run.stderr.strip() or f"pip-audit ended with {run.returncode}")
    audited: Audited = json.loads(answer.read_text())["dependencies"]
    return audited if any("vulns" in one for one in audited) else None


def _told(audited: Audited, service: str) -> int:
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in "
        f"{', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in audited
        for hole in one.get("vulns", ())
    ]
    unknown = [one["name"] for one in audited if "vulns" not in one]
    known = len(audited) - len(unknown)
    _say(f"{known} packages audited with {service}: {len(holes)} known holes.", *holes)
    if unknown:
        _say(f"It does not know {len(unknown)}: {', '.join(unknown)}.")
    return 1 if holes else 0


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    beside = str(Path(sys.executable).with_name("pip-audit"))
    sys.exit(main(sys.argv[1] if sys.argv[1:] else beside))
