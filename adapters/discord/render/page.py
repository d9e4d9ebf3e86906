"""What one message carries, as data: every limit is kept here, and drawing decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.replies import Document, Picture, Style, Tone


@dataclass(frozen=True, slots=True)
class Text:
    """Text in Discord's Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line between what is told and what is said beside it."""


Element = Text | Picture | Document | Rule


@dataclass(frozen=True, slots=True)
class Press:
    """A button: its words, its id and how much it stands out."""

    label: str
    custom_id: str
    style: Style = Style.SECONDARY


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list; `value` is an encoded action."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Select:
    """A drop-down list."""

    custom_id: str
    placeholder: str
    entries: tuple[Entry, ...]


Row = tuple[Press, ...] | Select


@dataclass(frozen=True, slots=True)
class Page:
    """One message: an optional title, what it tells, and rows to press.

    `framed`: drawn as a card with an edge; a plain sentence is not.
    """

    title: str = ""
    elements: tuple[Element, ...] = ()
    rows: tuple[Row, ...] = ()
    tone: Tone = Tone.NEUTRAL
    framed: bool = True

    @property
    def attached(self) -> tuple[Picture | Document, ...]:
        """The pictures and documents to attach, in order."""
        return tuple(e for e in self.elements if isinstance(e, Picture | Document))
