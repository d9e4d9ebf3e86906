"""Judge one answer of the offline tutor: right, cited, and no number from nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.tutor.number_guard import unsupported
from bot.tutor.types import Answer, Exchange, Request, Role
from knowledge.models import Course

LONGEST = 950  # characters of an answer without a calculation, markers included
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was right about one answer; `wrong` says what was not."""

    right: bool
    cited: bool
    numbered: bool
    wrong: str = ""


def request(item: Mapping[str, Any]) -> Request:
    """Return the request that a question of the set stands for."""
    history = tuple(Exchange(question, answer) for question, answer in item.get("before", ()))
    lab = item.get("lab", "")
    return Request(item["text"], Role.LAB if lab else Role.ASK, lab, history)


def judge(item: Mapping[str, Any], answer: Answer, course: Course) -> Verdict:
    """Return whether an answer says what it must, and whether its citations and numbers hold."""
    wrong = _declined(item, answer) if "decline" in item else _said(item, answer)
    cited = _citations_hold(answer, course)
    evidence = [one.quote for one in answer.citations] + [_headers(course, answer), *answer.numbers]
    loose = () if answer.steps else unsupported(answer.text, evidence) if answer.covered else ()
    faults = [wrong, "" if cited else "a citation does not hold", f"loose {loose}" if loose else ""]
    return Verdict(not wrong, cited, not loose, "; ".join(filter(None, faults)))


def _declined(item: Mapping[str, Any], answer: Answer) -> str:
    if answer.covered or answer.on_subject:
        return "answered, and should not have"
    return "no section offered" if item["decline"] == "scope" and answer.nearest is None else ""


def _said(item: Mapping[str, Any], answer: Answer) -> str:
    if not answer.covered:
        return "declined, and should not have"
    missing = [want for want in item["say"] if not re.search(want, answer.text)]
    if missing:
        return f"does not say {missing}"
    wanted = item.get("section")
    if wanted and not any(one.section in wanted for one in answer.citations):
        return f"cites none of {wanted}"
    return "too long" if len(answer.text) > LONGEST and not answer.steps else ""


def _citations_hold(answer: Answer, course: Course) -> bool:
    """Every [n] has its citation, and every quote stands in the section that it names."""
    marks = {int(number) for number in _MARKER.findall(answer.text)}
    if marks != {one.number for one in answer.citations}:
        return False
    return all(
        _flat(one.quote) in _flat(_text(course, one.lesson, one.section))
        for one in answer.citations
    )


def _text(course: Course, slug: str, section: str) -> str:
    lesson = course.lesson(slug)
    if lesson is None:
        return ""
    found = lesson.section(section)
    if found is not None:
        return found.body
    return lesson.intro if section == "introduction" else "\n".join(t.meaning for t in lesson.terms)


def _headers(course: Course, answer: Answer) -> str:
    """The table headers of the cited sections: a row is read under them."""
    bodies = (_text(course, one.lesson, one.section) for one in answer.citations)
    return "\n".join(line for body in bodies for line in body.splitlines() if line.startswith("|"))


def _flat(text: str) -> str:
    return " ".join(text.split())
