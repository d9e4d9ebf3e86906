"""Tell whether a text gives away an open question: the right option, or it in other words."""

from __future__ import annotations

import re

from bot.tutor.corpus import Corpus
from bot.tutor.number_guard import RATIO, Quantity, quantities
from bot.tutor.open_question import reveals
from bot.tutor.wording import synonyms
from bot.tutor.words import stems
from knowledge.models import Option, Question
from knowledge.sentences import sentences

TOLD = 0.4  # share of the words that only the right option has, beyond which a text tells it
LEANS = 0.2  # the same, where it says clearly more of the right option than of any other
CLEARLY = 2.0
WHOLE = 0.3  # share of all words of the right option, beyond which a text says it
ECHOES = 0.6  # share of a sentence's own words that the right option and its explanation have
FEW = 3  # words of its own below which a sentence says nothing yet

_FORMULA = re.compile(
    r"[OΘ]\([^()]*(?:\([^()]*\)[^()]*)*\)|[\wφ₀-₉ₖ]+\s*[×·*+]\s*[\w√₀-₉ₖ]+|\b[A-Za-z]\w*[²³]|√\w+"
)
_SQUARE = re.compile(r"\b(\w+)×\1\b")


def gives_away(said: str, question: Question, corpus: Corpus) -> bool:
    """Tell whether a text says what singles out the right option, in its words or in others.

    Counted are the words, numbers and formulas that neither the question nor a wrong option has.
    """
    right = question.options[question.key]
    others = [option.text for option in question.options if not option.correct]
    if reveals(said, question, corpus):
        return True
    if _own_formulas(right.text, [question.text, *others]) & _formulas(said):
        return True
    if _says_figure(said, right.text, [question.text, *others]):
        return True
    if _share(said, right.text, [question.text], corpus) >= WHOLE:
        return True
    if any(_echoes(one, right, question, corpus) for one in sentences(said)):
        return True
    shares = [_alone(said, one.text, question, corpus) for one in question.options]
    key = shares.pop(question.key)
    return key >= TOLD or (key >= LEANS and key > CLEARLY * max(shares, default=0.0))


def _echoes(sentence: str, right: Option, question: Question, corpus: Corpus) -> bool:
    """Whether most of what a sentence adds to the question stands in the right explanation."""
    own = corpus.with_names(stems(sentence)) - corpus.with_names(stems(question.text))
    weights = {one: corpus.rarity(one) or corpus.rarest for one in own}
    known = corpus.with_names(stems(f"{right.text} {right.why}"))
    told = sum(weight for one, weight in weights.items() if one in known)
    return len(own) >= FEW and told >= ECHOES * sum(weights.values())


def _alone(said: str, option: str, question: Question, corpus: Corpus) -> float:
    others = (one.text for one in question.options if one.text != option)
    return _share(said, option, [question.text, *others], corpus)


def _share(said: str, option: str, rest: list[str], corpus: Corpus) -> float:
    """The share of an option's words, without those of `rest`, that a text has or means."""
    own = corpus.with_names(stems(option)) - corpus.with_names(stems(" ".join(rest)))
    weights = {one: corpus.rarity(one) or 1.0 for one in own if not one[0].isdigit()}
    total = sum(weights.values())
    if not total:
        return 0.0
    held, kin = corpus.with_names(stems(said)), synonyms()
    told = (w for one, w in weights.items() if one in held or kin.get(one, frozenset()) & held)
    return sum(told) / total


def _own_formulas(right: str, rest: list[str]) -> frozenset[str]:
    return _formulas(right) - frozenset[str]().union(*(_formulas(text) for text in rest))


def _formulas(text: str) -> frozenset[str]:
    flat = (re.sub(r"[\s`]", "", found).lower() for found in _FORMULA.findall(text))
    return frozenset(_SQUARE.sub(r"\1²", one.replace("·", "*").replace("*", "×")) for one in flat)


def _says_figure(said: str, right: str, rest: list[str]) -> bool:
    """Whether a text has a number that only the right option has, rounded as it is there."""
    elsewhere = [one for text in rest for one in quantities(text)]
    own = [one for one in quantities(right) if not any(_is(one, other) for other in elsewhere)]
    return any(_is(one, other) for one in own for other in quantities(said))


def _is(one: Quantity, other: Quantity) -> bool:
    same = one.unit == other.unit or {one.unit, other.unit} <= {"", RATIO}
    near = (abs(a - b) <= one.slack for a in one.values for b in other.values)
    return same and any(near)
