"""Keep quiet about the test question that a learner has open."""

from __future__ import annotations

from collections.abc import Iterable

from bot.tutor.corpus import Corpus
from bot.tutor.number_guard import Quantity, quantities
from bot.tutor.words import stems
from knowledge.models import Question

SAME_WORDS = 0.5  # share of the question's telling words that a message repeats
SAME_SUBJECT = 0.75  # share of a message's own words that stand in the question or its options
PAIR = 2  # numbers in common that give a question away
SMALLEST = 4  # smaller numbers say little about which question is meant
SAME_ANSWER = 0.6  # share of the key's own telling words that an answer repeats


def concerns(text: str, question: Question, corpus: Corpus) -> bool:
    """Tell whether a message is about an open question: its words, its options or its numbers."""
    said = corpus.with_names(stems(text))
    options = " ".join(option.text for option in question.options)
    asked = corpus.with_names(stems(question.text))
    if _share(asked, said, corpus) >= SAME_WORDS:
        return True
    close = _share(said, asked | stems(options), corpus) >= SAME_SUBJECT and len(said) > 1
    return close or shares_numbers(text, question.text)


def shares_numbers(text: str, other: str) -> bool:
    """Tell whether two texts have two numbers in common, or all of the second's."""
    wanted = [one for one in quantities(other) if one.values[0] > SMALLEST]
    common = [one for one in wanted if _among(one, quantities(text))]
    if not wanted:
        return False
    alone = len(wanted) == 1 and len(quantities(text)) <= PAIR
    return len(common) >= PAIR or (alone and bool(common))


def reveals(answer: str, question: Question, corpus: Corpus) -> bool:
    """Tell whether an answer says what only the correct option says."""
    right = question.options[question.key]
    known = corpus.with_names(stems(question.text))
    wrong = [stems(option.text) for option in question.options if not option.correct]
    key = corpus.with_names(stems(right.text)) - known
    own = key - frozenset[str]().union(*wrong)
    said = corpus.with_names(stems(answer))
    figures = quantities(right.text)
    if figures and not own:
        return all(_among(one, quantities(answer)) for one in figures) and bool(known & said)
    return bool(key) and _share(key, said, corpus) >= SAME_ANSWER and bool(known & said)


def _share(wanted: Iterable[str], found: frozenset[str], corpus: Corpus) -> float:
    weights = {one: corpus.rarity(one) or 1.0 for one in wanted}
    total = sum(weights.values())
    return sum(w for one, w in weights.items() if one in found) / total if total else 0.0


def _among(one: Quantity, others: Iterable[Quantity]) -> bool:
    return any(set(one.values) & set(other.values) for other in others)
