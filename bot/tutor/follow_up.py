"""A question that makes the learner think on, drawn from the section that was just used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.tutor.corpus import Corpus
from bot.tutor.pieces import Kind
from bot.tutor.query import Query
from bot.tutor.sentences import Unit
from bot.tutor.wording import say
from bot.tutor.words import stems
from knowledge.chunking import KEY_TERMS

COLUMNS = 3  # of a table whose rows can be set against each other
LONG_ENOUGH = 3  # letters of a key term worth asking about
SHORT_CELL = 60  # characters; a longer cell reads badly inside a question

_CLAIM = re.compile(
    r"^(?:it is (?:often|also|sometimes|easy|tempting|common)(?: to)? (?:said|think|say|believe|"
    r"assume) that|"
    r"a common mistake is to think that)\s+(?P<claim>.+)\.$",
    re.IGNORECASE,
)
# A column that only says where something comes from has no reason to ask for.
_ORIGIN = re.compile(r"from|to|examples?|used by|by|year|source|paper|date", re.IGNORECASE)
_REASONED = re.compile(r"^(?P<claim>[^,;:]{20,120}), because ")
_SYMBOL = re.compile(
    r"(?:^Here |^In this formula |, |and )(?P<symbol>[A-Za-zΔφ][\w₀-₉ₖ]{0,7}) "
    r"(?:is|are|says) (?P<meaning>(?:the|a|an) [^,.()]+?)(?=,| and [A-Za-z_\w]{1,8} (?:is|are)|"
    r"\.| \()"
)


def follow_up(used: Sequence[Unit], asked: Query, corpus: Corpus, turn: int, seed: str) -> str:
    """Return a question about the section of `used`, or nothing; `turn` makes talks vary."""
    if not used:
        return ""
    siblings = _section(used, asked, corpus)
    found = list(dict.fromkeys(_candidates(siblings, used, asked, corpus, seed)))
    return found[turn % len(found)] if found else ""


def _section(used: Sequence[Unit], asked: Query, corpus: Corpus) -> tuple[Unit, ...]:
    """The section that was used; for a key term, the one of its lesson that says most of it."""
    where = next((unit.where for unit in used if unit.where[1] != KEY_TERMS[0]), None)
    if where is None:
        lesson = used[0].lesson
        mine = [
            unit for unit in corpus.units if unit.lesson == lesson and unit.where[1] != KEY_TERMS[0]
        ]
        where = max(
            mine, key=lambda unit: asked.held(unit.around) + asked.held(corpus.of(unit))
        ).where
    return corpus.by_section[where]


def _candidates(
    siblings: Sequence[Unit], used: Sequence[Unit], asked: Query, corpus: Corpus, seed: str
) -> Iterator[str]:
    yield from _myths(siblings, used, asked, corpus, seed)
    yield from _reasons(siblings, used, asked, corpus, seed)
    yield from _contrasts(siblings, used, asked, corpus, seed)
    yield from _doubled(siblings, seed)
    yield from _terms(siblings, asked, corpus, seed)
    yield from _next(siblings, corpus, seed)


def _myths(
    siblings: Sequence[Unit], used: Sequence[Unit], asked: Query, corpus: Corpus, seed: str
) -> Iterator[str]:
    for unit in siblings:
        claim = _CLAIM.match(unit.text)
        if unit.myth and claim and unit not in used and asked.held(corpus.of(unit)) > 0:
            yield say("think.myth", seed, claim=claim["claim"])


def _reasons(
    siblings: Sequence[Unit], used: Sequence[Unit], asked: Query, corpus: Corpus, seed: str
) -> Iterator[str]:
    """What the section gives a reason for, without the reason."""
    for unit in sorted(siblings, key=lambda unit: -asked.held(corpus.of(unit))):
        claim = _REASONED.match(unit.text)
        told = unit in used or unit.before or unit.myth
        if claim and not told and asked.held(stems(claim["claim"])) > 0:
            yield say("think.reason", seed, claim=claim["claim"])
            return


def _contrasts(
    siblings: Sequence[Unit], used: Sequence[Unit], asked: Query, corpus: Corpus, seed: str
) -> Iterator[str]:
    """Two rows of a table that differ in a column: the learner is asked for the reason."""
    rows = [unit for unit in siblings if unit.kind is Kind.ROW and len(unit.cells) >= COLUMNS]
    for row in sorted(rows, key=lambda unit: -asked.held(stems(unit.cells[0]))):
        if asked.held(stems(row.cells[0])) <= 0 or row.cells[0][:1].isdigit():
            return
        for other in rows:
            column = _differs(row, other)
            if other.header == row.header and other not in used and column:
                name = row.header[column].rstrip("?")
                yield say("think.contrast", seed, a=row.cells[0], b=other.cells[0], column=name)
                break


def _differs(row: Unit, other: Unit) -> int:
    for column in range(1, min(len(row.cells), len(other.cells))):
        a, b = row.cells[column], other.cells[column]
        if (
            not _ORIGIN.fullmatch(row.header[column])
            and a != b
            and max(len(a), len(b)) <= SHORT_CELL
        ):
            return column
    return 0


def _doubled(siblings: Sequence[Unit], seed: str) -> Iterator[str]:
    for unit in siblings:
        if unit.kind is not Kind.FORMULA or "\n" in unit.quote or unit.place + 1 >= len(siblings):
            continue
        for found in _SYMBOL.finditer(siblings[unit.place + 1].text):
            symbol = found["symbol"]
            right = unit.quote.rpartition("=")[2]
            if re.search(rf"(?<!\w){re.escape(symbol)}(?!\w)", right):
                yield say("think.double", seed, formula=unit.quote, symbol=symbol,
                          meaning=found["meaning"])  # fmt: skip
                break


def _terms(siblings: Sequence[Unit], asked: Query, corpus: Corpus, seed: str) -> Iterator[str]:
    """Two key terms that the section uses, one of which was asked about."""
    lesson = corpus.course.lesson(siblings[0].lesson)
    text = " ".join(unit.text for unit in siblings).lower()
    names = [re.sub(r" \(.*\)$", "", term.name) for term in (lesson.terms if lesson else ())]
    used = [name for name in names if name.lower() in text and len(name) >= LONG_ENOUGH]
    about = [name for name in used if asked.held(stems(name)) > 0]
    others = [name for name in used if name not in about]
    if about and others:
        best = max(about, key=lambda name: asked.held(stems(name)))
        yield say("think.terms", seed, a=best, b=others[len(seed) % len(others)])


def _next(siblings: Sequence[Unit], corpus: Corpus, seed: str) -> Iterator[str]:
    lesson = corpus.course.lesson(siblings[0].lesson)
    slugs = [section.slug for section in lesson.sections] if lesson else []
    here = slugs.index(siblings[0].section) if siblings[0].section in slugs else -1
    if lesson and here + 1 < len(slugs):
        yield say("think.next", seed, section=lesson.sections[here + 1].title)
