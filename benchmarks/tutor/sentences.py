"""How well the guards tell faithful sentences: `python -m benchmarks.tutor.sentences`."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import click

from bot.settings import BUILT_IN_COURSE
from bot.tutor.corpus import Corpus
from bot.tutor.model.citations import cited
from bot.tutor.model.figures import grounded
from bot.tutor.model.grounds import Grounds
from knowledge.catalog import load_course
from knowledge.chunking import passages
from knowledge.models import Course

FILE = Path(__file__).with_name("sentences.toml")


def passes(sentence: str, course: Course, corpus: Corpus, lesson: str, title: str) -> bool:
    """Return whether the guards let a sentence pass that cites nothing, given one section."""
    grounds = Grounds(course, corpus, ())
    there = (
        p for p in passages(course) if p.lesson == lesson and p.heading.endswith(f" / {title}")
    )
    grounds.add(there)
    found = cited(sentence, grounds, after_fact=False, strict=True)
    return found is not None and grounded(found, grounds) is not None


@click.command()
def main() -> None:
    """Print how many faithful sentences pass, and how many others."""
    course = load_course(BUILT_IN_COURSE)
    corpus = Corpus(course)
    counts: Counter[tuple[str, str, bool]] = Counter()
    for section in tomllib.loads(FILE.read_text("utf-8"))["section"]:
        group = section.get("group", "seen")
        for kind in ("true", "false"):
            for sentence in section[kind]:
                passed = passes(sentence, course, corpus, section["lesson"], section["title"])
                counts[group, kind, passed] += 1
                if passed != (kind == "true"):
                    click.echo(f"{'dropped' if kind == 'true' else 'passed'}: {sentence}")
    for group in ("seen", "unseen", "held out", "last"):
        for kind in ("true", "false"):
            passed, dropped = counts[group, kind, True], counts[group, kind, False]
            click.echo(f"{group}, {kind}: {passed} of {passed + dropped} passed")


if __name__ == "__main__":
    main()
