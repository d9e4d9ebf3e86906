from __future__ import annotations

import pytest

from bot.tutor.number_guard import numbers, unsupported


@pytest.mark.parametrize("said", ["4×", "4x", "4 times", "four times", "fourfold", "4-fold"])
@pytest.mark.parametrize("known", ["grows 4×", "grows four times", "a 4-fold growth"])
def test_one_ratio_has_many_spellings(said: str, known: str) -> None:
    assert unsupported(f"It costs {said} as much.", [known]) == ()


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("128K tokens", "131,072 tokens"),
        ("128K tokens", "128,000 tokens"),
        ("64 GiB", "68.7 GB"),
        ("10.74 GB", "10,737,418,240 bytes"),
        ("about 3%", "2.7%"),
        ("1 million", "1,000,000"),
        ("10¹² scores", "1,000,000,000,000 scores"),
        ("2023", "in 2023"),
    ],
)
def test_the_same_number_in_other_words_is_supported(said: str, known: str) -> None:
    assert unsupported(said, [known]) == ()


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("64 GB", "64 GiB"),
        ("8×", "4×"),
        ("2024", "2023"),
        ("10.74 GB", "about 11 GB"),
        ("27%", "2.7%"),
        ("eight times", "4 times"),
        ("68 GB", "68 tokens"),
    ],
)
def test_another_number_or_unit_is_not(said: str, known: str) -> None:
    assert unsupported(said, [known]) != ()


def test_names_and_citations_hold_no_numbers() -> None:
    assert numbers("GPT-3 and S4 in INT8 [1], O(n²) [12]") == ()


def test_numbers_are_listed_once_and_in_order() -> None:
    assert numbers("8K, then 4× and 8K again: 2.7%") == ("8K", "4×", "2.7%")


def test_without_evidence_every_number_is_unsupported() -> None:
    assert unsupported("7 heads and 9 GB", []) == ("7", "9 GB")


def test_a_monstrous_power_is_no_crash() -> None:
    assert unsupported("9^999999 and 1e99999", ["1"]) != ()
