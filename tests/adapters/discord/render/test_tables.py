"""A table stays readable on a phone: it fits, or it becomes a block for each row."""

from __future__ import annotations

from adapters.discord.render.tables import PHONE_COLUMNS, table
from bot.markup import Table, parse
from tests.adapters.discord.screens import shown


def drawn(markdown: str) -> str:
    """Draw the one table of a body."""
    (block,) = parse(markdown)
    assert isinstance(block, Table)
    return table(block)


def test_a_narrow_table_keeps_its_columns() -> None:
    lines = drawn("| Model | Heads |\n|---|---|\n| MHA | 64 |\n| GQA | 8 |").split("\n")
    assert lines[0] == lines[-1] == "```"
    assert lines[1] == "Model  Heads"
    assert lines[3] == "MHA    64"


def test_no_line_of_a_narrow_table_is_wider_than_a_phone() -> None:
    text = drawn("| A | B |\n|---|---|\n| " + "x" * 16 + " | " + "y" * 8 + " |")
    assert max(map(len, text.split("\n"))) <= PHONE_COLUMNS


def test_a_wide_table_becomes_a_block_for_each_row() -> None:
    text = drawn(
        "| Technique | KV heads | Cache a token | For 100 users |\n|---|---|---|---|\n"
        "| MHA | 64 | 2.5 MiB | 8.59 TB in all for everybody |\n| GQA | 8 | 320 KiB | 1.07 TB |"
    )
    first, second = text.split("\n\n")
    assert first.startswith("**MHA**\n- KV heads: 64\n- Cache a token: 2.5 MiB\n")
    assert second.startswith("**GQA**")


def test_short_rows_of_a_wide_table_take_one_line_each() -> None:
    text = drawn("| Name of it | Heads there | Bytes a token |\n|---|---|---|\n| MHA | 64 | 2 |")
    assert text == "**MHA**\nHeads there: 64 · Bytes a token: 2"


def test_two_columns_become_names_with_their_values() -> None:
    text = drawn("| Term | Meaning |\n|---|---|\n| Window | how far back a token may look at all |")
    assert text == "-# Term · Meaning\n- **Window**: how far back a token may look at all"


def test_no_cell_of_any_table_is_lost() -> None:
    text = drawn("| | b | c |\n|---|---|---|\n| d | | f_f |\n|  | " + "long " * 20 + "| i |")
    for cell in ("b", "c", "d", "f_f", "long long", "i"):
        assert cell in shown(text)


def test_a_cell_in_another_script_does_not_shift_the_columns() -> None:
    assert "```" not in drawn("| A | B |\n|---|---|\n| 漢字 | x |")
