"""Choose the units that answer a question and write them down with their citations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.tutor.corpus import Corpus
from bot.tutor.intent import Wants
from bot.tutor.number_guard import unsupported
from bot.tutor.pieces import Kind, row_in_words
from bot.tutor.query import Query
from bot.tutor.sentences import Unit
from bot.tutor.types import Citation
from bot.tutor.words import stems

LONGEST = 700  # characters of an answer, unless one sentence and its correction are longer


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's text, what it cites and the units it says."""

    text: str
    citations: tuple[Citation, ...]
    units: tuple[Unit, ...]


def write(chosen: Sequence[Unit], asked: Query, corpus: Corpus, first: int = 1) -> Written:
    """Return units as running text, rows and lists as bullets, each with its [n] from `first`.

    A unit whose numbers do not all stand in what it quotes is left out.
    """
    lines: list[tuple[str, bool]] = []
    citations: list[Citation] = []
    said: list[Unit] = []
    bulleted = sum(unit.kind is Kind.ROW for unit in chosen) > 1
    lead = ""
    for unit in chosen:
        text = _told(unit, asked)
        if unsupported(text, (unit.quote, " ".join(unit.header), unit.context)):
            continue
        said.append(unit)
        if text.endswith(":") and unit is not chosen[-1]:
            lead = f"{lead} {text}".strip()
            continue
        if said[:-1] and citations and not lead and _runs_on(said[-2], unit, corpus):
            last = citations[-1]
            citations[-1] = replace(last, quote=f"{last.quote} {unit.quote}")
        else:
            citations.append(_cite(unit, first + len(citations)))
        row = bulleted and unit.kind is Kind.ROW
        told = f"{lead} {text}".strip()
        lines.append((f"{told} [{citations[-1].number}]", row))
        lead = ""
    return Written(_joined(lines), tuple(citations), tuple(said))


def size(chosen: Collection[Unit]) -> int:
    """Return about how long units are when written down, in characters."""
    return sum(len(unit.text) + 5 for unit in chosen)


def _cite(unit: Unit, number: int) -> Citation:
    return Citation(
        number, unit.lesson, unit.section, unit.lesson_title, unit.section_title, unit.quote
    )


def _runs_on(before: Unit, unit: Unit, corpus: Corpus) -> bool:
    """Tell whether one sentence follows the other in one paragraph, so one quote holds both."""
    plain = before.kind is unit.kind is Kind.SENTENCE and before.where == unit.where
    return plain and unit.place == before.place + 1 and corpus.adjoin(before, unit)


def _told(unit: Unit, asked: Query) -> str:
    if unit.kind is not Kind.ROW:
        return unit.text
    column = None if asked.asked.wants is Wants.COMPARISON else column_of(unit, asked)
    return row_in_words(unit.header, unit.cells, column)


def column_of(unit: Unit, asked: Query) -> int | None:
    """Return the one column of a row that a question asks for, or None for the whole row."""
    held = [asked.held(stems(name)) for name in unit.header]
    best = max(range(1, len(held)), key=held.__getitem__)
    rivals = [held[i] for i in range(1, len(held)) if i != best]
    # A question may name a value instead ("which pattern is O(n)?"): then the row is said whole.
    values = asked.held(
        stems(" ".join(unit.cells[1:])) - stems(" ".join((unit.cells[0], unit.cells[best])))
    )
    clear = held[best] > values and all(held[best] > rival for rival in rivals)
    return best if clear else None


def _joined(lines: Sequence[tuple[str, bool]]) -> str:
    text = ""
    for line, row in lines:
        if row:
            text += f"\n- {line}" if text else f"- {line}"
        else:
            gap = "\n\n" if text.rpartition("\n")[2].startswith("- ") else " "
            text += f"{gap}{line}" if text else line
    return text
