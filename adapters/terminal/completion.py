"""Completion of commands, and of the lessons they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from knowledge.models import Course


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The commands by name with what they do, and which of them take a lesson's number."""

    commands: Mapping[str, str]
    of_lesson: frozenset[str] = frozenset()


class LineCompleter(Completer):
    """Complete the first word as a command, and the second as a lesson."""

    def __init__(self, vocabulary: Vocabulary, course: Course) -> None:
        """Know these commands and this course."""
        self._words = vocabulary
        self._lessons = {str(lesson.number): lesson.title for lesson in course.lessons}

    def get_completions(self, document: Document, _event: CompleteEvent) -> Iterable[Completion]:
        """Give the words that begin as the one before the cursor does."""
        before = document.text_before_cursor.lstrip()
        first, gap, rest = before.removeprefix("/").partition(" ")
        if not gap:
            return _beginning(first, self._words.commands)
        if first.casefold() in self._words.of_lesson and " " not in rest:
            return _beginning(rest, self._lessons)
        return ()


def _beginning(start: str, known: Mapping[str, str]) -> Iterable[Completion]:
    wanted = start.casefold()
    for word, meaning in known.items():
        if word.startswith(wanted):
            yield Completion(word, start_position=-len(start), display_meta=meaning)
