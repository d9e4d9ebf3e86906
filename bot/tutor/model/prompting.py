"""The prompts from `prompts/*.md`: read and checked once at the start, filled for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Formatter

from bot.errors import StoreError
from bot.tutor.model.wording import say
from bot.tutor.types import Role

PLACES: Mapping[str, frozenset[str]] = {
    "rules": frozenset({"course", "words"}),
    "tutor": frozenset({"rules"}),
    "socratic": frozenset({"rules"}),
    "lab_guide": frozenset({"rules", "mission"}),
    "hint_giver": frozenset({"rules"}),
    "mistake": frozenset({"rules"}),
    "calculation": frozenset({"rules"}),
    "question": frozenset({"passages", "extra", "question"}),
    "rewrite": frozenset({"course", "talk", "question"}),
    "restate": frozenset({"course", "question"}),
    "summary": frozenset({"talk"}),
}
"""Every prompt by its file's name, and the placeholders that it must have."""

ROLES = {
    Role.ASK: "tutor",
    Role.LAB: "lab_guide",
    Role.HINT: "hint_giver",
    Role.MISTAKE: "mistake",
    Role.CALCULATION: "calculation",
}

Read = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts, found good. `fill` puts values into one of them."""

    texts: Mapping[str, str]

    def fill(self, prompt: str, **values: str) -> str:
        """Return a prompt with its placeholders filled; braces in the values stay as they are."""
        return self.texts[prompt].format(**values).strip()


def load_prompts(read: Read | None = None) -> Prompts:
    """Return every prompt; StoreError names the file that is missing or filled wrongly.

    `read` gives the text of a file of `prompts/` by its name, or raises OSError.
    """
    return Prompts({name: _checked(name, read or _packaged) for name in PLACES})


def _packaged(file: str) -> str:
    return files("prompts").joinpath(file).read_text("utf-8")


def _checked(name: str, read: Read) -> str:
    file = f"{name}.md"
    try:
        text = read(file)
    except OSError as problem:
        raise StoreError(say("setup.prompt_missing", file=file)) from problem
    try:
        found = {place for _, place, _, _ in Formatter().parse(text) if place is not None}
    except ValueError as problem:
        raise StoreError(say("setup.prompt_broken", file=file)) from problem
    for strange in sorted(found - PLACES[name]):
        raise StoreError(say("setup.prompt_unknown", file=file, name=f"{{{strange}}}"))
    for missing in sorted(PLACES[name] - found):
        raise StoreError(say("setup.prompt_without", file=file, name=f"{{{missing}}}"))
    return text
