"""Lengths as people write them, and the one rule for K and M."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.errors import CalculatorError
from bot.calculator.lengths import MAX_LENGTH, parse_length, parse_size, parse_users


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("1K", 1024),
        ("8K", 8192),
        ("32K", 32_768),
        ("128k", 131_072),
        ("128 K", 131_072),
        ("1M", 1_048_576),
        ("100K", 100_000),
        ("200k", 200_000),
        ("1.5M", 1_500_000),
        ("0.5M", 500_000),
        ("10M", 10_000_000),
        ("131072", 131_072),
        ("131,072", 131_072),
        ("32k tokens", 32_768),
        ("32k-token", 32_768),
        ("128 thousand", 128_000),
        ("1 million", 1_000_000),
        ("32Ki", 32_768),
        (" 4096 ", 4096),
    ],
)
def test_k_is_1024_after_a_power_of_two_and_a_thousand_after_anything_else(
    typed: str, tokens: int
) -> None:
    assert parse_length(typed) == tokens


@pytest.mark.parametrize(
    "typed",
    ["", "0", "-5", "\N{MINUS SIGN}5", "nan", "inf", "1e6", "32KB", "K", "1.2345K", "1,00", "٣٢K",
     "³²K", "3 2K", "32KK", "9" * 30, "1" * 100_000, f"{'0' * 40}5junk", "2000B", "131.072"],
)  # fmt: skip
def test_what_is_no_length_is_refused_in_one_short_sentence(typed: str) -> None:
    with pytest.raises(CalculatorError) as refused:
        parse_length(typed)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 200


@given(st.integers(min_value=1, max_value=MAX_LENGTH))
def test_a_plain_number_means_itself_with_and_without_commas(tokens: int) -> None:
    assert parse_length(str(tokens)) == tokens
    assert parse_length(f"{tokens:,}") == tokens


@given(st.text(max_size=60))
def test_any_text_is_a_length_or_a_refusal(text: str) -> None:
    with suppress(CalculatorError):
        assert 1 <= parse_length(text) <= MAX_LENGTH


def test_users_are_counted_in_thousands() -> None:
    assert parse_users("1K") == 1000
    assert parse_users("1,000") == 1000
    for wrong in ("0", "-1", "1.5", "many", ""):
        with pytest.raises(CalculatorError):
            parse_users(wrong)


def test_a_size_is_a_whole_number_and_the_refusal_names_it() -> None:
    assert parse_size("80", "--layers") == 80
    for wrong in ("0", "-4", "80.0", "1e3", "x", "9999999"):
        with pytest.raises(CalculatorError, match="--layers"):
            parse_size(wrong, "--layers")
