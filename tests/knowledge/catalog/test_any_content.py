"""Whatever a course folder holds, checking it gives a report and never an exception."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.catalog import Report, check_course, load_course
from knowledge.errors import CourseError

NAMES = (
    "course.toml",
    "test.toml",
    "1-bends/lesson.md",
    "1-bends/quiz.toml",
    "1-bends/lab.toml",
    "1-bends/knot.png",
)
KEYS = [
    "title",
    "id",
    "description",
    "policy",
    "pass_mark",
    "attempts",
    "cooldown_hours",
    "unlock",
    "feedback",
    "question",
    "text",
    "section",
    "lesson",
    "hints",
    "option",
    "why",
    "correct",
    "mission",
    "opening",
    "start",
    "exchanges",
    "other",
]
LINES = (
    "# Title",
    "## Reef",
    "## Key terms",
    "##",
    "### Low",
    "- **A**: b",
    "  more",
    "> ```",
    "```formula",
    "```",
    "    ~~~",
    "| a | b |",
    "|---|---|",
    "---",
    "===",
    "1. | x |",
    "![alt](knot.png)",
    '![](../../x.png "y")',
    "![a](<\x00>)",
    "text ![b](c) `d",
    "[x]: /y",
    "<!--",
    "",
    "\t",
    "\u2028 \u202e é",
)


def report_of(files: Mapping[str, bytes]) -> Report:
    """Check a folder of these files, and see that the report holds together."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        (root / "1-bends").mkdir()
        for name, content in files.items():
            (root / name).write_bytes(content)
        report = check_course(root)
        assert (report.course is None) == bool(report.problems)
        for problem in report.problems:
            lines = files.get(problem.file, b"").replace(b"\r\n", b"\n").count(b"\n") + 1
            assert 1 <= problem.line <= lines
            assert str(problem).isprintable()
        if report.problems:
            with pytest.raises(CourseError):
                load_course(root)
        return report


def toml(value: object) -> str:
    """Write a value as TOML, tables in one line."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value) if isinstance(value, str | bool) else repr(value)


VALUES = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec="ascii"), max_size=20).filter(lambda text: "\x7f" not in text),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=200)))
def test_any_bytes(files: dict[str, bytes]) -> None:
    report_of(files)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=200)))
def test_any_text(files: dict[str, str]) -> None:
    report_of({name: text.encode(errors="surrogatepass") for name, text in files.items()})


@given(
    st.dictionaries(
        st.sampled_from([name for name in NAMES if name.endswith(".toml")]),
        st.dictionaries(st.sampled_from(KEYS), VALUES),
    )
)
def test_any_tables(files: dict[str, dict[str, object]]) -> None:
    written = {
        name: "\n".join(f"{key} = {toml(value)}" for key, value in table.items()).encode()
        for name, table in files.items()
    }
    report_of({"1-bends/lesson.md": b"# Bends\n\n## Reef\n\nText.\n"} | written)


@given(st.lists(st.sampled_from(LINES)))
def test_any_lesson_made_of_markdown(lines: list[str]) -> None:
    report_of({"course.toml": b'title = "Knots"', "1-bends/lesson.md": "\n".join(lines).encode()})
