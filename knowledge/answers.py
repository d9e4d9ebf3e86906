"""Guess from a question's words what its answer must hold: a name, a date, a number, a reason."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAME = (  # a capital letter, but not that of a sentence's first small word
    r"(?!(?:An?|At|By|Each|For|From|He|In|It|Its|On|She|That|The|These|They|This|We|When|You)\b)"
    r"[A-Z][\w'’-]+"
)
_MADE = (
    r"\b(?:author|call|coin|creat|credit|design|develop|discover|found|introduc|invent|launch|made"
    r"|paper|present|propos|publish|releas|wr[io]t)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of answer: `asks` is searched in a question, `shows` in a sentence."""

    asks: re.Pattern[str]
    shows: re.Pattern[str]


def _kind(asks: str, shows: str, flags: int = 0) -> Kind:
    return Kind(re.compile(asks), re.compile(shows, flags))


# A sentence says who made something when it holds a name and either a maker's verb or a citation.
_KINDS = (
    _kind(
        r"\bwho(?:se|'?s|m)?\b|\bauthors?\b|\binvent"
        r"|\bwhich (?:company|lab|team|university|group)\b",
        rf"{_MADE}.*\b{_NAME}|\b{_NAME}.*{_MADE}|et al|and colleagues|{_NAME} (?:and|&) {_NAME}"
        rf"|\(.*{_NAME}.*\d{{4}}\)|\b[Ww]ho\b",
    ),
    _kind(
        r"\bwhen (?:was|were|did|is|has|does)\b|^when\b|\b(?:what|which) (?:year|month|date)\b",
        rf"\b(?:1\d|20)\d\d\b|\b(?:{_MONTHS}) \d|\b(?:after|before|once|if|until|as soon as)\b",
    ),
    _kind(
        r"\bhow (?:many|much|long|big|large|fast|far|deep|often|high|old|hot|cold|small|wide|tall"
        r"|heavy|quick)\b|\b(?:size|ratio|percent|number|cost|temp)",
        r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|double|twice|once)\b",
    ),
    _kind(
        r"\bwhy\b|\breason\b|\bhow come\b",
        r"\b(?:because|therefore|thus|so that|since|causes?|reason|that is why|due to)\b|: ",
        re.IGNORECASE,
    ),
    _kind(r"\bformula\b|\bequation\b", r" [=≈] "),
    _kind(
        r"\bexamples?\b|\bfor instance\b", r"\b(?:example|instance|such as|e\.g)\b", re.IGNORECASE
    ),
)
_COUNTED = re.compile(r"\bhow many (?:more |fewer |different )?([a-z]{3,})")
_DEFINED = re.compile(
    r"^(?:so |ok |and )?(?:what(?:'?s| is| are| does)|define|explain|meaning of)"
    r" (?:an? |the )?((?:[\w-]+ ){0,2}[\w-]+?)(?: mean| stand for)?\W*$"
)


@functools.lru_cache(maxsize=256)
def wanted(question: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns that a sentence with the answer should match; often none."""
    asked = question.casefold().strip()
    found = [kind.shows for kind in _KINDS if kind.asks.search(asked)]
    if counted := _COUNTED.search(asked):
        stem = re.escape(counted[1].rstrip("s"))
        found.append(re.compile(rf"\d[\d.,]*\W+(?:\w+\W+){{0,2}}{stem}", re.IGNORECASE))
    if defined := _DEFINED.search(asked):
        name = re.escape(defined[1].rstrip("s"))
        found.append(
            re.compile(
                rf"^\W*(?:an? |the )?{name}\w*(?: \([^)]*\))?"
                r"(?::| (?:is|are|means|lets?|stores?|keeps?|holds?)\b)",
                re.IGNORECASE,
            )
        )
    return tuple(found)


def share(text: str, patterns: tuple[re.Pattern[str], ...]) -> float:
    """Return the share of the patterns that a sentence matches; 0 if there are none."""
    return sum(bool(p.search(text)) for p in patterns) / len(patterns) if patterns else 0.0
