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


def test_a_ratio_that_is_rounded_is_not_told_as_equal() -> None:
    asked = "how many times more attention compute is {} than {}"
    found = made(asked.format("100K", "9K"))
    said = " ".join(found.steps)
    assert "costs 11.11² ≈ **123.5 times** as much" in found.text
    assert "100,000 / 9,000 ≈ 11.11, and 11.11² ≈ 123.5 times the work" in said
    assert "costs 16² = **256 times** as much" in made(asked.format("128K", "8K")).text


def test_a_length_beyond_the_window_is_said_once() -> None:
    found = made(LAB_4)
    assert "what-if" in found.text
    assert not any("what-if" in note for note in found.notes)


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
        ("falcon-40b kv cache per token", "kv", "bytes_per_token", 122_880),
        ("what does Gemma 2 9B need per token in int8? memory please", "kv", "dtype", "int8"),
        ("qwen3 8b kv cache at full context", "kv", "context_tokens", 40_960),
        ("what share of the forward pass is attention for llama 2 13b at 16k?", "attention",
         "context_tokens", 16_384),
        ("how many entries has the attention matrix at 3000 tokens", "attention",
         "score_bytes_per_head", 18_000_000),
        ("how many tokens of falcon 7b cache fit in 40 GB?", "memory", "max_context_tokens",
         40 * 10**9 // 8_192),
        ("how many users with 8k of llama 3.1 8b fit in 24 GiB", "memory", "max_users", 24),
        ("with 24 layers and a window of 2048, what is the reach?", "sum", "reach_tokens", 49_152),
        ("at which length is attention half the work if d = 5120?", "sum", "break_even_tokens",
         30_720),
        ("how many blocks of 32 do 1,000 tokens take in PagedAttention?", "kv_sum", "blocks", 32),
        ("48 query heads and 6 kv heads: how many times smaller is the cache?", "kv_sum", "ratio",
         8),
        ("how many bits per number with int4 and a group size of 32", "kv_sum", "bits_per_number",
         5),
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
        "is the GPT-4 scale estimate of 0.5 GB per 1K tokens right?",
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
        ("how much kv cache for lama 2 70b at 32k", "did you mean Llama 2 70B"),
        ("40 query heads and 12 kv heads: how much smaller is the cache?", "evenly"),
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


COMPARED = "How much more attention compute does GPT-4 Turbo need at 128K compared to 8K?"


@pytest.mark.parametrize(
    ("question", "compared", "factor"),
    [
        ("And compared to 32K?", (131_072, 32_768), 16),
        ("and versus 64K?", (131_072, 65_536), 4),
        ("and at 64K?", (65_536, 8_192), 64),
    ],
)
def test_a_length_takes_the_place_of_its_like_in_a_comparison(
    question: str, compared: tuple[int, int], factor: int
) -> None:
    found = made(question, COMPARED)
    assert (found.inputs["context_tokens"], found.inputs["baseline_tokens"]) == compared
    assert f"**{factor} times**" in found.text


@pytest.mark.parametrize(
    "question",
    [
        "How much attention compute does GPT-4 Turbo need at 128K?",
        "FLOPs of attention for Claude 3 at 200K",
    ],
)
def test_flops_of_an_unpublished_model_are_refused_with_the_reason(question: str) -> None:
    with pytest.raises(CalculatorError, match="publish"):
        answer(question)


def test_what_if_mqa_says_what_mqa_would_take() -> None:
    assert "134.2 GB" in made("what if it used MQA?", LLAMA).text


def test_two_models_are_set_side_by_side() -> None:
    text = made("compare the kv cache of llama 2 7b and llama 2 70b at 4k for 10 users").text
    assert "21.47 GB" in text
    assert "13.42 GB" in text
    assert "**1.6 times less** than Llama 2 7B" in text
    assert "publishes no architecture for GPT-4" in made("kv cache of opt 13b and GPT-4 at 2k").text


def test_a_quantised_cache_is_measured_against_16_bits() -> None:
    text = made("how much would int8 save for llama 3 70b at 128k with 50 users?").text
    assert "saves 1.074 TB" in text
    assert "**2 times smaller**" in text


def test_mla_is_measured_against_ordinary_attention() -> None:
    text = made("deepseek v3 kv cache at 128k, and with ordinary attention?").text
    assert "71.11 times more" in text


def test_a_score_matrix_is_counted_in_entries_and_in_both_common_types() -> None:
    text = made("how many entries does the attention matrix have at 2048 tokens").text
    for said in ("4,194,304 entries", "2,098,176 pairs", "8.389 MB", "16.78 MB in fp32"):
        assert said in text


def test_weights_and_prefill_are_counted_when_they_are_asked_for() -> None:
    assert (
        "**139.3 GB** together" in made("memory for llama 2 70b weights plus kv cache at 4k").text
    )
    text = made("how long does prefill of 128k take for llama 3.1 70b on 8 h100").text
    assert "at least **5.184 seconds**" in text


def test_the_share_of_a_forward_pass_is_given_with_and_without_the_masked_half() -> None:
    text = made("what share of the forward pass is attention for gpt-3 at 2048 tokens?").text
    assert "**1.362%**" in text
    assert "2.687% if the masked half" in text


def test_a_windowed_model_is_measured_against_full_attention() -> None:
    text = made("how much memory would mistral 7b v0.1 need at 32k without sliding window").text
    assert "4.295 GB" in text
    assert "**8 times** as much" in text


def test_an_mla_cache_may_be_described_by_its_sizes() -> None:
    found = made("MLA with rank 512 and rope 64 over 61 layers: how many bytes per token?")
    assert found.fields["bytes_per_token"] == 70_272
    with pytest.raises(CalculatorError, match="rotary dimension"):
        answer("kv cache with kv_lora_rank 512 and 61 layers at 8k")


def test_the_share_of_attention_may_be_asked_for_a_width_alone() -> None:
    found = made("what share of the work is attention at 32K for d = 12288?")
    assert "**30.8%**" in found.text
    assert found.numbers


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
    grown = made("my context grew 5 times, how much does the attention work grow?").text
    assert "**25 times**" in grown


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
