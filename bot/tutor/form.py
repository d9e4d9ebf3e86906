"""Whether a sentence has the form of the answer asked for: a reason, a date, a name, a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.tutor.compose import column_of
from bot.tutor.intent import Wants
from bot.tutor.number_guard import quantities
from bot.tutor.pieces import Kind
from bot.tutor.query import Query
from bot.tutor.sentences import Unit
from bot.tutor.words import alike, stems, words

CELL = 0.45  # what the row gains whose name and column a question gives
WARY = 0.3  # what it costs to tell only how something is often described

_CAUSE = re.compile(
    r"\b(?:because|since|so that|therefore|that is why|reason|in order to|due to|thus|"
    r"which is why|explanation|explains?)\b|"
    r", so\b|^(?:so|therefore)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b[A-Z][a-z]+ [A-Z][a-z]+\b|\bet al\b|\b(?:and (?:colleagues|co-authors)|researchers|project|"
    r"institute|university|introduced by|proposed by|by [A-Z]\w+|Labs|AI)\b|"
    r"\([A-Z][^()]{1,40}(?:19|20)\d\d\)"
)
_TIME = re.compile(r"\b(?:19|20)\d\d\b")
_EXAMPLE = re.compile(
    r"\b(?:for example|for instance|such as|suppose|example|e\.g|imagine|say,)\b", re.IGNORECASE
)
_CONTRAST = re.compile(
    r"\b(?:while|whereas|but|instead|unlike|rather than|than|in contrast|differs?|different|not|"
    r"both|extends|middle|times)\b",
    re.I,
)
_MEANS = re.compile(
    r"\b(?:by \w+ing|so that|cuts|keeps|computes|goes into|attends? to|overwrites?|compresses|"
    r"updates|"
    r"records|plans|replaces|instead of|step by step|first|share)\b",
    re.IGNORECASE,
)
_CAUTION = re.compile(
    r"\b(?:often|sometimes) (?:listed|given|quoted|dated|credited|described|called)\b"
)
_DEFINES = re.compile(
    r"\b(?:is|are|means|lets|stores|stands for|calls?|describes|combines|manages)\b"
)


def fit(asked: Query, unit: Unit) -> float:
    """Return how well a unit's form fits the kind of answer asked for: -0.4 to 1.2."""
    formed = _FIT.get(asked.asked.wants, _no_fit)(asked, unit)
    if _CAUTION.search(unit.text) and asked.asked.wants is not Wants.CHECK:
        formed -= WARY
    cell = asked.asked.wants is not Wants.HOW and unit.kind is Kind.ROW
    return formed + (CELL if cell and _looked_up(asked, unit) else 0.0)


def form_bonus(asked: Query, unit: Unit) -> float:
    """Return the part of a unit's score that no second unit can be measured by."""
    if unit.kind is Kind.ROW and _looked_up(asked, unit):
        return CELL
    return max(0.0, fit(asked, unit) - 0.45) if unit.kind is not Kind.SENTENCE else 0.0


def gives_reason(unit: Unit) -> bool:
    """Tell whether a unit gives a reason."""
    return bool(_CAUSE.search(unit.text))


def gives_date(unit: Unit) -> bool:
    """Tell whether a unit gives a year."""
    return bool(_TIME.search(unit.text))


def gives_example(unit: Unit) -> bool:
    """Tell whether a unit announces or gives an example."""
    return bool(_EXAMPLE.search(unit.text))


def contrasts(unit: Unit) -> bool:
    """Tell whether a unit sets one thing against another."""
    return bool(_CONTRAST.search(unit.text))


def _looked_up(asked: Query, unit: Unit) -> bool:
    """Tell whether a question names a row of a table and one of its columns."""
    key = stems(unit.cells[0])
    return (column_of(unit, asked) is not None and bool(key & (asked.names | asked.subject))) or (
        column_of(unit, asked) is not None
        and asked.held(key) > 0
        and key <= frozenset(asked.weights)
    )


def _no_fit(asked: Query, unit: Unit) -> float:
    return 0.0


