"""Colours that read on dark and on light; each only underlines what the words say already."""

from __future__ import annotations

from rich.theme import Theme

from bot.replies import Tone

# From the 256-colour cube, each at least 3.8 to 1 against white and against black.
BLUE = "color(31)"
GREEN = "color(28)"
RED = "color(160)"
AMBER = "color(130)"
GREY = "color(243)"

THEME = Theme(
    {
        "key": f"bold {BLUE}",
        "code": BLUE,
        "formula": BLUE,
        "heading": "bold",
        "quiet": GREY,
        "rule": GREY,
        "tone.neutral": f"bold {BLUE}",
        "tone.info": f"bold {BLUE}",
        "tone.good": f"bold {GREEN}",
        "tone.bad": f"bold {RED}",
        "tone.warn": f"bold {AMBER}",
    },
    inherit=True,
)

MARKS = {Tone.GOOD: "✓ ", Tone.BAD: "✗ ", Tone.WARN: "! "}
"""A sign before the words of a card with a tone, for eyes that see no colour."""

PROMPT = {
    "prompt": "#0087af bold",
    "placeholder": "#767676",
    "bottom-toolbar": "noreverse #767676",
    "bottom-toolbar.text": "noreverse #767676",
    "completion-menu.completion": "bg:#444444 #ffffff",
    "completion-menu.completion.current": "bg:#0087af #ffffff",
    "completion-menu.meta.completion": "bg:#444444 #d0d0d0",
    "completion-menu.meta.completion.current": "bg:#0087af #ffffff",
}
"""The same colours for the line being written."""


def tone(tone: Tone) -> str:
    """The style of a tone."""
    return f"tone.{tone.value}"
