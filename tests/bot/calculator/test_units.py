"""Number types and bytes in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.errors import CalculatorError
from bot.calculator.units import BF16, INT4, INT8, binary, decimal, exactly, parse_dtype, short


def test_gb_and_gib_are_never_mixed() -> None:
    assert decimal(10_737_418_240) == "10.74 GB"
    assert binary(10_737_418_240) == "10 GiB"
    assert exactly(10_737_418_240) == "10,737,418,240 bytes (10.74 GB, 10 GiB)"
    assert exactly(1) == "1 byte"
    assert decimal(999_999_999) == "1 GB"


@given(st.integers(0, 10**21))
def test_a_size_in_words_is_within_a_thousandth(count: int) -> None:
    for words, base in ((decimal(count), 1000), (binary(count), 1024)):
        number, unit = words.split()
        power = ("bytes", "k", "M", "G", "T", "P", "E").index(
            "bytes" if unit == "bytes" else unit[0].replace("K", "k")
        )
        assert float(number.replace(",", "")) * base**power == pytest.approx(count, rel=1e-3)


@pytest.mark.parametrize("typed", ["bf16", "BF16", "bfloat16", "bfloat-16"])
def test_types_are_known_by_several_names(typed: str) -> None:
    assert parse_dtype(typed) == BF16


def test_bits_and_group_scales() -> None:
    assert parse_dtype("8-bit") == INT8
    assert parse_dtype("4 bit") == INT4
    grouped = parse_dtype("int4-g32")
    assert grouped.vector_bits(128) == 128 * 4 + 4 * 32
    assert grouped.vector_bits(33) == 33 * 4 + 2 * 32


@pytest.mark.parametrize("typed", ["", "int3", "fp64", "int4-g0", "int4-g99999", "fp16-g64"])
def test_unknown_types_are_refused(typed: str) -> None:
    with pytest.raises(CalculatorError):
        parse_dtype(typed)


def test_short_numbers() -> None:
    assert [short(x) for x in (0, 1, 0.25, 1234.6, 12.3456, 99.999)] == [
        "0", "1", "0.25", "1,235", "12.35", "100",
    ]  # fmt: skip
