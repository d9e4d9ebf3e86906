"""Everything that can be pressed on the cards in view, each under a number of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from bot.actions import Action
from bot.replies import Button, Card, Style


class Kind(Enum):
    """Where an entry stands on its card."""

    OPTION = auto()
    BUTTON = auto()
    MENU = auto()
    SOURCE = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing to press: its number from 1, and its words. `detail` is the text behind them."""

    number: int
    kind: Kind
    label: str
    action: Action
    detail: str = ""
    primary: bool = False
    opens_form: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """The numbered entries of one card, or of all the cards that came in one go."""

    entries: tuple[Entry, ...] = ()
    menu: str = ""
    """What the menu is for, where there is one."""

    def of(self, kind: Kind) -> tuple[Entry, ...]:
        """Return the entries of one kind, in order."""
        return tuple(entry for entry in self.entries if entry.kind is kind)

    def numbered(self, number: int) -> Entry | None:
        """Return the entry with a number, or None."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def labelled(self, text: str, *kinds: Kind) -> Entry | None:
        """Return the last entry of some kinds whose label is `text`, whatever its case."""
        wanted = text.casefold()
        named = [x for x in self.entries if x.kind in kinds and x.label.casefold() == wanted]
        return named[-1] if named else None

    @property
    def primary(self) -> Entry | None:
        """The entry that Enter presses: the last card's primary button."""
        return next((entry for entry in reversed(self.entries) if entry.primary), None)

    @property
    def ends(self) -> tuple[int, int] | None:
        """The least and the greatest number, or None where there are none."""
        numbers = [entry.number for entry in self.entries]
        return (min(numbers), max(numbers)) if numbers else None


def number(card: Card, taken: Choices) -> Choices:
    """Number all that a card offers, past the numbers that are `taken`.

    A source keeps the number it has in the text, so that "[2]" is opened by 2, wherever that
    number is free; buttons and the menu follow.
    """
    used = {entry.number for entry in taken.entries}
    entries: list[Entry] = []
    for source in card.sources:
        at = source.number if source.number not in used else _free(used)
        entries.append(Entry(at, Kind.SOURCE, source.label, source.action))
        used.add(at)
    for button in card.buttons:
        entries.append(_of_button(_free(used), button))
        used.add(entries[-1].number)
    for choice in card.menu.choices if card.menu else ():
        entries.append(
            Entry(_free(used), Kind.MENU, choice.label, choice.action, choice.description)
        )
        used.add(entries[-1].number)
    return Choices(tuple(entries), card.menu.placeholder if card.menu else "")


def _free(used: set[int]) -> int:
    return max(used, default=0) + 1


def _of_button(number: int, button: Button) -> Entry:
    return Entry(
        number=number,
        kind=Kind.OPTION if button.detail else Kind.BUTTON,
        label=button.label,
        action=button.action,
        detail=button.detail,
        primary=button.style is Style.PRIMARY,
        opens_form=button.opens_form,
    )
