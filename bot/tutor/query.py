"""A question as weighted stems, read together with the question before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.tutor.corpus import Corpus
from bot.tutor.intent import Asked, Wants, content
from bot.tutor.wording import synonyms
from bot.tutor.words import stem

# "How big" asks for a number; the course need not say "big".
_SIZE_ASKED = re.compile(
    r"\bhow (?:big|large|long|high|wide|tall|small|many|much)\b", re.IGNORECASE
)
_DATE_WORDS = ("year", "month", "date", "come")
INHERITED = 0.45
SYNONYM = 0.8


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `weights`: each stem with its weight times its rarity.

    `kin` gives the stems that may stand in for another one; `names` are the proper names asked
    about; `pairs` the words that stand side by side, `focus` the first key term that it names;
    `dated` the stems that only ask for a date: "year", "introduced".
    """

    asked: Asked
    weights: Mapping[str, float]
    kin: Mapping[str, frozenset[str]]
    names: frozenset[str]
    subject: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    focus: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()

    @property
    def total(self) -> float:
        """The sum of all weights."""
        return sum(self.weights.values()) or 1.0

    def held(self, found: frozenset[str]) -> float:
        """Return the weight of the query's stems that a set of stems holds."""
        return sum(self._share(one, found) * weight for one, weight in self.weights.items())

    def _share(self, one: str, found: frozenset[str]) -> float:
        if one in found:
            return 1.0
        return SYNONYM if not found.isdisjoint(self.kin.get(one, ())) else 0.0


def query(asked: Asked, corpus: Corpus, before: str = "") -> Query:
    """Return what to look for; `before` is the learner's last question that had content."""
    own = _stems(_SIZE_ASKED.sub(" ", asked.text), corpus) or _stems(asked.text, corpus)
    weights = dict.fromkeys(own, 1.0)
    if before:
        inherited = _stems(before, corpus)
        if asked.wants is Wants.WHY and asked.leans:
            # "Why?" after a calculation asks for the rule, not for its numbers.
            named = {one for one in inherited if not any(map(str.isdigit, one))}
            inherited = frozenset(named) or inherited
        if asked.swaps and own & corpus.names:
            inherited -= corpus.names
        for one in inherited - own:
            weights[one] = 1.0 if not own or one in corpus.names else INHERITED
    rare = {one: weight * corpus.rarity(one) for one, weight in weights.items()}
    known = {one: weight for one, weight in rare.items() if weight}
    groups = synonyms()
    kin = {one: groups[one] - {one} for one in weights if one in groups}
    for one in weights:
        if one not in known and one in kin:
            known[one] = 2.0
    subject = _stems(asked.subject, corpus) if asked.subject else frozenset()
    beside = frozenset(pairwise(stem(word) for word in corpus.spelled(content(asked.text))))
    return Query(
        asked,
        known,
        kin,
        frozenset(known) & corpus.names,
        subject,
        beside,
        corpus.first_term(asked.text),
        frozenset(known) & _dating() if asked.wants is Wants.TIME else frozenset(),
    )


def _dating() -> frozenset[str]:
    made = stem("introduce")
    return synonyms().get(made, frozenset((made,))) | {stem(word) for word in _DATE_WORDS}


def unknown(asked: Asked, corpus: Corpus) -> tuple[str, ...]:
    """Return the content words of a question that the course does not have in any form."""
    return tuple(
        word
        for word in content(asked.text)
        if stem(word) not in synonyms()
        and not any(corpus.knows(part) for part in corpus.mended(word))
    )


def _stems(text: str, corpus: Corpus) -> frozenset[str]:
    found = {stem(word) for word in corpus.spelled(content(text))}
    return _shortened(corpus.with_names(found), found, corpus)


def _shortened(named: frozenset[str], found: Iterable[str], corpus: Corpus) -> frozenset[str]:
    """Keep the acronym instead of the words of a full name, so a long name weighs no more."""
    spelled: set[str] = set()
    for short, long in corpus.aliases:
        if short in named and long <= set(found):
            spelled |= long
    return named - spelled
