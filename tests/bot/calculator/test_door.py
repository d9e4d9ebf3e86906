"""The natural-language door: what is a calculation, what is not, and what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.calculation import Calculation
from bot.calculator.door import answer
from bot.calculator.errors import CalculatorError

LAB_1 = (
    "If GPT-4 Turbo processes 128K tokens, how much more attention compute does that require "
    "compared to 8K, and what does that mean for inference pricing?"
)
LAB_4 = (
    "Calculate the KV cache memory needed to serve Llama 2 70B with a 32K-token context per "
    "request for 100 concurrent users — and tell me how GQA changes that number."
)
LLAMA = "kv cache llama 2 70b at 32k for 100 users"


def made(text: str, previous: str = "") -> Calculation:
    found = answer(text, previous)
    assert found is not None
    return found


def test_lab_1_is_256_times_and_needs_no_architecture() -> None:
    found = made(LAB_1)
    assert found.fields["cost_ratio"] == 256
    assert "**256 times**" in found.text
    assert "grow 16 times" in found.text
    assert "No architecture of GPT-4 Turbo is published" in found.text


def test_lab_4_comes_out_right() -> None:
    found = made(LAB_4)
    for said in ("327,680 bytes a token", "10.74 GB", "1.074 TB", "8.59 TB", "134.2 GB",
                 "native window is 4,096"):  # fmt: skip
        assert said in found.text


@pytest.mark.parametrize(
    ("question", "kind", "field", "value"),
    [
        ("how many times more attention compute is 128K than 8K", "ratio", "cost_ratio", 256),
        ("if a 4K context costs 1 unit what does 32K cost", "ratio", "cost_ratio", 64),
        ("64k vs 16k attention", "ratio", "cost_ratio", 16),
        ("32k vs 8k prompt, how many times more attention work?", "ratio", "cost_ratio", 16),
        ("how much more expensive is a 64k prompt than a 16k prompt?", "ratio", "cost_ratio", 16),
        (f"{LLAMA}, and without GQA?", "kv", "bytes_total", 1_073_741_824_000),
        ("kv cache llama 2 70b 32768 context", "kv", "bytes_total", 10_737_418_240),
        ("KV cache for Llama-2-70b at 32k in int8?", "kv", "bytes_total", 5_368_709_120),
        ("gemma 3 27b kv cache at 128k", "kv", "bytes_total", 11_173_625_856),
        ("how many bytes per token does llama 2 70b cache", "kv", "bytes_per_token", 327_680),
        ("How many bytes does vLLM need per token for OPT-13B?", "kv", "bytes_per_token", 819_200),
        ("how big is the state of mamba 2.8b", "kv", "bytes_total", 13_107_200),
        ("kv cache with 80 layers, 8 kv heads, head dim 128 at 32k", "kv", "bytes_per_token",
         327_680),
        ("GPT-4 scale (96 layers, 128 heads, d=128), 16-bit: how much KV cache for 1M tokens?",
         "kv", "bytes_per_token", 6_291_456),
        ("how much kv memory for 1,000 users of llama 3.1 8b at 8k with blocks of 16?", "kv",
         "blocks", 512),
        ("does mixtral 8x7b at 32k fit on an A100?", "serving", "fits", False),
        ("does mixtral 8x7b at 32k fit on two A100s?", "serving", "fits", True),
        ("how many users fit on an H100 with llama 3.1 8b at 8k?", "serving", "max_users", 59),
        ("how big is the score matrix at 128K in fp32 with 96 heads", "attention",
         "score_bytes_per_head", 68_719_476_736),
        ("how many FLOPs does attention take in llama 2 7b at 4096 tokens?", "attention",
         "flops_per_layer", 2 * 4096**2 * 4096),
    ],
)  # fmt: skip
def test_a_question_about_sizes_is_calculated(
    question: str, kind: str, field: str, value: object
) -> None:
    found = made(question)
    assert found.kind == kind
    assert found.fields[field] == value
    assert found.steps


@pytest.mark.parametrize(
    "question",
    [
        "Why does attention scale quadratically?",
        "what is a KV cache?",
        "How does GQA shrink the KV cache?",
        "What kind of document or task would cause sliding-window attention to fail where full "
        "attention would succeed? Give me a concrete example.",
        "Design a task where Mamba would clearly outperform a transformer — and then design a "
        "task where the transformer would win. Explain the architectural reason in each case.",
        "Why did GPT-3 launch with only a 2,048-token context window in 2020?",
        "What is the complexity of sliding-window attention with window size w?",
        "If doubling a context window costs four times the compute, what happens at 1 million "
        "tokens?",
        "Why does the KV cache of Llama 2 70B at 32K need so much memory?",
        "Does Llama 2 70B use GQA?",
        "does the ring cache give mistral its 128k span?",
        "is gpt-4's cache really 500 GB for a million tokens",
        "where does token 5000 go in the mistral cache",
        "how much memory does the rolling buffer of mistral save",
        "context size of the first gpt3",
        "What was Claude 3's context window?",
        "How much faster is Mamba than a transformer at 1M tokens?",
        "How much memory does FlashAttention save at 4K?",
        "What does the factor of 2 in the KV cache formula stand for?",
        "Is FlashAttention faster at 32K than standard attention?",
        "In what year was Longformer released?",
        "hello",
        "",
        "1234 5678",
        "{not json at all}",
    ],
)
def test_a_question_about_reasons_or_facts_is_no_calculation(question: str) -> None:
    assert answer(question) is None
    assert answer(question, LLAMA) is None or question.startswith(("hello", "1234"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how much KV cache does GPT-4 need at 128k?", "publishes no architecture for GPT-4"),
        ("how big is Claude 3's KV cache at 200K?", "publishes no architecture"),
        ("how much KV cache does BERT use for 512 tokens?", "BERT is encoder-only"),
        ("kv cache for mistral 7b at 32k", "say which"),
        ("kv cache for llama 5 900b at 32k", "did you mean"),
        ("kv cache of llama 2 70b at -5 tokens", "negative"),
        ("kv cache of llama 2 70b at 0 tokens", "1 or more"),
        ("kv cache of llama 2 70b at 32k for 0 users", "1 or more"),
        ("How big is the KV cache at 32K?", "depends on the model"),
        ("kv cache with 80 layers and 8 kv heads at 32k", "head dimension"),
        ("kv cache with 80 layers, 10 heads, 3 kv heads, head dim 64 at 32k", "evenly"),
        ('how much kv cache at 4k? {"model_type": "bert"}', "encoder"),
        ('how much kv cache at 4k? {"model_type": "llama", ', "valid JSON"),
    ],
)
def test_a_calculation_that_would_be_a_guess_is_refused(question: str, said: str) -> None:
    with pytest.raises(CalculatorError, match=said):
        answer(question)


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("and for 10 users?", "bytes_total", 107_374_182_400),
        ("and at 128k?", "context_tokens", 131_072),
        ("in int8?", "bytes_total", 536_870_912_000),
        ("what about llama 3.1 70b?", "model", "Llama 3.1 70B"),
        ("what if it used MQA?", "bytes_total", 1_073_741_824_000),
        ("does that fit on 8 H100s?", "fits", False),
    ],
)
def test_a_follow_up_leans_on_the_question_before(question: str, field: str, value: object) -> None:
    assert made(question, LLAMA).fields[field] == value
    assert answer("what is MQA?", LLAMA) is None
    assert answer("why is that?", LLAMA) is None


def test_what_if_mqa_says_what_mqa_would_take() -> None:
    assert "134.2 GB" in made("what if it used MQA?", LLAMA).text


def test_a_price_is_multiplied() -> None:
    text = made("If 8k tokens takes 3 seconds of attention, what does 32k take?").text
    assert "48 seconds" in text
    assert "16 X" in made("A 16K context costs X. What does 64K cost?").text


def test_the_smaller_length_may_be_the_one_asked_about() -> None:
    found = made("if 32K costs 64 units of attention what does 4K cost")
    assert "**1 unit**" in found.text


def test_a_longer_context_by_a_factor() -> None:
    assert "**4 times**" in made("what happens to attention cost if I double the context?").text
    assert "**100 times**" in made("10x longer context: how much more attention compute?").text


def test_a_pasted_configuration_is_used() -> None:
    configs = json.loads(
        (Path(__file__).parent / "data" / "hf_configs.json").read_text(encoding="utf-8")
    )
    pasted = json.dumps(configs["qwen3-0.6b"], indent=2)
    found = made(f"How much KV cache at 32k for 10 users?\n{pasted}")
    assert found.fields["bytes_total"] == 10 * 32_768 * 114_688


def test_every_number_said_is_listed() -> None:
    found = made(LAB_4)
    for number in ("327680", "32768", "100", "10.74", "1.074", "8.59", "134.2", "64", "8", "4096"):
        assert number in found.numbers


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_is_answered_declined_or_refused_in_one_sentence(text: str, before: str) -> None:
    try:
        found = answer(text, before)
    except CalculatorError as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - any outcome but a crash is right
    else:
        assert found is None or found.text


WORDS = st.sampled_from(
    [
        *("kv", "cache", "how", "much", "many", "llama", "2", "70b", "gpt-4", "at", "32k", "128K"),
        *("for", "100", "users", "attention", "cost", "vs", "in", "int8", "window", "4096", "h100"),
        *("fit", "mqa", "without", "gqa", "why", "what", "if", "double", "context", "96", "heads"),
    ]
)


@given(st.lists(WORDS, max_size=14), st.lists(WORDS, max_size=14))
def test_any_jumble_of_the_doors_own_words_is_survived(words: list[str], before: list[str]) -> None:
    try:
        found = answer(" ".join(words), " ".join(before))
    except CalculatorError as refused:
        assert str(refused)  # noqa: PT017 - any outcome but a crash is right
    else:
        assert found is None or found.numbers


def test_a_hundred_kilobytes_are_read_no_further_than_a_question() -> None:
    assert answer("kv " * 40_000) is None
    assert answer("9" * 100_000) is None
