"""`seminar search` and `seminar index`: find passages, and keep the index up to date."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.lines import read_line
from adapters.cli.options import places, settings

if TYPE_CHECKING:
    from knowledge.models import Course
    from knowledge.retrieve import Found, Library

BAD_INPUT = 2
MOST = 50  # passages that one search may ask for


@click.command()
@click.argument("question", required=False)
@click.option("-k", "count", default=5, show_default=True, type=click.IntRange(1, MOST))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='Read {"id","question","previous"?} a line from standard input; answer each with a line.',
)
@places
def search(
    question: str | None,
    count: int,
    as_json: bool,
    jsonl: bool,
    course: Path | None,
    data: Path | None,
) -> None:
    """Find the passages of the course that answer QUESTION."""
    if jsonl == bool(question):
        raise click.UsageError("Give a question, or --jsonl and questions on standard input.")
    library = _library(course, data)
    if jsonl:
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                click.echo(_answered(library, line, number, count))
                sys.stdout.flush()
        return
    found = library.find(_given(question), k=count)
    click.echo(_as_json(library.course, found) if as_json else _as_text(library.course, found))


@click.command()
@click.option("--rebuild", is_flag=True, help="Throw the index away and make it anew.")
@places
def index(rebuild: bool, course: Path | None, data: Path | None) -> None:
    """Bring the course's index up to date; an unchanged passage is not embedded again."""
    from knowledge.catalog import load_course  # noqa: PLC0415 (slow: --help needs none of it)
    from knowledge.encoder import open_encoder  # noqa: PLC0415
    from knowledge.index import open_index  # noqa: PLC0415

    chosen = settings(course, data)
    loaded = load_course(chosen.course)
    if sys.stderr.isatty():
        click.echo("Loading the model…", err=True)
    encoder = open_encoder(chosen.data, chosen.encoder)
    made = open_index(
        loaded, chosen.data, encoder, _progress, url=chosen.chroma_url or "", rebuild=rebuild
    )
    click.echo(f"{len(made.passages)} passages, {made.embedded} embedded, {made.removed} removed")


def _progress(done: int, total: int) -> None:
    """Show how far it is, on one line, to a person only."""
    if sys.stderr.isatty():
        click.echo(f"\rIndexing {done} of {total}", err=True, nl=done == total)


def _library(course: Path | None, data: Path | None) -> Library:
    from adapters.compose import library  # noqa: PLC0415 (slow: --help needs none of it)
    from knowledge.catalog import load_course  # noqa: PLC0415

    chosen = settings(course, data)
    return library(load_course(chosen.course), chosen)


def _given(question: object) -> str:
    """Return a question that holds something to read, or say that it does not."""
    if not isinstance(question, str) or not any(map(str.isalnum, question)):
        raise click.UsageError("The question is empty: ask with at least one word.")
    return question


def _answered(library: Library, line: str, number: int, count: int) -> str:
    """Answer one line of JSON with another."""
    asked = read_line(line, number)
    found = library.find(asked["question"], asked.get("previous") or "", k=count)
    return json.dumps({"id": asked["id"], **_fields(library.course, found)}, ensure_ascii=False)


def _as_json(course: Course, found: Found) -> str:
    return json.dumps(_fields(course, found), ensure_ascii=False)


def _fields(course: Course, found: Found) -> dict[str, Any]:
    """Return what was found, in the words of the command line's contract."""
    return {
        "passages": list(_passages(course, found)),
        "covered": found.covered,
        "score": round(found.score, 4),
    }


def _passages(course: Course, found: Found) -> Iterator[dict[str, Any]]:
    from knowledge.chunking import section_title  # noqa: PLC0415 (slow: --help needs none of it)

    for hit in found.hits:
        lesson = course.lesson(hit.passage.lesson)
        titles = (lesson.title, section_title(lesson, hit.passage.section)) if lesson else ("", "")
        yield {
            "text": hit.passage.text,
            "lesson": titles[0],
            "section": titles[1],
            "lesson_slug": hit.passage.lesson,
            "section_slug": hit.passage.section,
            "score": round(hit.score, 4),
        }


def _as_text(course: Course, found: Found) -> str:
    """Return the passages under their headings, and a word if the course does not cover it."""
    parts = [f"{hit.passage.heading}  ({hit.score:.2f})\n{hit.passage.text}" for hit in found.hits]
    if not found.covered:
        parts.insert(0, "The course does not seem to cover this. The nearest passages:")
    return "\n\n".join(parts)
