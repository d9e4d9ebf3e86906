"""What a question wants: a definition, a reason, a comparison, a number, a name or a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.tutor.wording import cues
from bot.tutor.words import stopwords, words

LONGEST_SWAP = 8  # words of "and what about …?"
LONGEST_SUBJECT = 6  # words of what a definition is asked of
LONGEST_NAME = 4  # words of a message that is a name alone
BOTH = 2  # sides of a comparison


class Wants(StrEnum):
    """The kind of answer that a question asks for."""

    DEFINITION = "definition"
    WHY = "why"
    COMPARISON = "comparison"
    COUNT = "count"
    PERSON = "person"
    TIME = "time"
    LIST = "list"
    HOW = "how"
    CHECK = "check"
    FORMULA = "formula"
    EXAMPLE = "example"
    MORE = "more"
    SIMPLER = "simpler"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is understood. `subject`: what a definition is asked of.

    `sides`: what a comparison compares. `leans`: the question says nothing without the one
    before it ("why?", "and MQA?"). `swaps`: it asks the same of something else ("what about X?").
    """

    text: str
    wants: Wants
    subject: str = ""
    sides: tuple[str, ...] = ()
    leans: bool = False
    swaps: bool = False


_LEAD = re.compile(
    r"^(?:(?:hi|hey|hello|ok(?:ay)?|so|well|please|pls|plz|um+|hmm+|thanks|sorry|and|but|now|right|"
    r"quick question|question|also|then|next|first|secondly|tutor|bot|dear \w+)\b[\s,:;.!–—-]*|"
    r"(?:can|could|would|will) (?:you|u) (?:please |kindly |maybe )?(?=\w+ )|(?:please|kindly) |"
    r"i(?:'d| would) (?:like|love|want) (?:you )?to (?:know|understand|learn|ask)?\s*|"
    r"i (?:want|need) (?:you )?to (?:know|understand|learn)\s*|(?:tell|remind) me (?:please )?|"
    r"do you know |i wonder(?:ed)? |i was wondering |any idea |explain (?:to me )?(?=(?:why|how|"
    r"what)\b))",
    re.IGNORECASE,
)
_THE = re.compile(
    r"^(?:the|a|an|this|that|term|concept(?: of)?|meaning of|word|phrase|idea of|notion of)\s+",
    re.I,
)
_SWAP = re.compile(
    r"^(?:(?:and|but|ok|so)\s+)*(?:what|how) about\s+(?P<x>.+)$|^and (?:for |with |in |"
    r"of )?(?!(?:how|what|why|when|who|which|where|is|are|does|do|did|can)\b)"
    r"(?P<y>[^?]{1,40}\??)$",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:difference|differences|distinction|compare|comparison|contrast|choose|choice|"
    r"trade-?offs?)\s+"
    r"(?:\w+\s+){0,2}?(?:between|of|with)?\s*(?P<a>[^?,.;]+?)\s+(?:and|vs\.?|versus|with|to|"
    r"against|from|or)\s+"
    r"(?P<b>[^?,;]+)"
    r"|(?P<a2>[^?,;]+?)\s+(?:vs\.?|versus)\s+(?P<b2>[^?,;]+)"
    r"|how (?:do|does|is|are)\s+(?P<a3>[^?,;]+?)\s+(?:differs?|different|compares?|"
    r"compared)\s*(?:from|to|with|and)?\s+"
    r"(?P<b3>[^?,;]+)"
    r"|what (?:makes|distinguishes|separates)\s+(?P<a4>[^?,;]+?)\s+(?:different|"
    r"distinct)?\s*from\s+(?P<b4>[^?,;]+)"
    r"|how (?:do|are|is|does)\s+(?P<a5>[^?,;]+?)\s+and\s+(?P<b5>[^?,;]+?)\s+(?:differ|different|"
    r"compare|related)\b"
    r"|(?:is|are|does|which is)\s+(?:\w+\s+)?(?:better|cheaper|faster|slower|smaller|"
    r"larger)[,:]?\s+"
    r"(?P<a6>[^?,;]+?)\s+or\s+(?P<b6>[^?,;]+)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"^(?:wh?[au]t(?:'s| is| are| was| were|s| r)|wh?at do(?:es)? (?:the )?(?:term |"
    r"word )?(?P<mid>.+?) (?:mean|stand for|refer to)|"
    r"what(?:'s| is) meant by|what (?P<end>[^?]{2,50}?) (?:is|are|means?|stands for)(?=\?*$)|"
    r"define|definition of|meaning of|describe|explain|who or what is|what exactly (?:is|"
    r"are))\s*(?P<x>.*)$",
    re.IGNORECASE,
)


def understand(text: str) -> Asked:
    """Return what one question wants; `text` is clean and on one line."""
    bare = strip_lead(text)
    swap = _SWAP.match(text.strip()) if len(words(text)) <= LONGEST_SWAP else None
    if swap:
        thing = (swap["x"] or swap["y"]).strip(" ?.!")
        return Asked(thing, Wants.FACT, subject=thing, swaps=True, leans=True)
    leans = not content(bare)
    pair = _PAIR.search(bare)
    if pair and not leans:
        sides = tuple(_name(side) for side in pair.groups() if side)
        if len(sides) == BOTH and all(content(side) for side in sides):
            return Asked(bare, Wants.COMPARISON, sides=sides)
    wants = next((Wants(wants) for wants, cue in cues() if cue.search(bare)), None)
    if wants in (None, Wants.LIST, Wants.CHECK):
        subject = _defined(bare)
        if subject and wants is None:
            return Asked(bare, Wants.DEFINITION, subject=subject, leans=leans)
    return Asked(bare, wants or Wants.FACT, leans=leans)


def strip_lead(text: str) -> str:
    """Return a question without greetings and polite openings."""
    bare, before = text.strip(), ""
    while bare != before:
        before = bare
        bare = _LEAD.sub("", bare).strip()
    return bare or text.strip()


def content(text: str) -> list[str]:
    """Return the content words of a text, in order."""
    return [word for word in words(text) if word not in stopwords()]


def _name(side: str) -> str:
    return _THE.sub("", side.strip(" ?.!\"'`")).strip()


def _defined(text: str) -> str:
    """Return what a definition is asked of, or nothing: "what is X", "define X", or X alone."""
    match = _DEFINITION.match(text)
    if match:
        subject = _name(match["mid"] or match["end"] or match["x"] or "")
        plain = len(words(subject)) <= LONGEST_SUBJECT and not re.search(
            r"\b(?:of|for|by|when|if|that|in)\b", subject
        )
        return subject if plain else ""
    bare = _name(text)
    return bare if 0 < len(words(bare)) <= LONGEST_NAME else ""
