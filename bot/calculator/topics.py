"""What a sentence is about, and whether it asks for a number: words, not sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from bot.calculator.presets import topic_words

_MORE_LENGTH = re.compile(
    r"\b(?P<word>doubl|tripl|quadrupl|twice|halv|half)\w*"
    r"|(?<![\w.])(?P<times>\d{1,6}(?:\.\d+)?)\s?(?:x|×|times)"
    r"(?=\s+(?:the |as |longer|more|larger|bigger|context|length|sequence|tokens))"
    r"|\b(?:grew|grows?|increases?d?)\s(?:by )?(?P<grown>\d{1,6}(?:\.\d+)?)\s?(?:x|×|times|-fold)"
)
_LENGTH_WORD = re.compile(r"context|length|sequence|tokens|prompt|window|longer")
_FACTORS = {"doubl": "2", "tripl": "3", "quadrupl": "4", "twice": "2", "halv": "0.5", "half": "0.5"}


@dataclass(frozen=True, slots=True)
class Topics:
    """Which words of each kind a sentence has."""

    kv: bool = False
    score: bool = False
    attention: bool = False
    work: bool = False
    flops: bool = False
    memory: bool = False
    fit: bool = False
    speed: bool = False
    most: bool = False
    state: bool = False
    per_token: bool = False
    whole: bool = False
    prefill: bool = False
    share: bool = False
    weights: bool = False
    unwindowed: bool = False
    reach: bool = False
    half: bool = False
    paging: bool = False
    each_number: bool = False
    grouping: bool = False
    mha: bool = False
    gqa: bool = False
    mqa: bool = False
    int8: bool = False
    int4: bool = False
    quantised: bool = False
    times: bool = False
    saving: bool = False
    growth: bool = False
    quantity: bool = False
    why: bool = False
    concept: bool = False
    claim: bool = False
    quality: bool = False
    follow: bool = False

    @property
    def technique(self) -> bool:
        """Whether a technique that shrinks the cache is named."""
        return self.mha or self.gqa or self.mqa or self.int8 or self.int4 or self.quantised

    @property
    def explains(self) -> bool:
        """Whether the sentence asks for a reason or a meaning rather than a number."""
        return self.why and not self.quantity


def topics(text: str) -> Topics:
    """Return what `text` is about."""
    plain = " ".join(text.lower().split())
    return Topics(**{name: bool(rule.search(plain)) for name, rule in topic_words().items()})


def joined(new: Topics, old: Topics) -> Topics:
    """Return the topics of a follow-up: its own, and the subject of the question before it.

    The techniques and the grammar are the follow-up's alone.
    """
    subject = ("kv", "score", "attention", "work", "flops", "memory", "saving", "times", "share",
               "per_token")  # fmt: skip
    kept = {name: True for name in subject if getattr(old, name)}
    own = {f.name: getattr(new, f.name) for f in fields(Topics)}
    return Topics(**{**own, **kept})


def length_factor(text: str) -> str:
    """Return by how much the text makes the context longer ("2" for "double"), or ""."""
    plain = text.lower()
    found = _MORE_LENGTH.search(plain)
    if not found or not _LENGTH_WORD.search(plain):
        return ""
    return found["times"] or found["grown"] or _FACTORS[found["word"]]


def without_factor(text: str) -> str:
    """Return the text without what makes the context longer."""
    return _MORE_LENGTH.sub(" ", text)
