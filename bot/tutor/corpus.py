"""What the offline tutor knows of a course before any question: units, words, names, rarity."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from bot.tutor.sentences import Unit, units
from bot.tutor.wording import shortened
from bot.tutor.words import mend, pairs, parts, stem, stems, stopwords, words
from knowledge.models import Course

_ACRONYM_AFTER = re.compile(r"((?:[A-Za-z]+[- ]){1,5}[A-Za-z]+) \(([A-Z]{2,6})s?\b")
_ACRONYM_BEFORE = re.compile(r"\b([A-Z]{2,6}) \(([A-Za-z][A-Za-z -]+)\)")
_NAME = re.compile(r"(?<=[a-z,;:(] )[A-Z][\w-]*|\b[A-Z]{2,}s?\b|\b[A-Z][a-z]+[A-Z]\w*")
_PLAIN = re.compile(r"\b[a-z]+\b")
SHORTEST_TERM = 3  # letters of a key term that is looked for in a question
SHORTEST_HALF = 2


class Corpus:
    """The units of one course with the means to compare a question with them."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.units = units(course)
        self.by_section: Mapping[tuple[str, str], tuple[Unit, ...]] = self._sections()
        self._pairs: dict[Unit, frozenset[tuple[str, str]]] = {}
        self._words = Counter(word for unit in self.units for word in _all_words(unit))

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word of the course, the most frequent first."""
        return tuple(word for word, _ in self._words.most_common())

    @cached_property
    def aliases(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Each acronym's stem with the stems of its full name."""
        text = "\n".join(f"{unit.context} {unit.text}" for unit in self.units)
        pairs = [(short, long) for long, short in _ACRONYM_AFTER.findall(text)]
        pairs += _ACRONYM_BEFORE.findall(text)
        found = {}
        for short, long in pairs:
            name = _initialled(short, long)
            if name:
                found[stem(short.lower())] = stems(name)
        return tuple(found.items())

    @cached_property
    def names(self) -> frozenset[str]:
        """The stems of proper names and acronyms: what a question can be about."""
        text = "\n".join(unit.text for unit in self.units)
        capital = Counter(stem(word) for name in _NAME.findall(text) for word in words(name))
        plain = Counter(stem(word) for word in _PLAIN.findall(text))
        return frozenset(one for one, count in capital.items() if count >= plain[one])

    def first_term(self, text: str) -> frozenset[str]:
        """Return the stems of the key term that a text names first, the longest one there."""
        flat = " ".join(words(text))
        names = (name for name in self._term_names if len(name) >= SHORTEST_TERM)
        found = [(flat.find(name), -len(name), name) for name in names]
        places = [one for one in found if one[0] >= 0 and f" {one[2]}" in f" {flat}"]
        return self.with_names(stems(min(places)[2])) if places else frozenset()

    @cached_property
    def _term_names(self) -> tuple[str, ...]:
        names = (term.name for lesson in self.course.lessons for term in lesson.terms)
        return tuple({re.sub(r" \(.*\)$", "", name).lower() for name in names})

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(one for unit in self.units for one in self.of(unit))

    @cached_property
    def _stems_of(self) -> dict[int, frozenset[str]]:
        return {id(unit): self.with_names(stems(parts(unit.text)) | unit.stems)
                for unit in self.units}  # fmt: skip

    def of(self, unit: Unit) -> frozenset[str]:
        """Return a unit's stems, with the acronym of every full name and the parts of joins."""
        return self._stems_of[id(unit)]

    def read_with(self, unit: Unit) -> frozenset[str]:
        """Return a unit's stems and those of what must be said before it."""
        siblings = self.by_section[unit.where]
        led = siblings[unit.place - unit.before : unit.place]
        return self.of(unit).union(*(self.of(other) for other in led))

    def opener(self, unit: Unit) -> Unit:
        """Return the unit that must be said first when this one is said."""
        return self.by_section[unit.where][unit.place - unit.before]

    def following(self, unit: Unit) -> Unit | None:
        """Return the next unit of its section, or None at the end."""
        siblings = self.by_section[unit.where]
        return siblings[unit.place + 1] if unit.place + 1 < len(siblings) else None

    def opening_term(self, unit: Unit) -> frozenset[str]:
        """Return the stems of the longest key term that a unit opens with, or none."""
        text = unit.text.lower().lstrip("*")
        names = (name for name in self._term_names if text.startswith(name))
        return self.with_names(stems(max(names, key=len, default="")))

    def rarity(self, one: str) -> float:
        """Return how telling a stem is: about 0.7 for one in every unit, 0 for an unknown one."""
        seen = self._frequency[one]
        return math.log(1 + len(self.units) / seen) if seen else 0.0

    @property
    def rarest(self) -> float:
        """The rarity of a stem that stands in a single unit."""
        return math.log(1 + len(self.units))

    def knows(self, word: str) -> bool:
        """Tell whether a word or one of its forms stands in the course."""
        return word in self._words or bool(self._frequency[stem(word)])

    def with_names(self, found: Iterable[str]) -> frozenset[str]:
        """Add the acronym of every full name that a set of stems contains."""
        held = frozenset(found)
        return held | {short for short, long in self.aliases if long <= held}

    def spelled(self, found: Sequence[str]) -> list[str]:
        """Return a learner's words as the course spells them.

        Short forms are written out, typos mended, words cut in two where a space is missing
        ("kvcache") and joined where there is one too many ("flash attention").
        """
        whole = [part for word in found for part in self.mended(word)]
        spelled: list[str] = []
        for word in whole:
            # The 2 and the 7B of "Llama 2 7B" are two numbers and no 27B.
            numbers = spelled and any(c.isdigit() for c in spelled[-1]) and word[:1].isdigit()
            if spelled and not numbers and f"{spelled[-1]}{word}" in self._words:
                spelled[-1] += word
            else:
                spelled.append(word)
        return spelled

    def mended(self, word: str) -> tuple[str, ...]:
        """Return one of a learner's words as the course spells it, in parts if it is several."""
        if word in shortened():
            return tuple(words(shortened()[word]))
        if self.knows(word):
            return (word,)
        lettered = re.fullmatch(r"([a-z]+)(\d+)", word)
        cuts = (
            [len(lettered[1])] if lettered else range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        )
        for cut in cuts:
            if word[:cut] in self._words and word[cut:] in self._words:
                return (word[:cut], word[cut:])
        return (mend(word, self.vocabulary),)

    def pairs(self, unit: Unit) -> frozenset[tuple[str, str]]:
        """Return the stems that stand next to each other in a unit."""
        if unit not in self._pairs:
            self._pairs[unit] = pairs(unit.text)
        return self._pairs[unit]

    def adjoin(self, before: Unit, unit: Unit) -> bool:
        """Tell whether one sentence directly follows the other in the course's text."""
        return f"{before.quote} {unit.quote}" in self._text(before.where)

    def bundle(self, unit: Unit) -> tuple[Unit, ...]:
        """Return a unit with all that must be said before and after it, in order."""
        siblings = self.by_section[unit.where]
        first = unit.place - unit.before
        last = unit.place
        # A correction that is dragged in by its neighbour may itself lead on.
        while last < len(siblings) - 1 and _leads_on(siblings[first : last + 1], last - first):
            last += 1
        return siblings[first : last + 1]

    def _text(self, where: tuple[str, str]) -> str:
        lesson = self.course.lesson(where[0])
        section = lesson.section(where[1]) if lesson else None
        return " ".join(section.body.split()) if section else ""

    def _sections(self) -> dict[tuple[str, str], tuple[Unit, ...]]:
        grouped: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in self.units:
            grouped[unit.where].append(unit)
        return {where: tuple(found) for where, found in grouped.items()}


def _leads_on(chain: tuple[Unit, ...], reached: int) -> bool:
    return any(place + unit.after > reached for place, unit in enumerate(chain))


def _all_words(unit: Unit) -> Iterable[str]:
    return (word for word in words(f"{unit.text} {unit.context} {unit.section_title}")
            if word not in stopwords() or word.isdigit())  # fmt: skip


def _initialled(short: str, long: str) -> str:
    """Return the words of a full name whose initials spell an acronym, or nothing."""
    found = re.findall(r"[A-Za-z]+", long)
    for start in range(len(found)):
        name = found[start:]
        if "".join(word[0] for word in name).lower() == short.lower():
            return " ".join(name)
    return ""
