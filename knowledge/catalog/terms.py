"""The key terms of a lesson: a list of `- **Term**: meaning`."""

from __future__ import annotations

import re

from knowledge.catalog.limits import MAX_MEANING, MAX_TERM
from knowledge.catalog.markdown import Part, plain
from knowledge.catalog.problems import Problems, quoted
from knowledge.models import Term

HEADING = "Key terms"

_ITEM = re.compile(r"[-*+]\s+\*\*(?P<name>.+?)(?::\*\*|\*\*\s*:)\s*(?P<meaning>\S.*)")


def read_terms(part: Part, file: str, problems: Problems) -> tuple[Term, ...]:
    """Return the terms below the heading "Key terms", in the order of the file."""
    items: list[tuple[int, str, list[str]]] = []
    for number, line in part.lines:
        item = _ITEM.fullmatch(line.rstrip())
        if item:
            items.append((number, plain(item["name"]), [item["meaning"]]))
        elif items and line[:1] in {" ", "\t"} and line.strip():
            items[-1][2].append(line.strip())
        elif line.strip():
            message = "this line is not a key term"
            problems.add(file, number, message, "write it as - **Term**: meaning")
    if not items:
        message = "this section has no terms"
        problems.add(file, part.line, message, "write - **Term**: meaning, or remove the heading")
    return _checked(items, file, problems)


def _checked(
    items: list[tuple[int, str, list[str]]], file: str, problems: Problems
) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    for number, name, lines in items:
        meaning = " ".join(lines)
        for what, text, limit in (("term", name, MAX_TERM), ("meaning", meaning, MAX_MEANING)):
            if len(text) > limit:
                message = f"the {what} has {len(text)} characters, and at most {limit} are allowed"
                problems.add(file, number, message, "shorten it")
        if name.casefold() in terms:
            problems.add(file, number, f"the term {quoted(name)} stands twice", "remove one")
        terms.setdefault(name.casefold(), Term(name, meaning))
    return tuple(terms.values())
