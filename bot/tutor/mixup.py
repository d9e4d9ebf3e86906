"""What a wrong answer takes for what, by its explanation and the key terms of the course."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.tutor.corpus import Corpus
from bot.tutor.intent import understand
from bot.tutor.pieces import Kind
from bot.tutor.query import query
from bot.tutor.sentences import Unit
from bot.tutor.words import stems, words
from knowledge.models import Option, Question

# What may stand between "is" and the term that is named: "is a form of sparse attention".
_BETWEEN = frozenset(
    ("a", "an", "the", "of", "from", "to", "idea", "form", "kind", "case", "cost", "pattern",
     "example", "typical")
)  # fmt: skip
_STRANGERS = 1  # further words that may stand there: "the strided pattern of"
_NEVER = frozenset(("not", "no", "never", "about", "that", "between", "than", "and"))
_NAMES = frozenset(("is", "are", "be", "describes", "belongs", "means"))
_FARTHEST = 10  # words between

_HEARD = 3  # letters from which an "s" at the end is a plural's
_IS_THAT = re.compile(
    r"^(?:[^.;:]*?)\b(?:is|are|describes) (?P<what>(?:the|an?) [^.,;:]* (?:of|that) [^.,;:]+)[.,;:]"
)
_SUM = re.compile(r"\b(\w+) \+ (\w+)\b")
_SUCH_AS = re.compile(r"\bsuch as [\w-]+")
_ONE_NOT_OTHER = re.compile(
    r"\b(?:about|of|in|as) (?P<one>[^\W\d_]+)(?:,| and) not (?:only )?(?:about |of |in |as )?"
    r"(?P<other>[^\W\d_]+)"
)
MOST_WORDS = 7  # of what an explanation calls the chosen option

# What each part of a question is worth when its subject is looked for.
ASKED, RIGHT, WHY, HEADED = 0.6, 1.0, 0.5, 0.3
COMMON = 2.5  # rarity below which a term says too little: "token"
STALE = 0.5  # share of a term's meaning that the question says itself, from which it adds nothing


def taken_for(question: Question, chosen: int, corpus: Corpus) -> Unit | None:
    """The key term that the chosen option describes instead, where its explanation names one."""
    asked = _spoken(question.text)
    for sentence in re.split(r"(?<=[.:;]) ", question.options[chosen].why):
        said = words(sentence)
        for term in _longest_first(corpus):
            for name in _names(term):
                at = _at(_spoken(sentence), name)
                if at is not None and _predicated(said, at) and _at(asked, name) is None:
                    return _in_lesson(term, question, corpus)
    return None


def called(question: Question, chosen: int) -> str:
    """What the explanation calls the chosen option, as in "That is the shape of …", or ""."""
    found = _IS_THAT.match(question.options[chosen].why)
    what = found["what"] if found else ""
    return what if len(what.split()) <= MOST_WORDS else ""


def summed(question: Question, chosen: int) -> tuple[str, str] | None:
    """The two sizes that the option adds and the right one multiplies: O(n + w) and O(n·w)."""
    found = _SUM.search(question.options[chosen].text)
    right = question.options[question.key].text
    return (found[1], found[2]) if found and f"{found[1]}·{found[2]}" in right else None


def one_for_other(question: Question, chosen: int) -> tuple[str, str] | None:
    """What it is about, and what the option takes it to be about: "heads and not of tokens"."""
    found = _ONE_NOT_OTHER.search(question.options[chosen].why)
    return (found["one"], found["other"]) if found else None


def added(question: Question, chosen: int, corpus: Corpus) -> Unit | None:
    """The key term that the chosen option and its explanation bring in, and nothing else names."""
    wrong, right = question.options[chosen], question.options[question.key]
    here = [_spoken(wrong.text), _spoken(wrong.why)]
    elsewhere = [_spoken(text) for text in (question.text, right.text, right.why)]
    for term in _longest_first(corpus):
        everywhere = _rare(term, corpus) and all(_is_named(term, text) for text in here)
        if everywhere and not any(_is_named(term, text) for text in elsewhere):
            return _in_lesson(term, question, corpus)
    return None


def believed(question: Question, chosen: int, myth: Unit, corpus: Corpus) -> bool:
    """Whether a common mistake is the chosen option, rather than another wrong one."""

    def like(option: Option) -> float:
        asked = query(understand(option.text), corpus)
        return asked.held(corpus.of(myth)) / asked.total

    wrong = [option for option in question.options if not option.correct]
    mine = like(question.options[chosen])
    return mine > 0 and mine == max(map(like, wrong))


def subject(question: Question, corpus: Corpus, but: Unit | None = None) -> Unit | None:
    """The key term that the question is about: one that it or its right answer names."""
    right = question.options[question.key]
    parts = ((question.text, ASKED), (right.text, RIGHT), (right.why, WHY))
    asked = [(query(understand(text), corpus), weight) for text, weight in parts]
    named = [_spoken(_SUCH_AS.sub("", question.text)), _spoken(right.text)]
    headed = [_spoken(_heading(question, corpus)), _spoken(_last_sentence(question.text))]

    def worth(term: Unit) -> float:
        found = corpus.of(term)
        told = sum(weight * one.held(found) / one.total for one, weight in asked)
        return told + HEADED * sum(_is_named(term, text) for text in headed)

    def fits(term: Unit) -> bool:
        if term.lesson != question.lesson or term is but or _stale(term, question, corpus):
            return False
        return _rare(term, corpus) and any(_is_named(term, text) for text in named)

    return max(filter(fits, _terms(corpus)), key=worth, default=None)


def _last_sentence(text: str) -> str:
    return re.split(r"(?<=[.?!]) ", text)[-1]


def _heading(question: Question, corpus: Corpus) -> str:
    lesson = corpus.course.lesson(question.lesson)
    section = lesson.section(question.section) if lesson else None
    return section.title if section else ""


def _rare(term: Unit, corpus: Corpus) -> bool:
    return max(map(corpus.rarity, stems(term.context)), default=0.0) >= COMMON


def _is_named(term: Unit, spoken: Sequence[str]) -> bool:
    return any(_at(spoken, name) is not None for name in _names(term))


def _stale(term: Unit, question: Question, corpus: Corpus) -> bool:
    meaning = stems(term.quote) - stems(term.context)
    return len(meaning & stems(question.text)) >= STALE * len(meaning)


def _terms(corpus: Corpus) -> Iterator[Unit]:
    return (unit for unit in corpus.units if unit.kind is Kind.TERM)


def _longest_first(corpus: Corpus) -> list[Unit]:
    return sorted(_terms(corpus), key=lambda term: -len(term.context))


def _in_lesson(term: Unit, question: Question, corpus: Corpus) -> Unit:
    """The term as the question's own lesson explains it, where it does."""
    same = (t for t in _terms(corpus) if set(_names(t)) & set(_names(term)))
    return next((t for t in same if t.lesson == question.lesson), term)


def _names(term: Unit) -> list[tuple[str, ...]]:
    """A term's name and the one in brackets behind it, as words."""
    found = re.fullmatch(r"(.*?)(?: \((.*)\))?", term.context)
    names = found.groups() if found else (term.context,)
    spoken = [_spoken(name) for name in names if name]
    return [name for name in spoken if len("".join(name)) > 1]


def _spoken(text: str) -> tuple[str, ...]:
    """The words of a text, plurals as singulars: "is reached" names no "reach"."""
    return tuple(word.removesuffix("s") if len(word) > _HEARD else word for word in words(text))


def _at(spoken: Sequence[str], name: Sequence[str]) -> int | None:
    """Where a name begins in a text, both as words."""
    size = len(name)
    return next((i for i in range(len(spoken)) if tuple(spoken[i : i + size]) == name), None)


def _predicated(said: Sequence[str], at: int) -> bool:
    """Whether what stands before a name says that something is it: "That describes …"."""
    strangers = 0
    for word in reversed(said[max(0, at - _FARTHEST) : at]):
        if word in _NAMES:
            return True
        if word in _NEVER:
            return False
        strangers += word not in _BETWEEN
        if strangers > _STRANGERS:
            return False
    return False
