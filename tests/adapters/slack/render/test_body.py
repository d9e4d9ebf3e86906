"""A table that cannot be one is told in lines, and every word of it is told."""

from __future__ import annotations

from adapters.slack.render.body import body
from adapters.slack.render.text import Block

TABLE = (
    "| Technique | What it changes | Exact? |\n|---|---|---|\n"
    "| Sparse attention | which pairs are scored | no |"
)


def words(block: Block) -> str:
    """All text of a block, in order."""
    if "text" in block:
        return str(block["text"])
    return "".join(words(part) for part in block["elements"])


def test_a_table_in_lines_keeps_the_name_of_every_column() -> None:
    caption, lines = body(TABLE, tables=False)
    assert words(caption) == "Technique"
    assert words(lines) == ("Sparse attention\nWhat it changes: which pairs are scored · Exact? no")


def test_a_table_is_a_table_where_slack_draws_one() -> None:
    (native,) = body(TABLE)
    assert native["type"] == "table"


def test_a_column_without_a_name_asks_for_no_colon() -> None:
    (lines,) = body(
        "| | |\n|---|---|\n| Sparse attention | which pairs of tokens are scored |", tables=False
    )
    assert words(lines) == "Sparse attention\nwhich pairs of tokens are scored"
