"""Let a model's answer pass sentence by sentence: only what is checked is ever shown."""

from __future__ import annotations

from collections.abc import Callable

from bot.tutor.model.citations import Cited, cited, marked_numbers
from bot.tutor.model.faults import ModelError, Why
from bot.tutor.model.figures import grounded
from bot.tutor.model.grounds import Grounds
from bot.tutor.model.meter import Tally
from bot.tutor.model.sanitise import sanitised
from bot.tutor.model.segments import Segments, unfinished
from bot.tutor.model.support import Support
from bot.tutor.types import Citation

NOT_COVERED = "NOT_COVERED"
MOST_DROPPED = 0.5  # share of the sentences that may be dropped before the whole answer is

Leaks = Callable[[str], bool]


class Checker:
    """Takes the stream of one answer; `text` is what may be shown of it so far.

    `leaks` says whether a text gives something away: the answer then ends in a ModelError.
    """

    def __init__(self, grounds: Grounds, leaks: Leaks, *, strict: bool = False) -> None:
        self._grounds = grounds
        self._leaks = leaks
        self._strict = strict
        self._segments = Segments()
        self._after_fact = False
        self._quotes: dict[tuple[str, str], int] = {}
        self.citations: list[Citation] = []
        self.tally = Tally()
        self.text = ""

    def feed(self, piece: str) -> bool:
        """Take a piece of the stream; return whether there is more to show."""
        before = self.text
        for segment in self._segments.feed(piece):
            self._take(segment)
        return self.text.strip() != before.strip()

    @property
    def says_not_covered(self) -> bool:
        """Whether the model says that the passages do not answer."""
        return self._segments.text.lstrip("*_` ").startswith(NOT_COVERED)

    def finish(self) -> None:
        """Take the end of the stream. ModelError where nothing is left that may be shown."""
        written = self._segments.text
        if not written.strip():
            raise ModelError(Why.EMPTY)
        if unfinished(written) and not self.says_not_covered:
            raise ModelError(Why.CUT)
        for segment in self._segments.rest():
            self._take(segment)
        self.text = self.text.strip()
        lost = self.tally.dropped / max(1, self.tally.kept + self.tally.dropped)
        founded = self.citations or self._grounds.calculations
        if not self.says_not_covered and (not self.text or not founded or lost > MOST_DROPPED):
            raise ModelError(Why.UNGROUNDED)

    def _take(self, segment: str) -> None:
        if segment == "\n":
            self.text = self.text if self.text.endswith("\n\n") else f"{self.text}\n"
            return
        sentence = sanitised(segment).strip()
        if not any(c.isalnum() for c in sentence) or sentence.startswith(NOT_COVERED):
            return
        checked = self._checked(sentence)
        if checked is None:
            self._count(dropped=1)
            return
        self._show(sentence, checked)

    def _checked(self, sentence: str) -> Cited | None:
        found = cited(sentence, self._grounds, after_fact=self._after_fact, strict=self._strict)
        return grounded(found, self._grounds) if found else None

    def _show(self, sentence: str, checked: Cited) -> None:
        marks = "".join(f"[{self._number(support)}]" for support in checked.supports)
        text = _with_marks(checked.text, marks)
        glue = "" if not self.text or self.text.endswith("\n") else " "
        whole = f"{self.text}{glue}{text}"
        if self._leaks(whole) or self._leaks(self._segments.text):
            raise ModelError(Why.LEAK)
        self.text = whole
        self._after_fact = bool(checked.supports)
        given = {support.source.number for support in checked.supports}
        self._count(kept=1, repaired=int(given != marked_numbers(sentence)))

    def _number(self, support: Support) -> int:
        key = (support.source.passage.id, support.quote)
        if key not in self._quotes:
            self._quotes[key] = len(self._quotes) + 1
            passage = support.source.passage
            self.citations.append(
                Citation(
                    self._quotes[key],
                    passage.lesson,
                    passage.section,
                    support.source.lesson_title,
                    support.source.section_title,
                    support.quote,
                )
            )
        return self._quotes[key]

    def _count(self, kept: int = 0, dropped: int = 0, repaired: int = 0) -> None:
        was = self.tally
        self.tally = Tally(was.kept + kept, was.dropped + dropped, was.repaired + repaired)


def _with_marks(text: str, marks: str) -> str:
    if not marks:
        return text
    bare = text.rstrip()
    stop = bare[-1] if bare[-1] in ".!:" else ""
    return f"{bare.removesuffix(stop)} {marks}{stop}" if stop else f"{bare} {marks}"
