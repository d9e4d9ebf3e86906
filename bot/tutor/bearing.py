"""Whether a sentence is about what was asked: how it opens, where it stands, what it drags in."""

from __future__ import annotations

import re

from bot.tutor.corpus import Corpus
from bot.tutor.form import gives_reason
from bot.tutor.intent import Wants
from bot.tutor.pieces import Kind
from bot.tutor.query import Query
from bot.tutor.sentences import Unit
from bot.tutor.words import stems, words
from knowledge.naming import names, titles

TOPIC = 0.18  # a sentence opens with what is asked about
OPENING = 7  # words in which a sentence names its subject
OTHER = 0.4  # it opens with another key term
STRANGER, MOST_STRANGERS = 0.08, 3  # each name that the question did not bring up
REASON_NEXT, REASON_OF_IT = 0.35, 0.3  # the reason follows; the reason is of what was asked
REASON_ASIDE = 0.45  # the reason is of something that the sentence sets against what was asked
RESTATED, WHOLE = 0.65, 0.95  # it says just what was asked about, and goes on; share it holds
TITLED = 1.0  # it quotes the title that the question names
NAMELESS = 0.4  # it leaves out the rarest name that the question gives
MYTH, MEANT = 0.3, 0.4  # a common mistake, and the share of it that a question must repeat
HOME, EARLY = 0.1, 0.12  # the section is named after the subject; the sentence is near its start
LONG = 330  # characters from which a sentence is long

# Questions whose answer may well be about something that they do not name.
_OPEN_FIELD = (Wants.LIST, Wants.PERSON, Wants.COMPARISON, Wants.EXAMPLE)


def topic(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return a bonus for a unit that opens with what is asked about, less for a longer name."""
    if unit.kind is Kind.ROW or asked.asked.wants in _OPEN_FIELD:
        return 0.0
    about = asked.subject or asked.names or asked.focus
    first = corpus.opener(unit)
    opening = corpus.with_names(stems(" ".join(words(first.text)[:OPENING])))
    bonus = TOPIC * len(about & opening) / len(about) if about else 0.0
    term = corpus.opening_term(first)
    stray = bool(term) and not term <= frozenset(asked.weights) and not term & about
    longer = bool(asked.subject) and bool(about & term) and bool(term - about)
    return bonus - (OTHER if stray or longer else 0.0)


def reasoned(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return what a reason is worth, where one is asked for: less than 0 if for something else."""
    if asked.asked.wants is not Wants.WHY or unit.kind is not Kind.SENTENCE:
        return 0.0
    following = corpus.following(unit)
    if following is not None and not following.opens:
        if gives_reason(following):
            return REASON_NEXT
        if restates(asked, unit, corpus):
            return RESTATED
    claim, *reason = re.split(r",? because |, since ", unit.text)
    if not reason:
        return 0.0
    aside, _, nearest = claim.rpartition(" but ")  # "A but not B, because C" is why not B
    held = asked.held(corpus.with_names(stems(nearest))) / asked.total
    return REASON_OF_IT * held if held or not aside else -REASON_ASIDE


def restates(asked: Query, unit: Unit, corpus: Corpus) -> bool:
    """Tell whether a unit says what was asked about and hardly more."""
    stems_ = corpus.of(unit)
    return stems_ <= frozenset(asked.weights) and asked.held(stems_) >= WHOLE * asked.total


def nameless(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return what it costs to leave out the rarest name that a question gives."""
    spelled = [one for one in asked.names if one.isalpha()]
    if not spelled or asked.asked.wants in (Wants.LIST, Wants.COMPARISON, Wants.EXAMPLE):
        return 0.0
    name = max(spelled, key=corpus.rarity)
    held = unit.around.union(*(corpus.of(one) for one in corpus.bundle(unit)))
    return 0.0 if name in corpus.with_names(held) else NAMELESS


def titled(asked: Query, unit: Unit) -> float:
    """Return what a unit gains that quotes the title of a work which the question names."""
    named = any(names(asked.asked.text, title) for title in titles(unit.text))
    return TITLED if named else 0.0


def myth(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return what a common mistake or its correction gains where it is asked about, or costs."""
    if not (unit.myth or unit.corrects):
        return 0.0
    claim = corpus.of(unit if unit.myth else corpus.opener(unit))
    weight = sum(corpus.rarity(one) for one in claim) or 1.0
    meant = asked.held(claim) / weight >= MEANT
    if asked.asked.wants is Wants.CHECK:
        return MYTH if meant else 0.0
    return 0.0 if meant else -1.5 * MYTH if asked.asked.wants is Wants.WHY else -MYTH


def home(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return a bonus for the section that is named after what is asked about, most at its start."""
    about = asked.subject or asked.names
    title = corpus.with_names(stems(unit.section_title))
    if not about or not about <= title or unit.kind is Kind.TERM:
        return 0.0
    return HOME + EARLY / (1 + unit.place / 3)


def strangers(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return what the names in a sentence cost that the question did not bring up."""
    if asked.asked.wants in _OPEN_FIELD or unit.kind is not Kind.SENTENCE:
        return 0.0
    count = len((unit.stems & corpus.names) - asked.names - asked.subject)
    return STRANGER * min(count, MOST_STRANGERS)


def burden(asked: Query, unit: Unit, corpus: Corpus) -> float:
    """Return what it costs to be long, or to need sentences first that miss the question."""
    led = asked.held(corpus.of(corpus.opener(unit))) > 0
    return (0.1 if led else 0.25) * unit.before + (0.1 if len(unit.text) > LONG else 0.0)
