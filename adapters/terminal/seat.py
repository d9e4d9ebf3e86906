"""The learner's seat at the terminal: the line they write and the keys they press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from adapters.terminal.choices import Choices
from adapters.terminal.completion import LineCompleter, Vocabulary
from adapters.terminal.history import history_of
from adapters.terminal.keyboard import Keyboard
from adapters.terminal.prompt import LinePrompt
from bot.commands import words as commands
from bot.words import say
from knowledge.models import Course

OF_LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class Seat:
    """What reads from the learner."""

    prompt: LinePrompt
    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class Habits:
    """Whose seat it is: their history is below the folder `data`, and colour as they like it."""

    user: str
    data: Path
    color: bool


def seat(
    habits: Habits, course: Course, choices: Callable[[], Choices], source: Input, output: Output
) -> Seat:
    """Return the seat of whoever types into `source` and sees `output`."""
    prompt = LinePrompt(
        choices,
        source=source,
        output=output,
        history=history_of(habits.user, habits.data),
        completer=LineCompleter(_vocabulary(), course),
        color=habits.color,
    )
    return Seat(prompt, Keyboard(source))


def _vocabulary() -> Vocabulary:
    known = commands.COMMANDS
    return Vocabulary(
        {name: say(f"help.{name}") for name in known},
        frozenset(name for name, takes in known.items() if takes == OF_LESSON),
    )
