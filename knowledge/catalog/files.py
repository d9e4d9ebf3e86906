"""The only door to the disk: plain files inside the course folder, read and never run."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from knowledge.catalog.limits import MAX_FIGURE_BYTES, MAX_FILE_BYTES
from knowledge.catalog.problems import BadFileError, Problems

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SAVE_AS_UTF8 = "save the file as UTF-8 text"


def present(root: Path, name: str) -> bool:
    """Tell whether anything stands at `name`, even a broken link."""
    path = root / name
    try:
        return path.is_symlink() or path.exists()
    except (OSError, ValueError):
        return True


def text_of(root: Path, name: str, problems: Problems) -> str | None:
    """Return the text of a file with Unix line ends, or None after noting what is wrong."""
    try:
        return decode(_read(root, name))
    except BadFileError as fault:
        problems.add(name, fault.line, fault.message, fault.remedy)
        return None


def decode(data: bytes) -> str:
    """Return UTF-8 bytes as text; raise BadFileError with the line of the first bad byte."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            raise BadFileError(f"the file is encoded in {encoding}, not UTF-8", _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        message = f"the byte 0x{data[fault.start]:02X} is not UTF-8 text"
        raise BadFileError(message, _SAVE_AS_UTF8, line) from None
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        message = f"the file holds the control character U+{ord(control.group()):04X}"
        raise BadFileError(message, f"delete the character, or {_SAVE_AS_UTF8}", line)
    if not text.strip():
        raise BadFileError("the file is empty", "write its content, or remove the file")
    return text


def picture(root: Path, name: str) -> Path:
    """Return the real path of a PNG file; raise BadFileError if it is anything else."""
    path = contained(root, name)
    if _size(path) > MAX_FIGURE_BYTES:
        megabytes = MAX_FIGURE_BYTES // 1024**2
        raise BadFileError(f"the picture is larger than {megabytes} MB", "save it smaller")
    if _head(path, len(PNG_SIGNATURE)) != PNG_SIGNATURE:
        raise BadFileError("the picture is not a PNG file", "save it as PNG")
    return path


def contained(root: Path, name: str) -> Path:
    """Return the real path of `name`; raise BadFileError if it leads out of the folder `root`."""
    try:
        real = (root / name).resolve()
    except (OSError, RuntimeError, ValueError):
        raise BadFileError("the path cannot be followed", "name a plain file") from None
    if not real.is_relative_to(root):
        raise BadFileError("the path leads out of the course folder", "copy the file into it")
    return real


def _read(root: Path, name: str) -> bytes:
    path = contained(root, name)
    if _size(path) > MAX_FILE_BYTES:
        message = f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB"
        raise BadFileError(message, "split or shorten it")
    return _head(path, MAX_FILE_BYTES)


def _size(path: Path) -> int:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BadFileError("the file is missing", "create it, or correct its name") from None
    except (OSError, ValueError) as fault:
        raise _unreadable(fault) from None
    # A pipe or a device would block the reader, or never end.
    if not stat.S_ISREG(status.st_mode):
        raise BadFileError("this is not a file", "put a plain file in its place")
    return status.st_size


def _head(path: Path, size: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as fault:
        raise _unreadable(fault) from None


def _unreadable(fault: Exception) -> BadFileError:
    reason = getattr(fault, "strerror", None) or "bad path"
    return BadFileError(f"the file cannot be read ({reason})", "make it readable")
