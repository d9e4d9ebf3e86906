"""What a line means: a press, a command, words for the tutor, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.terminal import words
from adapters.terminal.choices import Choices, Entry, Kind
from adapters.terminal.text import checked
from bot.errors import LearnerError

Parse = Callable[[str], tuple[str, Mapping[str, str]] | None]
"""The core's reading of a line as a command: its name and arguments, or None."""

_NUMBER = re.compile(r"(-?\d+)[.)]?")
_LETTER = re.compile(r"([^\W\d_])[.)]?")
_ANSWER = re.compile(r"[A-Ja-j][.)]?")
"""The letters that options have: at most ten."""


@dataclass(frozen=True, slots=True)
class Press:
    """An entry was chosen."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Give:
    """A command was given."""

    name: str
    args: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Speak:
    """Words for the tutor."""

    text: str


@dataclass(frozen=True, slots=True)
class Unfold:
    """The menu in view is to be shown with all its choices; nothing happens in the course."""


Intent = Press | Give | Speak


def understand(line: str, choices: Choices, parse: Parse) -> Intent | Unfold | None:
    """Return what a line means with these choices in view; None for an empty line in vain.

    LearnerError in one sentence where the line cannot be taken or chooses what is not there.
    """
    line = checked(line)
    if not line:
        return Press(choices.primary) if choices.primary else None
    chosen = _chosen(line, choices)
    if chosen:
        return Press(chosen)
    if line.casefold() == words.UNFOLD and choices.of(Kind.MENU):
        return Unfold()
    command = parse(line)
    if command:
        return Give(*command)
    if _ANSWER.fullmatch(line):
        raise LearnerError(words.NO_LETTERS)
    if line.startswith("/"):
        # The core says that it does not know it, in the words it uses everywhere.
        return Give(line.split()[0].removeprefix("/"), {})
    return Speak(line)


def leaves(line: str) -> bool:
    """Whether a line is the word for leaving."""
    return line.strip().removeprefix("/").casefold() in words.LEAVE


def _chosen(line: str, choices: Choices) -> Entry | None:
    """The entry that a number, a letter or a whole label chooses."""
    if found := _NUMBER.fullmatch(line):
        return _by_number(found[1], choices)
    options = choices.of(Kind.OPTION)
    if options and (found := _LETTER.fullmatch(line)):
        return _by_letter(found[1], choices, options)
    named = choices.labelled(line, Kind.BUTTON, Kind.MENU)
    leads_on = line.casefold().rstrip(".!") in words.GO_ON
    return named or (choices.primary if leads_on else None)


def _by_number(digits: str, choices: Choices) -> Entry:
    if choices.ends is None:
        raise LearnerError(words.NO_CHOICES)
    # More digits than any card has choices: int() itself refuses numbers of thousands of digits.
    entry = choices.numbered(int(digits)) if len(digits) < 10 else None  # noqa: PLR2004
    if entry is None:
        raise LearnerError(
            words.NO_SUCH_NUMBER.format(number=_short(digits), range=words.span(*choices.ends))
        )
    return entry


def _by_letter(letter: str, choices: Choices, options: tuple[Entry, ...]) -> Entry:
    entry = choices.labelled(letter, Kind.OPTION)
    if entry is None:
        span = words.span(options[0].label, options[-1].label)
        raise LearnerError(words.NO_SUCH_LETTER.format(letter=letter.upper(), range=span))
    return entry


def _short(digits: str, limit: int = 12) -> str:
    return digits if len(digits) <= limit else f"{digits[:limit]}…"
