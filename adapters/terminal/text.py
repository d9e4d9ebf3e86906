"""What may come in and go out: lines checked before they are read, text made safe to print."""

from __future__ import annotations

import unicodedata

from adapters.terminal import words
from bot.errors import LearnerError

MAX_LINE = 8000
"""Characters a learner may send at once; a page of text has about 3,000."""
MAX_LINE_BYTES = MAX_LINE * 4
"""No character takes more than 4 bytes of UTF-8."""

_KEPT = "\n\t"


def decode(line: bytes) -> str:
    """Return a line of bytes as text without its end; LearnerError where it is not UTF-8."""
    if len(line) > MAX_LINE_BYTES:
        raise LearnerError(words.TOO_LONG.format(limit=MAX_LINE))
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise LearnerError(words.NOT_UTF8) from None


def checked(line: str) -> str:
    """Return a line without the space around it; LearnerError where it cannot be taken."""
    if len(line) > MAX_LINE:
        raise LearnerError(words.TOO_LONG.format(limit=MAX_LINE))
    kinds = {unicodedata.category(mark) for mark in line if mark not in _KEPT}
    if "Cs" in kinds:
        raise LearnerError(words.NOT_UTF8)
    if "Cc" in kinds:
        raise LearnerError(words.CONTROL)
    return line.strip()


def printable(text: str) -> str:
    """Return text without what would steer the terminal: escapes and other control characters."""
    if text.isprintable():
        return text
    return "".join(
        mark for mark in text if mark in _KEPT or unicodedata.category(mark) not in ("Cc", "Cs")
    )