def _fit_definition(asked: Query, unit: Unit) -> float:
    if unit.kind is Kind.TERM:
        return 0.8 * max(alike(form, asked.subject) for form in forms_of(unit.context))
    if unit.kind is Kind.FORMULA:
        return -0.2
    start = stems(" ".join(words(unit.text)[:8]))
    named = asked.subject <= start and bool(_DEFINES.search(unit.text[:120]))
    works = 0.12 if _CAUSE.search(unit.text) or _MEANS.search(unit.text) else 0.0
    return works + (0.3 if named and unit.kind is Kind.SENTENCE else 0.0)


def forms_of(name: str) -> list[frozenset[str]]:
    """Return the stems of each name of a key term: "KV cache", or "Reach (receptive field)"."""
    return [stems(form) for form in re.split(r"[(),]", name) if form.strip()] + [stems(name)]


def _fit_why(asked: Query, unit: Unit) -> float:
    if unit.kind in (Kind.TERM, Kind.FORMULA, Kind.LIST):
        return -0.25
    return 0.45 if _CAUSE.search(unit.text) else -0.2


def _fit_count(asked: Query, unit: Unit) -> float:
    stated = quantities(unit.text)
    if not stated:
        return -0.25
    counted = re.search(r"how (?:many|much) (\w+)", asked.asked.text, re.IGNORECASE)
    if counted and re.search(rf"\d (?:\w+ )?{re.escape(counted[1].rstrip('s'))}", unit.text, re.I):
        return 0.5
    if re.search(r"how (?:fast|quick)", asked.asked.text, re.IGNORECASE):
        return 0.3 if re.search(r"/s\b|\btimes\b|faster", unit.text) else -0.1
    ratio = re.search(
        r"factor|times|fewer|less|more|reduc|faster|save|speed", asked.asked.text, re.I
    )
    return 0.25 if ratio and any(one.unit == "×" for one in stated) else 0.15


def _fit_person(asked: Query, unit: Unit) -> float:
    return 0.45 if _PERSON.search(unit.text) else -0.35


def _fit_time(asked: Query, unit: Unit) -> float:
    return 0.45 if _TIME.search(unit.text) else -0.35


def _fit_list(asked: Query, unit: Unit) -> float:
    if unit.kind in (Kind.LIST, Kind.ROW):
        return 0.35 if asked.held(unit.around) >= 0.5 * asked.total else 0.15
    return 0.12 if unit.text.count(",") > 1 else 0.0


def _fit_how(asked: Query, unit: Unit) -> float:
    if unit.kind is Kind.ROW or _TIME.search(unit.text):
        return -0.15
    return 0.35 if _MEANS.search(unit.text) else 0.0


def _fit_check(asked: Query, unit: Unit) -> float:
    return 0.05 if re.search(r"\b(?:not|no|only|never)\b", unit.text) else 0.0


def _fit_formula(asked: Query, unit: Unit) -> float:
    return 0.6 if unit.kind is Kind.FORMULA else 0.0


def _fit_example(asked: Query, unit: Unit) -> float:
    example = _EXAMPLE.search(unit.text) or unit.kind is Kind.LIST
    return 0.25 if example or re.search(r"\b[Tt]asks? (?:where|in which)\b", unit.text) else 0.0


def _fit_comparison(asked: Query, unit: Unit) -> float:
    return 0.15 if _CONTRAST.search(unit.text) or unit.kind is Kind.ROW else 0.0


_FIT: Mapping[Wants, Callable[[Query, Unit], float]] = {
    Wants.DEFINITION: _fit_definition,
    Wants.WHY: _fit_why,
    Wants.COUNT: _fit_count,
    Wants.PERSON: _fit_person,
    Wants.TIME: _fit_time,
    Wants.LIST: _fit_list,
    Wants.HOW: _fit_how,
    Wants.CHECK: _fit_check,
    Wants.FORMULA: _fit_formula,
    Wants.EXAMPLE: _fit_example,
    Wants.COMPARISON: _fit_comparison,
}
