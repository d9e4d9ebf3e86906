"""Every fuzzing target by name, for Hypothesis and atheris alike; and the cases that were found.

A target takes any text and returns, or fails. What once made one fail is a file in `found/`,
named TARGET-anything.
"""

from __future__ import annotations

from pathlib import Path

from adapters.discord.events import unmentioned
from adapters.slack.wording import mentions, plain_words
from bot import markup
from bot.calculator import door
from bot.calculator.lengths import parse_length, parse_size, parse_users
from bot.commands.words import parse
from bot.plain import plain_body
from tests.fuzz import drawings, parsers
from tests.fuzz.parsers import Target, reads

FOUND = Path(__file__).parent / "found"

TARGETS: dict[str, Target] = {
    "action": parsers.action,
    "words": reads(
        parse, plain_words, lambda text: unmentioned(text, 5), lambda text: mentions(text, "UBOT")
    ),
    "length": reads(parse_length, parse_users, lambda text: parse_size(text, "heads")),
    "calculator": reads(door.answer, lambda text: door.answer(text, text)),
    "config": parsers.config,
    "course": parsers.course_file,
    "markdown": reads(markup.parse, plain_body),
    "payload": parsers.slack_payload,
    "line": parsers.terminal_line,
    "model": parsers.model_text,
    "harmless": parsers.made_harmless,
    "secrets": parsers.secrets,
    "moderators": parsers.moderators,
    "slack": drawings.for_slack,
    "discord": drawings.for_discord,
    "terminal": drawings.for_terminal,
}


def text_of(data: bytes) -> str:
    """Return any bytes as text; a byte that is no UTF-8 becomes a lone surrogate."""
    return data.decode("utf-8", "surrogateescape")


def found() -> list[Path]:
    """Return the cases that were found."""
    return sorted(file for file in FOUND.glob("*-*") if file.is_file())


def target_of(case: Path) -> Target:
    """Return the target of a case."""
    return TARGETS[case.name.partition("-")[0]]
