"""The audit of dependencies: a hole fails the build, a service out of reach is only said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[1] / ".ci" / "audit.py"
SOUND = {"name": "click", "version": "8", "vulns": []}
HOLED = {
    "name": "torch",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"], "aliases": [], "description": ""}],
}
UNKNOWN = {"name": "numpy", "skip_reason": "Dependency not found on PyPI"}

STAND_IN = """#!{python}
import json, pathlib, sys
given = dict(zip(sys.argv[1:], sys.argv[2:]))
services = json.loads({services!r})
kind, what = services[given["--vulnerability-service"]]
if kind == "fails":
    sys.exit(what)
pathlib.Path(given["--output"]).write_text(json.dumps({{"dependencies": what}}))
"""
OUT_OF_REACH = ["fails", "requests.exceptions.ConnectionError: Max retries exceeded"]


def audited(folder: Path, pypi: list[object], osv: list[object]) -> tuple[int, str]:
    """Run the audit on a stand-in for pip-audit; return its exit status and what it said."""
    program = folder / "pip-audit"
    services = json.dumps({"pypi": pypi, "osv": osv})
    program.write_text(STAND_IN.format(python=sys.executable, services=services))
    program.chmod(0o755)
    command = (sys.executable, AUDIT, program)
    run = subprocess.run(command, capture_output=True, text=True)  # noqa: S603 (our own program)
    return run.returncode, run.stdout


def test_sound_dependencies_pass(tmp_path: Path) -> None:
    status, said = audited(tmp_path, ["says", [SOUND]], OUT_OF_REACH)
    assert status == 0
    assert "1 packages audited with pypi: 0 known holes." in said


def test_a_hole_fails_and_names_the_version_that_mends_it(tmp_path: Path) -> None:
    status, said = audited(tmp_path, ["says", [SOUND, HOLED]], OUT_OF_REACH)
    assert status == 1
    assert "torch 2: PYSEC-1, mended in 2.1" in said


def test_what_a_service_does_not_know_is_named(tmp_path: Path) -> None:
    status, said = audited(tmp_path, ["says", [SOUND, UNKNOWN]], OUT_OF_REACH)
    assert status == 0
    assert "It does not know 1: numpy." in said


def test_a_service_that_knows_nothing_at_all_is_no_clean_bill(tmp_path: Path) -> None:
    status, said = audited(tmp_path, ["says", [UNKNOWN]], ["says", [HOLED]])
    assert status == 1
    assert "osv" in said


def test_services_out_of_reach_are_said_in_one_line(tmp_path: Path) -> None:
    status, said = audited(tmp_path, OUT_OF_REACH, OUT_OF_REACH)
    assert status == 0
    assert said.splitlines() == [
        "No advisory service can be reached from here: the dependencies were NOT audited."
    ]


@pytest.mark.parametrize("fault", ["usage: pip-audit: unrecognized arguments", ""])
def test_an_audit_that_breaks_is_not_taken_for_a_service_out_of_reach(
    fault: str, tmp_path: Path
) -> None:
    status, said = audited(tmp_path, ["fails", fault], OUT_OF_REACH)
    assert status == 2
    assert "The audit failed" in said
