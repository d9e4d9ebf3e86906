"""Read a `lesson.md`: its title, its lead, its sections, figures and key terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.catalog.figures import is_figure, read_figure
from knowledge.catalog.files import text_of
from knowledge.catalog.limits import MAX_TITLE
from knowledge.catalog.markdown import Markdown, Part
from knowledge.catalog.problems import Problems, counted, quoted
from knowledge.catalog.terms import HEADING as KEY_TERMS
from knowledge.catalog.terms import read_terms
from knowledge.models import Figure, Section, Term

_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class LessonText:
    """What a `lesson.md` holds."""

    title: str
    intro: str
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]


def slug_of(heading: str) -> str:
    """Return a heading as lower-case words joined by hyphens: "How It Grows" -> how-it-grows."""
    return _NOT_WORDS.sub("-", heading.casefold()).strip("-")


def read_lesson(root: Path, file: str, problems: Problems) -> LessonText | None:
    """Return the text of a lesson, or None if its sections cannot be told apart."""
    text = text_of(root, file, problems)
    if text is None:
        return None
    markdown = Markdown(text)
    unclosed = markdown.unclosed_fences()
    for line in unclosed:
        problems.add(file, line, "this code fence is never closed", "close it with ``` below")
    if unclosed:  # everything below it would read as code
        return None
    return _Reader(root, file, markdown, problems).read()


class _Reader:
    """Reads one lesson and notes its problems."""

    def __init__(self, root: Path, file: str, markdown: Markdown, problems: Problems) -> None:
        self._root = root
        self._file = file
        self._markdown = markdown
        self._problems = problems
        self._paragraphs = markdown.paragraph_lines()

    def read(self) -> LessonText:
        before, *parts = self._markdown.parts()
        self._check_marks()
        self._check_title(before, parts)
        intro = ""
        sections: dict[str, Section] = {}
        terms: tuple[Term, ...] = ()
        seen: set[str] = set()
        for part in parts:
            if part.level == 1:
                intro = intro or self._intro(part)
            elif self._is_new(part, seen):
                if slug_of(part.title) == slug_of(KEY_TERMS):
                    terms = read_terms(part, self._file, self._problems)
                else:
                    sections[slug_of(part.title)] = self._section(part)
        if not sections:
            self._note(1, "the lesson has no section", "add a ## heading with text below it")
        title = next((part.title for part in parts if part.level == 1), "")
        return LessonText(title, intro, tuple(sections.values()), terms)

    def _note(self, line: int, message: str, remedy: str) -> None:
        self._problems.add(self._file, line, message, remedy)

    def _check_marks(self) -> None:
        for line, width, header in self._markdown.broken_rows():
            message = f"this table row has {counted(width, 'cell')}, and the header has {header}"
            self._note(line, message, "give every row as many cells as the header")
        for line in self._markdown.headless_tables():
            self._note(line, "this table has no header", "write | --- | below its first row")
        for line in self._markdown.lines_with_images():
            if line not in self._paragraphs or not is_figure(self._markdown.lines[line - 1]):
                remedy = "put it on a line of its own, in no list, table or quote"
                self._note(line, "this figure stands inside other text", remedy)

    def _check_title(self, before: Part, parts: list[Part]) -> None:
        titles = [part for part in parts if part.level == 1]
        early = next((number for number, line in before.lines if line.strip()), 0)
        if not titles or parts[0].level != 1:
            self._note(1, "the lesson does not begin with its title", "add # Title as line 1")
        elif early:
            self._note(early, "text stands above the title", "move it below the # heading")
        for part in titles[1:]:
            self._note(part.line, "the lesson has a second title", "write ## for a section")
        for part in parts:
            self._check_heading(part)

    def _check_heading(self, part: Part) -> None:
        if not slug_of(part.title):
            self._note(part.line, "this heading has no words", "write a heading")
        if len(part.title) > MAX_TITLE:
            message = (
                f"the heading has {len(part.title)} characters, and at most {MAX_TITLE} are allowed"
            )
            self._note(part.line, message, "shorten it")

    def _is_new(self, part: Part, seen: set[str]) -> bool:
        slug = slug_of(part.title)
        if slug in seen:
            message = f"the heading {quoted(part.title)} stands twice"
            self._note(part.line, message, "give each section a heading of its own")
            return False
        seen.add(slug)
        return True

    def _intro(self, part: Part) -> str:
        body, figures = self._body(part)
        for number in figures:
            self._note(number, "a figure stands above the first section", "move below a ## heading")
        return body

    def _section(self, part: Part) -> Section:
        body, lines = self._body(part)
        if not body and not lines:
            message = f"the section {quoted(part.title)} is empty"
            self._note(part.line, message, "write its text, or remove the heading")
        figures = tuple(figure for figure in map(self._figure, lines) if figure)
        return Section(slug_of(part.title), part.title, body, figures)

    def _figure(self, number: int) -> Figure | None:
        line = self._markdown.lines[number - 1]
        return read_figure(self._root, self._file, number, line, self._problems)

    def _body(self, part: Part) -> tuple[str, list[int]]:
        """Return the text of a part without its figures, and the lines of the figures."""
        kept: list[str] = []
        figures: list[int] = []
        for number, line in part.lines:
            is_blank = not line.strip()
            follows_figure = bool(figures) and figures[-1] == number - 1
            if number in self._paragraphs and is_figure(line):
                figures.append(number)
            elif not (is_blank and follows_figure and not (kept and kept[-1])):
                kept.append("" if is_blank else line)
        return "\n".join(kept).strip("\n"), figures
