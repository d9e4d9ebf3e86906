"""What the tutor says, as plain data that every platform can draw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.actions import Action


class Tone(StrEnum):
    """How a card feels; never the only sign of what it means."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    BAD = "bad"
    WARN = "warn"


class Style(StrEnum):
    """How much a button stands out. A card has at most one primary button."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `detail` is the whole text behind a short label ("A").

    A card draws every detail in its text as well, so nothing is told by the button alone.
    `opens_form`: the press opens `engine.form(action)` instead of being handled.
    """

    label: str
    action: Action
    style: Style = Style.SECONDARY
    detail: str = ""
    opens_form: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu; choosing it is a press of its action."""

    label: str
    action: Action
    description: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A drop-down list."""

    placeholder: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A short named value: "Best score" - "3 of 3"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Source:
    """A citation under an answer: the [number] in the text, and a press that opens it."""

    number: int
    label: str
    action: Action


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its words. `source` names it; the engine fills `png` before it is sent."""

    source: str
    alt: str
    caption: str = ""
    png: bytes = b""


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence or two of plain Markdown, with nothing to press."""

    text: str
    tone: Tone = Tone.NEUTRAL
    private: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """A card: title, Markdown body (see bot.markup), and what can be done with it.

    `replaces`: edit the card that was pressed, where there is one, instead of adding another.
    `private`: in a shared place, only the learner sees it.
    """

    title: str
    body: str = ""
    fields: tuple[Field, ...] = ()
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    sources: tuple[Source, ...] = ()
    pictures: tuple[Picture, ...] = ()
    footer: str = ""
    tone: Tone = Tone.NEUTRAL
    private: bool = True
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class TextField:
    """A line (or, `long`, a box) of text in a form."""

    name: str
    label: str
    placeholder: str = ""
    value: str = ""
    long: bool = False
    max_length: int = 2000
    required: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A dialog; sending it off is a Submitted event with this action."""

    title: str
    action: Action
    fields: tuple[TextField, ...]
    submit: str = "Send"


@dataclass(frozen=True, slots=True)
class Document:
    """A text file for the learner to keep, in the encoding UTF-8; always private."""

    name: str
    text: str
    caption: str


@dataclass(frozen=True, slots=True)
class Partial:
    """All of the answer that is written so far; the next Partial or Card takes its place."""

    text: str


Reply = Say | Card | Picture | Document | Partial
