"""Choose, among ranked units, the few that together answer one question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.tutor.compose import LONGEST, size
from bot.tutor.corpus import Corpus
from bot.tutor.form import contrasts, form_bonus, gives_example, gives_reason
from bot.tutor.intent import Wants, content
from bot.tutor.pieces import Kind
from bot.tutor.query import Query
from bot.tutor.rank import Ranked
from bot.tutor.sentences import Unit
from bot.tutor.words import alike, stem, stems, words

MOST = 4
MOST_ROWS = 6
FOLLOWS = 0.2  # what a sentence gains that goes on where the last chosen one ended
NEW = 0.4  # what the rest of the question's words are worth that a sentence adds
DRAGS = 0.12  # what each sentence costs that must be said before it
SAME = 0.55  # two units that share more than this say the same
# How good a second sentence must be beside the first, and how many there may be.
_GOES_WITH = {
    Wants.PERSON: (1.0, 2),
    Wants.TIME: (1.0, 2),
    Wants.COUNT: (0.85, 2),
    Wants.FACT: (0.75, 3),
    Wants.CHECK: (0.88, 3),
    Wants.LIST: (0.85, 3),
    Wants.FORMULA: (0.8, 3),
    Wants.DEFINITION: (0.6, 3),
    Wants.WHY: (0.85, 3),
    Wants.HOW: (0.62, 4),
}
_OTHERWISE = (0.68, 4)


@dataclass(frozen=True, slots=True)
class _Pick:
    asked: Query
    ranked: Sequence[Ranked]
    corpus: Corpus
    said: Callable[[Unit], bool]


def choose(
    asked: Query,
    ranked: Sequence[Ranked],
    corpus: Corpus,
    said: Callable[[Unit], bool] = lambda unit: False,
    most: int = MOST,
) -> list[Unit]:
    """Return the units to say, in the order to say them; none if nothing new is left."""
    fresh = [one for one in ranked if not said(one.unit)]
    if not fresh:
        return []
    pick = _Pick(asked, fresh, corpus, said)
    if asked.asked.wants is Wants.COMPARISON:
        return _compared(pick) or _gathered(pick, most)
    if asked.asked.wants is Wants.LIST:
        return _listed(pick) or _gathered(pick, most)
    return _gathered(pick, most)


def _gathered(pick: _Pick, most: int) -> list[Unit]:
    """The best unit, then others that go on from it or add what it leaves out."""
    lead = pick.ranked[0]
    chosen = _whole(pick, lead.unit)
    chosen += _explained(pick, chosen)
    enough, limit = _GOES_WITH.get(pick.asked.asked.wants, _OTHERWISE)
    bar = enough * (lead.score - form_bonus(pick.asked, lead.unit))
    rest = [one for one in pick.ranked[1:] if one.unit not in chosen]
    while len(chosen) < min(limit, most) and rest:
        worth, best = max(
            ((_worth(one, chosen, pick), one) for one in rest), key=lambda pair: pair[0]
        )
        if worth < bar:
            break
        bundle = [unit for unit in _whole(pick, best.unit) if unit not in chosen]
        if size([*chosen, *bundle]) <= LONGEST and len(chosen) + len(bundle) <= most + 1:
            chosen += bundle
        rest = [one for one in rest if one is not best and one.unit not in chosen]
    return _ordered(chosen, lead.unit)


def _explained(pick: _Pick, chosen: Sequence[Unit]) -> list[Unit]:
    """The sentence after a bare claim, where a reason is asked for and the claim gives none."""
    if pick.asked.asked.wants is not Wants.WHY or any(gives_reason(unit) for unit in chosen):
        return []
    after = pick.corpus.following(chosen[-1])
    return [after] if after is not None and _follows(after, chosen) else []


def _worth(one: Ranked, chosen: Sequence[Unit], pick: _Pick) -> float:
    have = frozenset[str]().union(*(pick.corpus.of(unit) for unit in chosen))
    found = pick.corpus.of(one.unit)
    new = (pick.asked.held(have | found) - pick.asked.held(have)) / pick.asked.total
    same = max(_overlap(found, pick.corpus.of(unit)) for unit in chosen)
    follows = _follows(one.unit, chosen)
    wants = pick.asked.asked.wants
    example = wants is Wants.EXAMPLE and gives_example(one.unit)
    near = wants is not Wants.EXAMPLE or one.unit.where == chosen[0].where
    shares = near and one.cover >= 0.5 * pick.ranked[0].cover
    beside = one.unit.where == chosen[0].where and example
    if same > SAME or not (shares or follows or beside):
        return 0.0
    tells = wants is Wants.EXAMPLE or (wants is Wants.WHY and gives_reason(one.unit))
    gain = FOLLOWS * (2.5 if tells else 1.0)
    drags = sum(unit not in chosen for unit in _whole(pick, one.unit)[:-1])
    return (
        one.score
        - DRAGS * drags
        + (0.3 if beside else 0.0)
        + NEW * new
        + (gain if follows else 0.0)
        - 0.4 * same
    )


def _overlap(found: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the shorter unit the longer one says as well, or both share."""
    within = len(found & other) / max(1, min(len(found), len(other)))
    return max(alike(found, other), within - 0.2)


