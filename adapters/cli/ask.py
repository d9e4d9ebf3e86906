"""`seminar ask`: put a question to the tutor, from the command line or from a script."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from adapters.cli.lines import read_line
from adapters.cli.options import places, settings

if TYPE_CHECKING:
    from bot.tutor.types import Answer, Citation, Tutor


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='Read {"id","question","previous"?} a line from standard input; answer each with a line.',
)
@places
def ask(
    question: str | None, as_json: bool, jsonl: bool, course: Path | None, data: Path | None
) -> None:
    """Ask the tutor QUESTION; it answers from the course and says where that stands."""
    if jsonl == (question is not None):
        raise click.UsageError("Give a question, or --jsonl and questions on standard input.")
    tutor = _tutor(course, data)
    if jsonl:
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                click.echo(_line(tutor, line, number))
                sys.stdout.flush()
        return
    answer = answered(tutor, question or "")
    click.echo(json.dumps(fields(answer), ensure_ascii=False) if as_json else plain(answer))


def answered(tutor: Tutor, question: str, previous: str = "") -> Answer:
    """Return the tutor's answer. Raises LearnerError where there is nothing to answer."""
    from bot.tutor.types import Answer, Exchange, Request  # noqa: PLC0415 (--help needs none of it)

    history = (Exchange(previous, ""),) if previous else ()

    async def last() -> Answer | None:
        found = None
        async for piece in tutor.answer(Request(question, history=history)):
            found = piece if isinstance(piece, Answer) else found
        return found

    answer = asyncio.run(last())
    if answer is None:
        raise click.ClickException("The tutor gave no answer: ask again.")
    return answer


def fields(answer: Answer) -> dict[str, Any]:
    """Return an answer in the words of the command line's contract."""
    return {
        "answer": answer.text,
        "covered": answer.covered,
        "citations": [_cited(one) for one in answer.citations],
        "numbers": list(answer.numbers),
        "steps": list(answer.steps),
        "follow_up": answer.follow_up,
        "nearest": _cited(answer.nearest) if answer.nearest else None,
    }


def plain(answer: Answer) -> str:
    """Return an answer as plain text: what it says, its working, and where it stands."""
    from bot.plain import plain_body  # noqa: PLC0415

    places = [f"[{c.number}] {c.lesson_title} / {c.section_title}" for c in answer.citations]
    steps = [f"- {step}" for step in answer.steps]
    said, follow_up = plain_body(answer.text), plain_body(answer.follow_up)
    parts = (said, "\n".join(steps), "\n".join(places), follow_up)
    return "\n\n".join(part for part in parts if part)


def _tutor(course: Path | None, data: Path | None) -> Tutor:
    from adapters.compose import library, tutor  # noqa: PLC0415 (slow: --help needs none of it)
    from knowledge.catalog import load_course  # noqa: PLC0415

    chosen = settings(course, data)
    loaded = load_course(chosen.course)
    return tutor(chosen, loaded, library(loaded, chosen))


def _line(tutor: Tutor, line: str, number: int) -> str:
    """Answer one line of JSON with another; what cannot be asked gets its reason as the answer."""
    from bot.errors import LearnerError  # noqa: PLC0415
    from bot.tutor.types import Answer  # noqa: PLC0415

    asked = read_line(line, number)
    try:
        answer = answered(tutor, asked["question"], asked.get("previous") or "")
    except LearnerError as fault:
        answer = Answer(str(fault), covered=False, on_subject=False)
    return json.dumps({"id": asked["id"], **fields(answer)}, ensure_ascii=False)


def _cited(citation: Citation) -> dict[str, str]:
    return {
        "lesson": citation.lesson_title,
        "section": citation.section_title,
        "lesson_slug": citation.lesson,
        "section_slug": citation.section,
        "quote": citation.quote,
    }
