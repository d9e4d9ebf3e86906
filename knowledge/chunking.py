"""Cut a course into passages: small, readable by themselves, never torn from their meaning."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from knowledge.blocks import Block, blocks, plain
from knowledge.models import Course, Lesson, Passage, Section
from knowledge.sentences import sentences

LONGEST = 700  # characters in one passage, unless a single sentence or row is longer
SHORTEST = 140  # a shorter block is joined to the one that follows it
INTRODUCTION = ("introduction", "Introduction")
KEY_TERMS = ("key-terms", "Key terms")


def passages(course: Course) -> tuple[Passage, ...]:
    """Return the passages of a course in reading order; quizzes, tests and labs are left out."""
    found: list[Passage] = []
    seen: Counter[str] = Counter()
    for lesson in course.lessons:
        for slug, title, text in pieces(lesson):
            heading = f"{lesson.title} / {title}"
            content = "\n".join((course.id, lesson.slug, slug, heading, text))
            seen[content] += 1
            key = hashlib.sha256(f"{content}\n{seen[content]}".encode()).hexdigest()[:24]
            found.append(Passage(key, course.id, lesson.slug, slug, heading, text))
    return tuple(found)


def pieces(lesson: Lesson) -> Iterator[tuple[str, str, str]]:
    """Yield (section slug, section title, text) of each passage of a lesson."""
    for text in _cut(lesson.intro):
        yield *INTRODUCTION, text
    for section in lesson.sections:
        for text in _section(section):
            yield section.slug, section.title, text
    for term in lesson.terms:
        yield *KEY_TERMS, f"{plain(term.name)}: {plain(term.meaning)}"


def units(text: str) -> list[str]:
    """Return the parts of a passage that can be matched alone: sentences, rows, list items."""
    return [part.strip() for part in _units(text)]


def section_title(lesson: Lesson, slug: str) -> str:
    """Return the title of a passage's section, also for the two that no lesson file names."""
    section = lesson.section(slug)
    return section.title if section else dict((INTRODUCTION, KEY_TERMS)).get(slug, slug)


def _section(section: Section) -> Iterator[str]:
    yield from _cut(section.body)
    for figure in section.figures:
        words = " ".join(plain(w) for w in (figure.caption, figure.alt) if w)
        yield from _pack([f"Figure: {words}"])


def _cut(body: str) -> Iterator[str]:
    """Yield the passages of one section's Markdown."""
    held = ""
    for atom in _atoms(body):
        if held and len(held) + len(atom) > LONGEST:
            yield from _pack([held])
            held = ""
        held = f"{held}\n{atom}" if held else atom
    yield from _pack([held] if held else [])


def _atoms(body: str) -> Iterator[str]:
    """Yield what belongs together: a paragraph, a formula with its legend, rows with their lead."""
    held: list[str] = []
    for block in blocks(body):
        if block.rows:
            yield from _table(held, block.rows)
            held = []
            continue
        held.append(block.text)
        if not _leads_on(block, held):
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def _table(before: list[str], rows: tuple[str, ...]) -> Iterator[str]:
    """Yield a table's rows, whole, as many as fit together, under the words that lead to it."""
    lead = "\n".join(before)
    part: list[str] = []
    for row in rows:
        if part and sum(map(len, [lead, *part, row])) > LONGEST:
            yield "\n".join(filter(None, (lead, *part)))
            part = []
        part.append(row)
    yield "\n".join(filter(None, (lead, *part)))


def _leads_on(block: Block, held: list[str]) -> bool:
    """Tell whether a block means little without the one after it."""
    size = sum(map(len, held))
    return block.formula or block.text.endswith(":") or size < SHORTEST


def _pack(texts: list[str]) -> Iterator[str]:
    """Yield texts joined, cut between sentences into parts of about equal size."""
    if not texts:
        return
    whole = "\n".join(texts)
    if len(whole) <= LONGEST:
        yield whole
        return
    units = [part for text in texts for part in _units(text)]
    count = -(-len(whole) // LONGEST)
    goal = len(whole) / count
    part: list[str] = []
    for unit in units:
        size = sum(map(len, part))
        if part and size + len(unit) / 2 > goal and not part[-1].endswith((":", "\n")):
            yield "".join(part).strip()
            part = []
        part.append(unit)
    if part:
        yield "".join(part).strip()


def _units(text: str) -> Iterator[str]:
    """Yield what may not be cut: a line of a list or formula, or a sentence of prose."""
    for line in text.split("\n"):
        found = sentences(line)
        yield from (f"{sentence} " for sentence in found[:-1])
        yield from (f"{sentence}\n" for sentence in found[-1:])
