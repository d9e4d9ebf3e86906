"""A body in Discord's Markdown, in pieces that each fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.render.body import MAX_PIECE, body, split
from adapters.discord.render.limits import size


def test_each_block_becomes_one_piece() -> None:
    pieces = body("# Head\n\nText with `code`.\n\n- a\n- b\n\n> said\n\n1. x\n2. y")
    assert pieces == ["### Head", "Text with `code`.", "- a\n- b", "> said", "1. x\n2. y"]


def test_a_formula_is_set_off_and_wraps_on_any_screen() -> None:
    assert body("```formula\na = b\n  + c\n```") == ["> `a = b`\n> `  + c`"]


def test_code_keeps_its_lines() -> None:
    assert body("```python\nif a:\n    b()\n```") == ["```\nif a:\n    b()\n```"]


def test_a_long_formula_keeps_its_marks_in_every_piece() -> None:
    pieces = body("```formula\n" + "x + " * 2000 + "\n```")
    assert len(pieces) > 1
    assert all(piece.startswith("> `") and piece.endswith("`") for piece in pieces)


def test_long_code_is_cut_into_whole_code_blocks() -> None:
    pieces = body("```\n" + "\n".join(f"line {n}" for n in range(500)) + "\n```")
    assert len(pieces) > 1
    assert all(piece.count("```") == 2 for piece in pieces)


def test_a_long_table_is_cut_between_rows() -> None:
    rows = "\n".join(f"| row {n} | {'word ' * 12} | {'more ' * 8} |" for n in range(30))
    pieces = body(f"| A | B | C |\n|---|---|---|\n{rows}")
    assert len(pieces) > 1
    assert all(piece.startswith("-# A\n**row") for piece in pieces)


@given(st.text(max_size=5000))
def test_any_text_at_all_can_be_drawn(text: str) -> None:
    assert all(piece.strip() for piece in body(text))


@given(st.text(st.sampled_from("ab \\\n\U0001f600"), max_size=400), st.integers(10, 60))
def test_a_cut_loses_no_letter_and_keeps_the_limit(text: str, most: int) -> None:
    cut = list(split(text, most))
    assert all(size(part) <= most for part in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert most < MAX_PIECE
