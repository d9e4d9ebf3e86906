"""What must hold of every parser that meets outside text: it reads, or refuses in one sentence."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from adapters.discord.ids import action_text
from adapters.slack import events
from adapters.terminal.text import checked, decode
from bot.actions import decode as decode_action
from bot.calculator.config_json import read_config
from bot.calculator.errors import CalculatorError
from bot.clock import now
from bot.errors import LearnerError
from bot.observe.logs import HIDDEN, without_secrets
from bot.settings import Settings
from bot.tutor.model.arithmetic import put_right
from bot.tutor.model.disguises import readings
from bot.tutor.model.quoting import quoted
from bot.tutor.model.sanitise import sanitised
from bot.tutor.model.segments import Segments
from knowledge.catalog import check_course
from tests.fuzz.payloads import command_of, message_of, press_of

Target = Callable[[str], None]

TOLD = (LearnerError, CalculatorError)
"""What a parser may raise: one clear sentence for the learner."""

FILES = ("course.toml", "test.toml", "1-a/lesson.md", "1-a/quiz.toml", "1-a/lab.toml")
TOKEN = "xoxb-1-2-abcDEF"
SOUND_CONFIG = {
    "model_type": "llama",
    "num_hidden_layers": 32,
    "hidden_size": 4096,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "torch_dtype": "bfloat16",
    "max_position_embeddings": 131072,
}
PIECE = 7
"""Characters of a model's stream that come at once."""

LONGEST_ANSWER = 5000
"""Characters, more than the 1,000 tokens that a model may write."""


def reads(*parsers: Callable[[str], Any]) -> Target:
    """Return a target: each parser reads the text, or says why not."""

    def target(text: str) -> None:
        for parser in parsers:
            with suppress(*TOLD):
                parser(text)

    return target


def action(text: str) -> None:
    """An action that is read is the one that was written."""
    try:
        read = decode_action(action_text(text))
    except LearnerError:
        return
    with suppress(ValueError):
        assert decode_action(read.encode()) == read


def config(text: str) -> None:
    """A model's config is read or refused: as JSON, and with any text for its names and values."""
    lines = (line.partition("=") for line in text.splitlines())
    changed = {name: _value(value) for name, _, value in lines}
    for written in (text, json.dumps(text), json.dumps({**SOUND_CONFIG, **changed})):
        with suppress(*TOLD):
            read_config(written)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def course_file(text: str) -> None:
    """A course with this text for any one of its files is read, or a file is named."""
    content = text.encode("utf-8", "surrogateescape" if _is_escaped(text) else "surrogatepass")
    with tempfile.TemporaryDirectory() as made:
        folder = small_folder(Path(made))
        for name in FILES:
            file = folder / name
            before = file.read_bytes() if file.exists() else None
            file.write_bytes(content)
            report = check_course(folder)
            assert report.course is not None or report.problems
            assert all(problem.file for problem in report.problems)
            file.unlink() if before is None else file.write_bytes(before)


def small_folder(folder: Path) -> Path:
    """Write the least course that there is."""
    (folder / "1-a").mkdir(exist_ok=True)
    (folder / "course.toml").write_text('title = "Tides"\n')
    (folder / "1-a" / "lesson.md").write_text("# Tides\n\n## The moon\n\nIt pulls.\n")
    return folder


def slack_payload(text: str) -> None:
    """Slack's payloads are read, whatever people and other apps put into them."""
    events.typed(message_of(text), "UBOT", now())
    events.typed(message_of("a question", text[:40]), "UBOT", now())
    events.mentioned(message_of(text), "UBOT", now())
    events.shortcut(press_of(text), now())
    events.command(command_of(text), now())
    try:
        events.pressed(press_of(text), now())
    except LearnerError:
        events.lost(press_of(text), now())


def terminal_line(text: str) -> None:
    """A line of any bytes is read in the terminal, or refused."""
    for raw in (text.encode("utf-8", "surrogatepass"), text.encode("utf-8", "replace")):
        with suppress(*TOLD):
            decode(raw)
    with suppress(*TOLD):
        checked(text)


def model_text(text: str) -> None:
    """What a model writes is cut, calculated again, quoted, and read through its disguises."""
    text = text[:LONGEST_ANSWER]
    segments = Segments()
    for start in range(0, len(text), PIECE):
        segments.feed(text[start : start + PIECE])
    segments.rest()
    put_right(text)
    readings(text)
    quoted(text)


def made_harmless(text: str) -> None:
    """What is made harmless once needs it no second time: nothing hides behind what was removed."""
    once = sanitised(text)
    assert sanitised(once) == once


def secrets(text: str) -> None:
    """A token is hidden whatever stands around it."""
    entry = {"event": f"{text} {TOKEN} {text}", "in": [{"x": TOKEN}]}
    shown = without_secrets(None, "error", entry)
    assert TOKEN not in str(shown)
    assert HIDDEN in str(shown)


def moderators(text: str) -> None:
    """A list of moderators is read, or refused by the settings."""
    with suppress(ValueError):
        Settings(moderators=text, _env_file=None)  # type: ignore[call-arg, arg-type]


def _is_escaped(text: str) -> bool:
    """Whether every lone surrogate stands for a byte that was no UTF-8."""
    return all("\udc80" <= mark <= "\udcff" for mark in text if "\ud800" <= mark <= "\udfff")
