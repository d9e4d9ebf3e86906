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


def test_names_of_columns_wrap_so_that_short_values_stay_in_columns() -> None:
    text = drawn(
        "| From | To | Length | Attention work |\n|---|---|---|---|\n"
        "| 8K | 16K | 2× | 4× |\n| 100K | 128K | 10× | 100× |"
    )
    assert text.split("\n")[1:-1] == [
        "                 Attention",
        "From To   Length work",
        "─" * PHONE_COLUMNS,
        "8K   16K  2×     4×",
        "100K 128K 10×    100×",
    ]


def test_a_question_above_a_column_needs_no_colon() -> None:
    long = "which pairs of tokens are scored at all"
    text = drawn(f"| Technique | What changes | Exact? |\n|---|---|---|\n| Sparse | {long} | no |")
    assert text.endswith("- Exact? no")


def test_a_wide_table_becomes_a_block_for_each_row() -> None:
    text = drawn(
        "| Technique | KV heads | Cache a token | For 100 users |\n|---|---|---|---|\n"
        "| MHA | 64 | 2.5 MiB | 8.59 TB in all for everybody |\n| GQA | 8 | 320 KiB | 1.07 TB |"
    )
    first, second = text.split("\n\n")
    assert first.startswith("-# Technique\n**MHA**\n- KV heads: 64\n- Cache a token: 2.5 MiB\n")
    assert second.startswith("**GQA**")


def test_short_rows_of_a_wide_table_take_one_line_each() -> None:
    text = drawn(
        "| Technique | Heads | For everybody |\n|---|---|---|\n| MHA | 64 | 8.59 TB in all |"
    )
    assert text == "-# Technique\n**MHA**\nHeads: 64 · For everybody: 8.59 TB in all"


def test_two_columns_become_names_with_their_values() -> None:
    text = drawn("| Term | Meaning |\n|---|---|\n| Window | how far back a token may look at all |")
    assert text == "-# Term · Meaning\n- **Window**: how far back a token may look at all"


def test_a_list_in_a_table_keeps_its_name() -> None:
    text = drawn("| Held |\n|---|\n| the keys of every earlier token |\n| values |")
    assert text == "-# Held\n- the keys of every earlier token\n- values"


def test_no_cell_of_any_table_is_lost() -> None:
    text = drawn("| | b | c |\n|---|---|---|\n| d | | f_f |\n|  | " + "long " * 20 + "| i |")
    for cell in ("b", "c", "d", "f_f", "long long", "i"):
        assert cell in shown(text)


def test_a_cell_in_another_script_does_not_shift_the_columns() -> None:
    assert "```" not in drawn("| A | B |\n|---|---|\n| 漢字 | x |")
