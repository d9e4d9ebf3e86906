"""What a picture of a class shows, as plain data that its source carries; `drawing` draws it.

Nothing of it is stored: a moderator's cards are not kept, so their pictures are not either.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot import codec
from bot.replies import Picture
from bot.words import say

CLASS = "class:"
RIGHT, WRONG, NONE = "1", "0", "-"


def in_percent(share: float | None) -> str:
    """A share of 1 in percent; a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"


def rounded(value: float | None) -> str:
    """A discrimination index, rounded, with a true minus sign; a dash where there is none."""
    return "–" if value is None else f"{round(value)}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Heat:
    """`rows` are a learner's name and one mark a column: RIGHT, WRONG or NONE."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How many learners completed 0, 1, … parts, and had 0, 1, … right in their first test."""

    parts: tuple[int, ...]
    scores: tuple[int, ...]
    pass_mark: int


@dataclass(frozen=True, slots=True)
class Items:
    """Questions in order: label, share right (0 to 1 or None), discrimination (or None)."""

    title: str
    rows: tuple[tuple[str, float | None, float | None], ...]


Figure = Heat | Spread | Items
_KINDS: dict[str, type[Figure]] = {kind.__name__: kind for kind in (Heat, Spread, Items)}


def picture(figure: Figure) -> Picture:
    """Return the picture of a figure, its bytes still to be drawn."""
    return Picture(f"{CLASS}{type(figure).__name__}:{codec.dump(figure)}", _alt(figure))


def read(source: str) -> Figure:
    """Return the figure that a picture's source carries (without its CLASS)."""
    kind, _, data = source.partition(":")
    figure: Figure = codec.load(_KINDS[kind], data)
    return figure


def _alt(figure: Figure) -> str:
    match figure:
        case Heat():
            right = sum(marks.count(RIGHT) for _, marks in figure.rows)
            wrong = sum(marks.count(WRONG) for _, marks in figure.rows)
            return say(
                "admin.alt_heat",
                learners=len(figure.rows),
                questions=len(figure.columns),
                right=right,
                wrong=wrong,
            )
        case Spread():
            return " ".join(
                say(words, counts=_counted(counts))
                for words, counts in (
                    ("admin.alt_parts", figure.parts),
                    ("admin.alt_scores", figure.scores),
                )
                if counts
            )
        case Items():
            shares = ", ".join(
                f"{label} {'–' if share is None else f'{share:.0%}'}"
                for label, share, _ in figure.rows
            )
            return say("admin.alt_items", shares=shares)


def _counted(counts: tuple[int, ...]) -> str:
    return ", ".join(f"{value}: {many}" for value, many in enumerate(counts) if many) or "–"
