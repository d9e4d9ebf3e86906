"""A small disk of its own, which can be full; where none can be had it is said why."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "160m"
CHUNK = b"\0" * (1 << 20)


class NoDiskError(Exception):
    """Say in one sentence why no disk can be had here."""


class Disk:
    """A folder with little room."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Take all the room that is left, to the last page."""
        handle = os.open(self._filler, os.O_WRONLY | os.O_CREAT)
        try:
            while True:
                os.write(handle, CHUNK)
        except OSError:
            return
        finally:
            os.close(handle)

    def free(self) -> None:
        """Give the room back."""
        self._filler.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Mount a disk in memory at an empty folder. NoDiskError where that is not allowed."""
    options = ("-t", "tmpfs", "-o", f"size={SIZE},mode=0755", "tmpfs")
    try:
        mounting = ("mount", *options, str(folder))
        subprocess.run(mounting, check=True, capture_output=True)  # noqa: S603 (a folder of ours)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise NoDiskError("no disk can be mounted here, so none can be full") from problem
    try:
        yield Disk(folder)
    finally:
        leaving = ("umount", "--lazy", str(folder))
        subprocess.run(leaving, check=False, capture_output=True)  # noqa: S603 (as above)
