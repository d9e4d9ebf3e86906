"""Take over a model's wording of a question where the learner's own was not found in the course."""

from __future__ import annotations

import re

from bot.tutor.corpus import Corpus
from bot.tutor.intent import content
from bot.tutor.model.rewrite import LONGEST, first_line
from bot.tutor.words import stem, stems, stopwords, words
from knowledge.retrieve import Found

WEAK = 0.65  # confidence of a search below which a question is looked up in other words as well
SURE = 0.8  # confidence that another wording must reach
PLACES = 4  # sections among which the learner's own words must have found the same one
OTHER_WORDS = 3  # words of a message that are enough to tell that none is the course's
SHORTEST_NAME = 2  # letters; the O of O(n) is none
_AMOUNT = re.compile(r"\d+[a-z]?")  # 32768, 32k, 70b
_NUMBER = re.compile(r"\d+")


def strange(text: str, corpus: Corpus) -> bool:
    """Tell whether no word of a message is one of the course or of its language."""
    said = [word for word in words(text) if not word.isdigit()]
    known = any(word in stopwords() or corpus.knows(word) for word in said)
    return len(said) >= OTHER_WORDS and not known


def restated(written: str, text: str, corpus: Corpus) -> str:
    """Return a model's wording of a question, or nothing where it may not stand in for it.

    Each of its words must be the course's: so nothing comes in that the course does not have. Its
    numbers must be those of the message, and the names that the message gives must still be there.
    """
    line = first_line(written)
    asked = content(line)
    if not asked or len(line) > LONGEST or stems(line) == stems(text):
        return ""
    if not all(corpus.knows(word) or _AMOUNT.fullmatch(word) for word in asked):
        return ""
    if sorted(_NUMBER.findall(line)) != sorted(_NUMBER.findall(text)):
        return ""
    named = {stem(word) for word in content(text) if len(word) >= SHORTEST_NAME} & corpus.names
    kept = corpus.with_names(stems(line))
    return line if named <= kept else ""


def agrees(again: Found, first: Found) -> bool:
    """Tell whether a search in other words is sure, and finds what the learner's own words hint at.

    The section that it finds first must be among the first ones for the message itself.
    """
    if not again.covered or again.score < SURE or not again.hits:
        return False
    places = dict.fromkeys((one.passage.lesson, one.passage.section) for one in first.hits)
    best = again.hits[0].passage
    return (best.lesson, best.section) in list(places)[:PLACES]
