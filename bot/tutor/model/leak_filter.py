"""The filter on the way out: no key of an open question, no list of keys, none of the prompt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.tutor.corpus import Corpus
from bot.tutor.giving_away import gives_away
from bot.tutor.model.disguises import initials, readings, squeezed
from bot.tutor.open_question import reveals
from bot.tutor.words import stopwords, words
from knowledge.models import Course, Question

RUN = 7  # words in a row that give away a prompt, or the explanation of the open question
LONG_RUN = 12  # the same for questions that are not open: their facts are the lessons' facts too
LONG_TEXT = 12  # letters of an option, squeezed, that tell it from common words
KNOWN = 0.5  # share of the words of an answer that the course or plain English must have
FEW_WORDS = 6

_LETTER = re.compile(
    r"\b(?i:options?|answers?|choices?|letters?|key|correct|right|pick|choose|select|go with|tick|"
    r"begins? with|starts? with)\b[^.\n]{0,30}?[\"'“‘(*\s:]"
    r"(?:[A-D]|[b-d]|[\"'“‘(]a)[\"'”’)*.,;:!?]?(?=\s|$)"
    r"|\b(?i:option|answer|choice|number|no\.)\W{0,3}(?:is\W{1,3})?[1-4](?=\W*(?:$|[.\n]))"
    r"|\b(?i:first|second|third|fourth|last|1st|2nd|3rd|4th|next[ -]to[ -]last|top|bottom)\s+"
    r"(?i:option|answer|choice|one|of the (?:four|options|answers))\b"
    r"|^\W*(?:[A-D]|[1-4])\W*$"
    r"|\b[A-D]\s+(?i:is|was|would be)\s+(?i:the\s+)?(?i:right|correct|true|best|answer|it)\b",
    re.MULTILINE,
)
_VERDICT = re.compile(
    r"\b(?:you(?:'re| are) (?:right|correct)|that(?:'s| is) (?:right|correct|it|the answer)|"
    r"(?:your|this|that) (?:answer|option|choice|guess) is (?:right|correct|wrong|not)|"
    r"^(?:yes|no|correct|right|wrong|warm|cold|hot)\b[.,!]?)",
    re.IGNORECASE | re.MULTILINE,
)
_KEYS = re.compile(
    r"(?:\b(?:q(?:uestion)?|no\.?|item)?\s*\d{1,2}\s*[:.)=>–-]{1,3}\s*(?:option\s+)?\(?[A-D]\b\)?[\s,;|]*){3,}",
    re.IGNORECASE,
)

_OPTION = re.compile(
    r"\b(?i:(?:correct|right) (?:option|answer|choice|letter|one)|key|options?)\b"
    r"[^.\n]{0,30}?[\s\"'“(*:][A-D](?=[\s\"'”)*.,;:!?]|$)"
)

Run = tuple[str, ...]


class LeakFilter:
    """Tells whether a text may go out, for one course and one set of prompts."""

    def __init__(self, course: Course, corpus: Corpus, rules: Iterable[str]) -> None:
        self._corpus = corpus
        lessons = _lesson_texts(course)
        self._lessons = frozenset[Run]().union(*(_runs(text, LONG_RUN) for text in lessons))
        known = frozenset[Run]().union(*(_runs(text) for text in lessons))
        self._rules = frozenset[Run]().union(*(_runs(text) for text in rules)) - known
        self._items = tuple(item for lesson in course.lessons for item in lesson.quiz) + course.test

    def leaks(
        self,
        said: str,
        open_question: Question | None = None,
        quiz: Question | None = None,
        explained: Question | None = None,
        *,
        near: bool = True,
    ) -> bool:
        """Tell whether an answer, all that was said of it so far, gives something away.

        `open_question` and `quiz` are the open ones of a test and of a quiz; `near`: the answer is
        about the latter. `explained` is the one whose key was shown already.
        """
        if _KEYS.search(said) or _OPTION.search(said) or _runs(said) & self._rules:
            return True
        if any(self._tells_key(said, item) for item in self._items if item != explained):
            return True
        if quiz is not None and near and gives_away(said, quiz, self._corpus):
            return True
        closed = (one for one in (open_question, quiz) if one is not None)
        return any(self._opens(said, one) for one in closed)

    def _tells_key(self, said: str, item: Question) -> bool:
        """An item's own words of explanation, or the item together with its answer."""
        own = frozenset[Run]().union(*(_runs(one.why, LONG_RUN) for one in item.options))
        if _runs(said, LONG_RUN) & own - self._lessons:
            return True
        flat = squeezed(said)
        asked, right = squeezed(item.text), squeezed(item.options[item.key].text)
        return len(asked) > LONG_TEXT and asked in flat and len(right) > 0 and right in flat

    def _opens(self, said: str, question: Question) -> bool:
        """Whether an answer helps with the question that is open, in any disguise."""
        if _LETTER.search(said) or _VERDICT.search(said) or self._strange(said):
            return True
        right = question.options[question.key]
        key = squeezed(right.text)
        for reading in readings(said):
            if reveals(reading, question, self._corpus) or reveals_words(reading, right.why):
                return True
            if len(key) >= LONG_TEXT and key in squeezed(reading):
                return True
            if reading is not said and _LETTER.search(reading):
                return True
        return any(_spells(one, key) for one in initials(said))

    def _strange(self, said: str) -> bool:
        """Whether an answer is in a language or a code that the filter cannot read."""
        found = [word for word in words(said) if not word.isdigit()]
        known = [word for word in found if word in stopwords() or self._corpus.knows(word)]
        return len(found) >= FEW_WORDS and len(known) < KNOWN * len(found)


def reveals_words(said: str, why: str) -> bool:
    """Tell whether a text repeats a run of words of an explanation."""
    return bool(_runs(said) & _runs(why))


def _spells(letters: str, key: str) -> bool:
    """Whether initials spell the beginning of a key."""
    return len(key) >= RUN and key[:RUN] in letters


@lru_cache(maxsize=4096)
def _runs(text: str, length: int = RUN) -> frozenset[Run]:
    found = words(text)
    return frozenset(tuple(found[at : at + length]) for at in range(len(found) - length + 1))


def _lesson_texts(course: Course) -> list[str]:
    return [
        text
        for lesson in course.lessons
        for text in (
            lesson.intro,
            *(section.body for section in lesson.sections),
            *(f"{term.name} {term.meaning}" for term in lesson.terms),
            *((lesson.lab.mission, lesson.lab.opening, lesson.lab.start) if lesson.lab else ()),
        )
    ]
