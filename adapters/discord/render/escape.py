"""Text from courses, learners and models made harmless: it shows exactly what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bot.markup import Span

ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
BLANK = "\N{BRAILLE PATTERN BLANK}"

_STYLE_MARKS = frozenset("*`")
_ANYWHERE = re.compile(r"([\\*_~`|<\[\]])")
_LINE_START = re.compile(r"^(\s*)([>#+-]|\d+(?=[.)]\s))", re.MULTILINE)
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\*_~`|<\[\]>#+.)-])")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """Return text that Discord draws as it is: no style, mention, link, emoji or time stamp.

    A backslash stands before each mark. Control characters, and those that turn the
    direction of all text after them, become spaces.
    """
    marked = _ANYWHERE.sub(r"\\\1", _CONTROL.sub(" ", text))
    marked = _LINE_START.sub(_escape_start, marked)
    return _MENTION.sub("@" + ZERO_WIDTH, marked)


def unescape(text: str) -> str:
    """Return what is seen of text that `escape` made harmless."""
    return _ESCAPED.sub(r"\1", text).replace(ZERO_WIDTH, "").replace(BLANK, "")


def code(text: str) -> str:
    """Return text as inline code; a backtick inside becomes an apostrophe."""
    inner = _CONTROL.sub(" ", text).replace("`", "'").replace("\n", " ")
    return f"`{inner}`" if inner.strip() else ""


def fenced(text: str) -> str:
    """Return text as a code block that nothing inside can close."""
    inner = _CONTROL.sub(" ", text).replace("```", "`" + ZERO_WIDTH + "`" + ZERO_WIDTH + "`")
    return f"```\n{inner or BLANK}\n```"


def spans(runs: tuple[Span, ...]) -> str:
    """Return runs of styled text in Discord's Markdown."""
    drawn = ""
    for piece in map(_span, _joined(runs)):
        # "*one***two**" would show its marks: Discord cannot tell where one style ends.
        touching = drawn[-1:] in _STYLE_MARKS and piece[:1] in _STYLE_MARKS
        drawn += ZERO_WIDTH + piece if drawn and piece and touching else piece
    return drawn


def _joined(runs: tuple[Span, ...]) -> Iterator[Span]:
    """Runs with neighbours of one style made one, so that each style has one pair of marks."""
    for style, group in groupby(runs, lambda run: replace(run, text="")):
        yield replace(style, text="".join(run.text for run in group))


def _escape_start(match: re.Match[str]) -> str:
    """Keep a line from becoming a heading, list or quote; "1." loses its list by its point."""
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def _span(run: Span) -> str:
    if run.code:
        return code(run.text)
    text = escape(run.text)
    core = text.strip()
    if not core or not (run.bold or run.italic):
        return text
    # A style mark beside a space is no mark for Discord, so the spaces go outside it.
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    styled = f"*{core}*" if run.italic else core
    styled = f"**{styled}**" if run.bold else styled
    return before + styled + after
