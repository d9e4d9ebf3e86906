"""Read the `asked.toml` of a lesson: how people ask for what it teaches."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.asks import Part, holding
from knowledge.catalog.limits import MAX_ABOUT, MAX_ASKS, MAX_WAY, MAX_WAYS
from knowledge.catalog.problems import counted, quoted
from knowledge.catalog.tables import Table
from knowledge.models import Ask


def read_asks(file: Table, among: Sequence[Part] | None) -> tuple[Ask, ...]:
    """Return the asks of a lesson; `among` are its parts, None if it could not be read."""
    taken: dict[str, str] = {}
    return tuple(_ask(table, among, taken) for table in file.all_tables("ask", MAX_ASKS))


def _ask(table: Table, among: Sequence[Part] | None, taken: dict[str, str]) -> Ask:
    ask = Ask(table.text("about", MAX_ABOUT), table.texts("ways", MAX_WAYS, MAX_WAY))
    if not ask.ways and table.values.get("ways", []) == []:
        table.complain("it has no way of asking", 'add ways = ["…"]', "ways")
    table.refuse_unknown_keys()
    if ask.about and among is not None:
        _check_place(table, ask.about, among)
    for index, way in enumerate(ask.ways):
        folded = " ".join(way.casefold().split())
        if folded and folded in taken:
            message = f"{quoted(way)} stands in {taken[folded]} already"
            table.complain(message, "keep it where it is answered best", "ways", index)
        taken.setdefault(folded, table.name)
    return ask


def _check_place(table: Table, about: str, among: Sequence[Part]) -> None:
    count = len(holding(about, among))
    if count == 0:
        message = f"no part of the lesson holds {quoted(about)}"
        remedy = "copy words of one sentence, list item, formula or table row"
        table.complain(message, remedy, "about")
    elif count > 1:
        message = f"{counted(count, 'part')} of the lesson hold {quoted(about)}"
        table.complain(message, "copy more words of the one that is meant", "about")
