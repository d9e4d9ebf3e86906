"""A private PostgreSQL from Debian's packages on a free loopback port, ended after use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
USER = "postgres"


@contextmanager
def postgres() -> Iterator[str | None]:
    """Give the URL of an empty database; None where PostgreSQL is not installed."""
    if not BINARIES:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="seminar-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    data, port = folder / "data", _free_port()
    _run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "--no-sync")
    options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c shared_buffers=1GB"
    try:
        _run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
    finally:
        _run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *args: str) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    command = [str(BINARIES[0] / program), *args]
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
