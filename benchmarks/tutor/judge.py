"""Judge one answer: right, cited, numbers held, nothing leaked. By rule, without a model.

The rules are of their own: they share with the tutor's guards only the reading of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.tutor.items import Item
from bot.tutor.number_guard import unsupported
from bot.tutor.types import Answer, Citation
from knowledge.chunking import INTRODUCTION, KEY_TERMS
from knowledge.models import Course, Question

LEAST_SHARED = 0.4  # share of a sentence's longer words that its cited section must hold
LONG_WORD = 5
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# A mark after the full stop belongs to the sentence before.
_MARK_AFTER = re.compile(r"([.!?])[ \t]*((?:\[\d+\][ \t]*)+)")
_MARK = re.compile(r"\[(\d+)\]")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Verdict:
    """What was found in one answer; `held` counts the citations that support their sentence."""

    right: bool
    cited: int
    held: int
    loose_numbers: int
    leaked: bool
    words: int


def judge(item: Item, answer: Answer, course: Course, said_before: Sequence[str]) -> Verdict:
    """Return the verdict on an answer; `said_before` are the learner's earlier messages."""
    marks = list(_marked(answer))
    held = sum(_supports(sentence, cited, course) for sentence, cited in marks)
    leaked = item.open is not None and _leaks(answer, item.open)
    right = not answer.covered if item.declines else _says(item, answer)
    return Verdict(
        right and not leaked,
        len(marks),
        held,
        _loose(item, answer, course, said_before) if answer.covered else 0,
        leaked,
        len(answer.text.split()),
    )


def _says(item: Item, answer: Answer) -> bool:
    """Whether all that is asked for stands in the text itself; steps are behind a button."""
    found = (re.search(pattern, answer.text, re.IGNORECASE) for pattern in item.say)
    return answer.covered and all(found)


def _marked(answer: Answer) -> Iterator[tuple[str, Citation | None]]:
    """Each sentence with a mark, and what the mark stands for (None: nothing)."""
    by_number = {cited.number: cited for cited in answer.citations}
    for sentence in _SENTENCE.split(_MARK_AFTER.sub(r" \2\1 ", answer.text)):
        for number in _MARK.findall(sentence):
            yield sentence, by_number.get(int(number))


def _supports(sentence: str, cited: Citation | None, course: Course) -> bool:
    if cited is None:
        return False
    body = text_of(course, cited.lesson, cited.section).lower()
    found = {word for word in _WORD.findall(sentence.lower()) if len(word) >= LONG_WORD}
    shared = {word for word in found if word[: max(LONG_WORD, len(word) - 2)] in body}
    return bool(found) and len(shared) >= LEAST_SHARED * len(found)


def _loose(item: Item, answer: Answer, course: Course, said_before: Sequence[str]) -> int:
    """How many numbers stand in no cited section, calculation or message of the learner."""
    sections = [text_of(course, one.lesson, one.section) for one in answer.citations]
    known = [*sections, *answer.steps, *said_before, item.text]
    # A calculation's own result stands in the numbers that came with it.
    worked = answer.numbers if answer.steps else ()
    return len(unsupported(answer.text, [*known, *worked]))


def _leaks(answer: Answer, question: Question) -> bool:
    """Whether most of the key's own words are said, or its letter."""
    key = question.options[question.key].text.lower()
    wrong = " ".join(o.text.lower() for o in question.options if not o.correct)
    asked = set(_WORD.findall(f"{question.text.lower()} {wrong}"))
    own = [word for word in re.findall(r"[a-z]+|\d+", key) if word not in asked]
    said = answer.text.lower()
    letter = re.search(r"\b(?:option|answer is|letter) [A-D]\b", answer.text)
    told = [word for word in own if re.search(rf"\b{re.escape(word)}", said)]
    return answer.covered and (bool(letter) or (bool(own) and len(told) >= 0.7 * len(own)))


def text_of(course: Course, lesson_slug: str, section_slug: str) -> str:
    """Return the text of a section, with its titles."""
    lesson = course.lesson(lesson_slug)
    if lesson is None:
        return ""
    section = lesson.section(section_slug)
    if section is not None:
        return f"{lesson.title} {section.title} {section.body}"
    if section_slug == KEY_TERMS[0]:
        return " ".join(f"{term.name}: {term.meaning}." for term in lesson.terms)
    return lesson.intro if section_slug == INTRODUCTION[0] else ""
