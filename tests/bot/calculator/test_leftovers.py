"""A command's words and numbers are all used, or refused by name in one sentence."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.calculation import Calculation
from bot.calculator.door import answer
from bot.calculator.errors import CalculatorError
from bot.calculator.typed import KV, calculate

PROMPT = "how much KV cache for"
MODEL = "llama-2-70b"
TOKEN_BYTES = 327_680  # of Llama 2 70B in 16 bits


def made(command: str) -> Calculation:
    found = answer(f"{PROMPT} {command}", whole=True)
    assert found is not None
    return found


def refusal(command: str) -> str:
    with pytest.raises(CalculatorError) as refused:
        answer(f"{PROMPT} {command}", whole=True)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


USERS = ("100 users", "users 100", "users=100", "users: 100", "--users 100", "100 concurrent users",
         "batch 100", "batch=100", "requests = 100")  # fmt: skip
LENGTHS = ("32K", "32K tokens", "32768", "32,768", "32768 tokens", "context=32K", "--context 32k")
TYPES = ("", "int8", "dtype=int8", "in int8", "--dtype int8")


@given(
    st.sampled_from(USERS), st.sampled_from(LENGTHS), st.sampled_from(TYPES), st.randoms()
)  # fmt: skip
def test_the_sizes_of_a_command_count_in_any_order_and_form(
    users: str, length: str, dtype: str, random: object
) -> None:
    parts = [part for part in (MODEL, users, length, dtype) if part]
    random.shuffle(parts)  # type: ignore[attr-defined]
    fields = made(" ".join(parts)).fields
    assert fields["users"] == 100
    assert fields["context_tokens"] == 32_768
    assert fields["bytes_total"] == 100 * 32_768 * TOKEN_BYTES // (2 if dtype else 1)


NONSENSE = st.text(string.ascii_lowercase, min_size=5, max_size=9).map(lambda word: f"zq{word}")
FIGURES = st.integers(101, 511).map(str)


@given(st.one_of(NONSENSE, FIGURES), st.integers(0, 3))
def test_any_token_that_is_left_over_is_refused_by_name(token: str, place: int) -> None:
    parts = [MODEL, "32K tokens,", "100 users,"]
    parts.insert(place, f"{token},")
    assert f"“{token}”" in refusal(" ".join(parts))


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (f"{MODEL} 32K for 100", "“100”"),
        (f"{MODEL} 2000", "“2000”"),
        (f"{MODEL} 32K, 100 users, 50 users", "users once"),
        (f"{MODEL} 32K 64K 128K", "131,072 tokens"),
        (f"{MODEL} 32K window 4096", "window of 4,096"),
        (f"{MODEL} 32K 40 layers", "layers 40"),
        (f"{MODEL} 32K int8 int4", "“int4”"),
        (f"{MODEL} 32K double", "“double”"),
        (f"{MODEL} 32K with PagedAttention", "“pagedattention”"),
        (f"{MODEL} 32K on an A100 with MQA", "“mqa”"),
        (f"{MODEL} 32K -7", "“-7”"),
    ],
)
def test_what_a_calculation_has_no_use_for_is_named(command: str, named: str) -> None:
    assert named in refusal(command)


def test_users_mean_nothing_to_attention_and_are_refused_there() -> None:
    with pytest.raises(CalculatorError, match="100 users"):
        answer("attention cost of 128K against 8K for 100 users", whole=True)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"{MODEL} at 32.768 tokens", "write 32,768 or 32768"),
        (f"{MODEL} at 32.768", "write 32,768 or 32768"),
        (f"{MODEL} at 1.000.000 tokens", "1.000.000"),
        (f"{MODEL} at 1,5M", "1.5M"),
        (f"{MODEL} at 0 tokens", "1 or more, not 0"),
        (f"{MODEL} at -5 tokens", "negative"),
        (f"{MODEL} at context=-5", "“-5”"),
        (f"{MODEL} 32K 0 users", "1 or more, not 0"),
        (f"{MODEL} 32K users 0", "1 or more, not 0"),
        (f"{MODEL} 32K users -3", "“-3”".strip("“”")),
        (f"{MODEL} 32K -3 users", "not a number of users"),
        (f"{MODEL} 32K users=2,5", "not a number of users"),
        (f"{MODEL} 32K 1.000 users", "not a number of users"),
        ("-80 layers, 8 kv heads, head dim 128 at 32K", "Layers must be"),
    ],
)
def test_a_number_written_another_way_is_explained_and_never_guessed(
    command: str, said: str
) -> None:
    assert said in refusal(command)


def test_thousands_with_commas_and_whole_millions_are_read() -> None:
    assert made(f"{MODEL} 128,000").fields["context_tokens"] == 128_000
    assert made(f"{MODEL} 1.5M, users 1,000").fields["users"] == 1000


def test_a_number_after_users_is_a_length_where_another_stands_before() -> None:
    fields = made(f"{MODEL} 100 users 4096").fields
    assert (fields["users"], fields["context_tokens"]) == (100, 4096)
    fields = made(f"{MODEL} 32K users 1000").fields
    assert (fields["users"], fields["context_tokens"]) == (1000, 32_768)


def test_a_named_size_that_a_kind_does_not_know_is_refused() -> None:
    with pytest.raises(CalculatorError, match="baseline"):
        calculate(KV, {"model": MODEL, "context": "32K", "baseline": "8K"})


def test_a_question_may_hold_other_numbers() -> None:
    found = answer("In 2023 we had 3 ideas: how much KV cache does llama 2 70b take at 32K?")
    assert found is not None
    assert found.fields["context_tokens"] == 32_768
