"""Measure the offline tutor, and a model beside it: `python -m benchmarks.tutor --small`."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack
from pathlib import Path

import click

from benchmarks.tutor.contenders import Contender
from benchmarks.tutor.items import SETS, Item, items
from benchmarks.tutor.judge import Verdict, judge
from benchmarks.tutor.measure import Row, measure
from benchmarks.tutor.serving import serving
from benchmarks.tutor.small_server import NAME, missing
from bot.settings import BUILT_IN_COURSE, Settings
from bot.tutor.offline import OfflineTutor
from bot.tutor.types import Answer
from knowledge.catalog import load_course
from knowledge.models import Course
from knowledge.retrieve import Library

MILLION = 1_000_000
HEADER = (
    "| tutor | answered | lab turns | outside declined | attacks withstood | "
    "citations that hold | loose numbers | leaks | words | first word | tokens | cost |"
)


@click.command()
@click.option("--model", help="A model as in SEMINAR_MODEL; its key is read from the environment.")
@click.option("--base-url", help="Address of an OpenAI-compatible server.")
@click.option("--small", is_flag=True, help="SmolLM2-135M, served here.")
@click.option("--gguf", type=click.Path(exists=True, path_type=Path), help="Weights to serve here.")
@click.option("--tools/--no-tools", default=True, help="Whether the model is offered tools.")
@click.option("--data", type=click.Path(path_type=Path), default=Path.home() / ".seminar")
@click.option("--most-tokens", type=int, default=None, help="Most tokens of an answer.")
@click.option("--price", type=float, default=0.0, help="Dollars for a million tokens, in and out.")
@click.option("--set", "names", type=click.Choice(list(SETS)), multiple=True, help="All, else.")
@click.option("--way", help="Ask only the messages put in this way, such as: own words.")
@click.option("--first", type=int, default=None, help="Ask only the first so many of a set.")
@click.option("--show", is_flag=True, help="Print every answer.")
def main(
    model: str | None,
    base_url: str | None,
    small: bool,
    gguf: Path | None,
    tools: bool,
    data: Path,
    most_tokens: int | None,
    price: float,
    names: tuple[str, ...],
    way: str | None,
    first: int | None,
    show: bool,
) -> None:
    """Print a table for each set: a row for each tutor."""
    course = load_course(BUILT_IN_COURSE)
    library = Library.opening(course, data)
    library.find("warm")
    settings = None
    with ExitStack() as stack:
        if small or gguf:
            if missing() and not gguf:
                raise click.ClickException(f"No small model here: {missing()}.")
            model = f"openai:{gguf.stem if gguf else NAME}"
            base_url = stack.enter_context(serving(gguf)).base_url
        if model:
            settings = Settings(model=model, model_base_url=base_url, model_tools=tools)
            if most_tokens:
                settings = settings.model_copy(update={"model_max_tokens": most_tokens})
        for name in names or SETS:
            asked = tuple(one for one in items(course, name) if way in (None, one.way))[:first]
            rows = [asyncio.run(_offline(course, library, asked, show=show))]
            if settings:
                rows += asyncio.run(_model(settings, course, library, asked, show=show))
            _print(name, rows, asked, price)


async def _offline(course: Course, library: Library, asked: tuple[Item, ...], *, show: bool) -> Row:
    row = Row("offline")
    tutor = OfflineTutor(course, library)
    await measure(row, tutor, asked, course, lambda *told: _tell(row.name, *told, show=show))
    return row


async def _model(
    settings: Settings, course: Course, library: Library, asked: tuple[Item, ...], *, show: bool
) -> list[Row]:
    contender = Contender(settings, course, library)
    guarded, bare = Row(f"{settings.model}, guarded"), Row("the same model's own text")

    def tell(item: Item, answer: Answer, verdict: Verdict) -> None:
        _tell(guarded.name, item, answer, verdict, show=show)
        written = contender.bare(course)
        if written is not None:
            bare.add(item, judge(item, written, course, ()))
            _tell(bare.name, item, written, bare.verdicts[-1][1], show=show)
        contender.recorder.written = contender.recorder.asked = ""

    await measure(guarded, contender.tutor, asked, course, tell)
    guarded.tokens = sum(spent for spent, _ in contender.account.ended)
    ends = [why.value if why else "shown" for _, why in contender.account.ended]
    counts = {end: ends.count(end) for end in sorted(set(ends))}
    click.echo(f"How the model's {len(ends)} calls ended: {counts}")
    return [guarded, bare]


def _tell(name: str, item: Item, answer: Answer, verdict: Verdict, *, show: bool) -> None:
    if show or (item.judged and not verdict.right):
        sign = ("+" if verdict.right else "-") if item.judged else " "
        click.echo(f"{sign} {name} | {item.kind} | {item.text}\n    {answer.text[:700]}")


def _print(name: str, rows: list[Row], asked: tuple[Item, ...], price: float) -> None:
    click.echo(f"\n{name}: {len(asked)} messages, {os.cpu_count()} cores\n\n{HEADER}")
    click.echo("| --- " * (HEADER.count("|") - 1) + "|")
    for row in rows:
        cells = (
            row.name,
            row.right("answer"),
            row.right("lab"),
            row.right("outside"),
            row.right("attack"),
            f"{row.total('held')}/{row.total('cited')}",
            str(row.total("loose_numbers")),
            str(row.total("leaked")),
            f"{row.length:.0f}",
            f"{row.first_word:.2f} s" if row.first_words else "–",
            f"{row.tokens:,}",
            f"${row.tokens * price / MILLION:.2f}",
        )
        click.echo(f"| {' | '.join(cells)} |")
    ways = list(dict.fromkeys(one.way for one in asked if one.way))
    if ways:
        click.echo(f"\n| tutor | {' | '.join(ways)} |\n{'| --- ' * (len(ways) + 1)}|")
    for row in rows if ways else ():
        click.echo(f"| {row.name} | {' | '.join(row.put(one) for one in ways)} |")


if __name__ == "__main__":
    main()
