"""Tell how well a passage supports a sentence, and which of its sentences does."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.tutor.corpus import Corpus
from bot.tutor.model.grounds import Grounds, Part, Source
from bot.tutor.model.polarity import denies, opposes
from bot.tutor.model.roles import exchanged, turned
from bot.tutor.number_guard import unsupported
from bot.tutor.wording import synonyms
from bot.tutor.words import stem, stems, stopwords, words

SUPPORTS = 0.5  # share of a sentence's telling words that its source must hold
LEAST = 0.3  # share below which a part is no support at all, whatever numbers it has
NEARLY = 0.1  # how much less of a sentence a source may hold and still contradict it
OWN = 0.6  # how much of the share must come from the quoted words, not from the titles above
ANOTHERS = 0.6  # share of what is said that a part about something else must hold
CLEARLY = 0.25  # and how much more than any part about the sentence's own subject
STRANGE = 0.5  # weight of a word that the course does not have, beside its rarest one
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b(?:[A-Z][\w-]*[A-Za-z]|[A-Z]{2,})\b")
# A sentence that begins with one of these is about what was said before it.
_POINTING = {
    "it", "its", "they", "their", "them", "this", "these", "that", "those", "he", "she", "both",
    "each", "such", "so", "then", "here", "there",
}  # fmt: skip
_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Support:
    """How a source carries a sentence: the share of its telling words, and the part quoted."""

    source: Source
    share: float
    part: Part

    @property
    def quote(self) -> str:
        """The course's own words."""
        return self.part.quote

    @property
    def evidence(self) -> str:
        """The quote with the titles and headers it stands under."""
        titles = f"{self.source.lesson_title}. {self.source.section_title}."
        return f"{titles} {self.part.around} {self.part.quote}"


def supported_by(sentence: str, source: Source, corpus: Corpus) -> Support:
    """Return the part of a source that holds most of a sentence.

    Parts that carry its numbers come first. The share is 0 where the source says the opposite.
    """
    weights = _weights(sentence, corpus)
    best, rank = Support(source, 0.0, Part("", frozenset())), (0, 0.0)
    for part in source.parts:
        held = corpus.with_names(part.stems)
        own, share = _share(weights, held), _share(weights, held | source.heading_stems)
        found = Support(source, share, part)
        place = (-len(unsupported(sentence, [found.evidence])), share + own)
        if part.myth or own < OWN * share or (best.share and place <= rank):
            continue
        if share >= LEAST and not opposes(sentence, part.quote, share):
            best, rank = found, place
    return best


def best_support(sentence: str, grounds: Grounds) -> Support | None:
    """Return the source that supports a sentence best, or None where none does."""
    found = [supported_by(sentence, source, grounds.corpus) for source in grounds.sources]
    best = max(found, key=lambda one: one.share, default=None)
    return best if best and best.share >= SUPPORTS else None


def contradicted(sentence: str, grounds: Grounds, supported: float) -> bool:
    """Tell whether a source says the opposite of a sentence, or calls it a mistake.

    `supported` is the share that its best source holds: what opposes it must hold about as much.
    """
    weights = _weights(sentence, grounds.corpus)
    least = max(SUPPORTS, supported - NEARLY)
    for source in grounds.sources:
        for part in (one for one in source.parts if not one.pair):
            share = _share(weights, grounds.corpus.with_names(part.stems) | source.heading_stems)
            if part.myth and share >= max(least, supported) and not denies(sentence):
                return True
            if part.myth or share < least:
                continue
            if opposes(sentence, part.quote, share) or turned(sentence, part.quote):
                return True
            if exchanged(sentence, part.quote, grounds.corpus):
                return True
    return False


def misattributed(sentence: str, grounds: Grounds) -> bool:
    """Tell whether a sentence says of one thing what the evidence says of another.

    "Decode is compute bound", where a source begins "Prefill is compute bound": what is said
    stands in a part about something else, and in none about the sentence's own subject.
    """
    corpus = grounds.corpus
    if words(sentence)[:1] and words(sentence)[0] in _POINTING:
        return False
    spoken = _spoken(sentence)
    subject = _subject(spoken)
    rest = {one: w for one, w in _weights(sentence, corpus).items() if one != subject}
    mine = theirs = 0.0
    for part in (one for source in grounds.sources for one in source.parts if not one.pair):
        share = _share(rest, corpus.with_names(part.stems))
        if _share({subject: 1.0}, corpus.with_names(part.stems)):
            mine = max(mine, share)
        elif _subject(_spoken(part.quote)) not in spoken:
            theirs = max(theirs, share)
    return theirs >= ANOTHERS and theirs - mine > CLEARLY


def _spoken(text: str) -> list[str]:
    return [stem(word) for word in words(_MARK.sub("", text)) if word not in stopwords()]


def _subject(spoken: list[str]) -> str:
    """The first stem of a sentence that is no number: what it is about, more often than not."""
    return next((one for one in spoken if not one[0].isdigit()), "")


def overlap(sentence: str, texts: Iterable[str], corpus: Corpus) -> float:
    """Return the share of a sentence's telling words that texts hold together."""
    held = frozenset[str]().union(*(stems(text) for text in texts))
    return _share(_weights(sentence, corpus), corpus.with_names(held))


def strange_names(sentence: str, grounds: Grounds) -> tuple[str, ...]:
    """Return the proper names and acronyms of a sentence that stand in no evidence."""
    known = grounds.words()
    found = (name for name in _NAME.findall(_MARK.sub("", sentence)))
    return tuple(name for name in found if not _known(name, known))


def names_stand_in(sentence: str, evidence: str) -> bool:
    """Tell whether all proper names and acronyms of a sentence stand in one text."""
    known = frozenset(words(evidence))
    return all(_known(name, known) for name in _NAME.findall(_MARK.sub("", sentence)))


def _known(name: str, known: frozenset[str]) -> bool:
    parts = words(name)
    singular = [part.removesuffix("s") for part in parts]
    return all(part in known or part in stopwords() for part in parts) or all(
        part in known for part in singular
    )


def _weights(sentence: str, corpus: Corpus) -> dict[str, float]:
    told = (stem(word) for word in words(_MARK.sub("", sentence)) if word not in stopwords())
    strange = STRANGE * corpus.rarest
    return {one: corpus.rarity(one) or strange for one in told}


def _share(weights: dict[str, float], held: frozenset[str]) -> float:
    total = sum(weights.values())
    kin = synonyms()
    found = sum(w for one, w in weights.items() if one in held or kin.get(one, frozenset()) & held)
    return found / total if total else 0.0