def _follows(unit: Unit, chosen: Sequence[Unit]) -> bool:
    return unit.kind is Kind.SENTENCE and not unit.opens and any(
        unit.where == other.where and unit.place == other.place + 1 for other in chosen
    )  # fmt: skip


def _whole(pick: _Pick, unit: Unit) -> list[Unit]:
    bundle = list(pick.corpus.bundle(unit))
    return bundle if size(bundle) <= LONGEST or unit.myth else [unit]


def _ordered(chosen: Sequence[Unit], lead: Unit) -> list[Unit]:
    """The lead's section first, in reading order; a key term before all."""
    places = list(dict.fromkeys(unit.where for unit in chosen))
    return sorted(
        chosen,
        key=lambda unit: (unit.kind is not Kind.TERM, unit.where != lead.where,
                          places.index(unit.where), unit.place),
    )  # fmt: skip


def _listed(pick: _Pick) -> list[Unit]:
    """All rows of the table, or the list with its lead-in, that answers best."""
    best = next((one.unit for one in pick.ranked[:12] if _is_list_of(one.unit, pick)), None)
    if best is None:
        return []
    if best.kind is Kind.LIST:
        return list(pick.corpus.bundle(best))
    table = [unit for unit in pick.corpus.by_section[best.where] if unit.header == best.header]
    values = [unit for unit in table if pick.asked.held(stems(" ".join(unit.cells))) > 0]
    whole = pick.asked.held(best.around) >= 0.6 * pick.asked.total
    return [unit for unit in (table if whole else values)[:MOST_ROWS] if not pick.said(unit)]


def _is_list_of(unit: Unit, pick: _Pick) -> bool:
    around = pick.asked.held(unit.around | pick.corpus.of(unit)) >= 0.6 * pick.asked.total
    return unit.kind in (Kind.ROW, Kind.LIST) and around


def _compared(pick: _Pick) -> list[Unit]:
    """A sentence on both sides, then rows of a table on both, or else one unit on each."""
    sides = [_side(side, pick.corpus) for side in pick.asked.asked.sides]
    together = _together(pick, sides)
    if together and together[0].kind is Kind.TERM:
        return together
    rows = list(_rows_of_both(pick, sides))
    if rows and all(_heads(rows[0].header[1:], side) for side in sides):
        return [*together, *rows]
    alone = [
        unit
        for place, side in enumerate(sides)
        for unit in _best_about(pick, side, sides[1 - place])
    ]
    if len(alone) < len(sides):
        return [*together, *rows]
    chosen = list(dict.fromkeys(alone))
    for more in (together, rows):
        both = list(dict.fromkeys([*more, *chosen] if more is together else [*chosen, *more]))
        chosen = both if size(both) <= LONGEST + 150 else chosen
    return chosen


def _together(pick: _Pick, sides: Sequence[frozenset[str]]) -> list[Unit]:
    """The best sentence that speaks of both sides, with what must be said with it."""
    for one in pick.ranked[:10]:
        held = pick.corpus.of(one.unit)
        plain = one.unit.kind is Kind.SENTENCE and not one.unit.myth and not one.unit.before
        both = one.unit.kind is Kind.TERM and all(side <= stems(one.unit.context) for side in sides)
        if both or ((plain and contrasts(one.unit)) and all(side <= held for side in sides)):
            return _whole(pick, one.unit)
    return []


def _best_about(pick: _Pick, side: frozenset[str], other: frozenset[str]) -> list[Unit]:
    """The best unit on one side alone: its key term, or a sentence that opens with it."""
    best: tuple[float, Unit] | None = None
    for one in pick.ranked:
        held = pick.corpus.of(one.unit)
        if not side <= held or other <= held or one.unit.kind is Kind.ROW or one.unit.myth:
            continue
        term = one.unit.kind is Kind.TERM and side <= pick.corpus.with_names(
            stems(one.unit.context)
        )
        opens = side <= pick.corpus.with_names(stems(one.unit.text[:60]))
        worth = one.score + (0.9 if term else 0.25 if opens else 0.0)
        if best is None or worth > best[0]:
            best = (worth, one.unit)
    return _whole(pick, best[1]) if best else []


def _rows_of_both(pick: _Pick, sides: Sequence[frozenset[str]]) -> Iterator[Unit]:
    """Yield the rows in which both sides are columns, or the row of each side in one table."""
    rows = [one.unit for one in pick.ranked if one.unit.kind is Kind.ROW]
    columns = [row for row in rows if all(_heads(row.header[1:], side) for side in sides)]
    if columns:
        yield from columns[:3]
        return
    for row in rows:
        table = [other for other in rows if other.where == row.where and other.header == row.header]
        firsts = [
            next((one for one in table if _heads(one.cells[:1], side)), None) for side in sides
        ]
        if all(firsts) and firsts[0] is not firsts[1]:
            yield from (one for one in firsts if one)
            return


def _heads(cells: Sequence[str], side: frozenset[str]) -> bool:
    return any(side <= {stem(word) for word in words(cell)} for cell in cells)


def _side(side: str, corpus: Corpus) -> frozenset[str]:
    found = {stem(word) for word in corpus.spelled(content(side))}
    named = corpus.with_names(found)
    short = {one for one, long in corpus.aliases if long <= found}
    return frozenset(short) or named
