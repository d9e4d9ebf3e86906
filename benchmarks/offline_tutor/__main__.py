"""Ask every question of the sets and print how many were answered and declined rightly."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path
from time import perf_counter

import click

from benchmarks.offline_tutor.judge import Verdict, judge, request
from bot.settings import BUILT_IN_COURSE
from bot.tutor.offline import OfflineTutor
from knowledge.catalog import load_course
from knowledge.retrieve import Library

HERE = Path(__file__).parent
SETS = ("questions.toml", "unseen.toml")


@click.command()
@click.option("--course", type=click.Path(path_type=Path), default=BUILT_IN_COURSE)
@click.option("--data", type=click.Path(path_type=Path), default=Path.home() / ".seminar")
@click.option("--show", is_flag=True, help="Print every answer.")
def main(course: Path, data: Path, show: bool) -> None:
    """Print one table for each set of questions."""
    loaded = load_course(course)
    tutor = OfflineTutor(loaded, Library.opening(loaded, data))
    for name in SETS:
        if not (HERE / name).exists():
            continue
        items = tomllib.loads((HERE / name).read_text("utf-8"))["question"]
        verdicts: dict[str, list[Verdict]] = defaultdict(list)
        times = []
        for item in items:
            begun = perf_counter()
            answer = tutor.reply(request(item))
            times.append(perf_counter() - begun)
            verdict = judge(item, answer, loaded)
            verdicts[item["kind"]].append(verdict)
            if show or verdict.wrong:
                click.echo(f"\n{'-' if verdict.wrong else '+'} {item['kind']}: {item['text']}")
                click.echo(f"  {verdict.wrong}" if verdict.wrong else "")
                click.echo(f"  {answer.text}\n  ?> {answer.follow_up}")
        _table(name, verdicts, times)


def _table(name: str, verdicts: dict[str, list[Verdict]], times: list[float]) -> None:
    click.echo(f"\n{name}\n{'kind':<14}{'asked':>7}{'right':>7}{'cited':>7}{'numbers':>9}")
    for kind, found in [*verdicts.items(), ("all", [v for vs in verdicts.values() for v in vs])]:
        counts = (
            sum(v.right for v in found),
            sum(v.cited for v in found),
            sum(v.numbered for v in found),
        )
        click.echo(f"{kind:<14}{len(found):>7}{counts[0]:>7}{counts[1]:>7}{counts[2]:>9}")
    middle = sorted(times)[len(times) // 2]
    click.echo(f"median time of an answer: {middle * 1000:.0f} ms, search included")


if __name__ == "__main__":
    main()
