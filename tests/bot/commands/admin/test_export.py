"""The gradebook, exported and read again."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.admin import export as exporting
from bot.commands.admin.export import safe
from bot.events import Learner
from bot.gradebook import TEST_SUBJECT, Kind, Mark
from bot.replies import Document, Reply
from tests.bot.commands.admin.school import ADA, BOB, MIA, School
from tests.classroom import text_of

RISKY = "=+-@\t\r\n＝＋－＠"


def read_csv(replies: list[Reply]) -> list[dict[str, str]]:
    """The rows of all files."""
    files = [reply for reply in replies if isinstance(reply, Document)]
    return [row for f in files for row in csv.DictReader(io.StringIO(f.text, newline=""))]


async def test_csv_and_json_say_the_same_as_the_records(school: School) -> None:
    await school.take_quiz([True, False], who=ADA)
    await school.both_take_the_test()
    rows = read_csv(await school.admin("export", "csv"))
    [document] = await school.admin("export", "json")
    assert isinstance(document, Document)
    learners = json.loads(document.text)["learners"]
    plain = [{k: "" if v is None else str(v) for k, v in line.items()} for line in learners]
    assert rows == plain
    for number, row in enumerate(rows, start=1):

        def read(unit: object, number: int = number) -> Mark | None:
            return unit.progress(number).mark(Kind.TEST, TEST_SUBJECT)  # type: ignore[attr-defined, no-any-return]

        mark: Mark = await school.rows(read)  # type: ignore[assignment]
        assert (row["test best"], row["test out_of"]) == (str(mark.best), str(mark.out_of))
        assert row["test done_at"] == (mark.done_at.isoformat() if mark.done_at else "")
    assert [row["quiz-1 best"] for row in rows] == ["1", ""]


async def test_a_name_cannot_become_a_formula(school: School) -> None:
    evil = Learner("test", "school", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y"),"')
    await school.open(evil)
    [row] = read_csv(await school.admin("export", "csv"))
    assert row["learner"] == "'" + evil.user
    assert row["name"] == "'" + evil.name


@given(st.text())
def test_no_cell_begins_a_formula_and_what_was_written_can_be_read_again(text: str) -> None:
    cell = safe(text)
    assert isinstance(cell, str)
    assert not cell.lstrip(" ").startswith(tuple(RISKY))
    assert cell.removeprefix("'") == text or cell == text


async def test_pseudonyms_name_nobody_and_differ_between_exports(school: School) -> None:
    await school.both_take_the_test()
    first, second = [read_csv(await school.admin("export", "csv pseudonyms")) for _ in range(2)]
    cells = {cell for row in (*first, *second) for cell in row.values()}
    assert cells.isdisjoint({"ada", "bob", "Ada", "Bob"})
    assert "2026-03-02" in cells, "days, not moments"
    assert sorted(row["test best"] for row in first) == ["2", "5"]
    assert {row["learner"] for row in first}.isdisjoint({row["learner"] for row in second})


async def test_a_big_class_is_exported_in_several_files(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "ROWS", 2)
    for number in range(5):
        await school.open(Learner("test", "school", f"learner-{number}"))
    replies = await school.admin("export", "csv")
    assert [r.name for r in replies if isinstance(r, Document)] == [
        "gradebook-tides.csv",
        "gradebook-tides-2.csv",
        "gradebook-tides-3.csv",
    ]
    assert len(read_csv(replies)) == 5


async def test_the_choices_stand_on_buttons(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("export")
    [document] = await school.press("CSV with pseudonyms", MIA)
    assert isinstance(document, Document)
    assert "exported · csv, pseudonyms" in text_of(await school.admin("audit"))


async def test_an_empty_class_and_a_wrong_format_are_said(school: School) -> None:
    assert "Nobody is in this class" in text_of(await school.admin("export", "csv"))
    assert "Choose csv or json" in text_of(await school.admin("export", "xlsx"))
    assert BOB.name == "Bob"
