"""Names as people type them, near misses, and names that must be refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calculator.errors import CalculatorError
from bot.calculator.names import (
    canonical,
    known_models,
    resolve_gpu,
    resolve_model,
    suggest_models,
)
from bot.calculator.presets import gpus, models


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("llama2-70b", "Llama 2 70B"),
        ("Llama 2 70B", "Llama 2 70B"),
        ("LLAMA_2_70B", "Llama 2 70B"),
        ("meta-llama/Llama-2-70b-hf", "Llama 2 70B"),
        ("meta-llama/Llama-2-70b-chat-hf", "Llama 2 70B"),
        ("Meta-Llama-3.1-8B-Instruct", "Llama 3.1 8B"),
        ("gpt2", "GPT-2"),
        ("gpt-3", "GPT-3 175B"),
        ("google/gemma-2-9b-it", "Gemma 2 9B"),
        ("Qwen2.5-7B-Instruct", "Qwen2.5 7B"),
        ("qwen3 30b", "Qwen3 30B-A3B"),
        ("phi3 mini 128k instruct", "Phi-3-mini-128k"),
        ("DeepSeek-R1", "DeepSeek V3"),
        ("jamba", "Jamba v0.1"),
    ],
)
def test_a_model_is_known_by_the_names_people_type(typed: str, name: str) -> None:
    assert resolve_model(typed).name == name


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("mistral", "Mistral 7B v0.1"),
        ("mistral 7b", "Mistral 7B v0.3"),
        ("llama 2", "Llama 2 13B"),
        ("mixtral", "Mixtral 8x22B"),
        ("lama 2 70b", "Llama 2 70B"),
        ("llama 2 71b", "Llama 2 70B"),
        ("qwen2 57b", "Qwen2.5 7B"),
    ],
)
def test_a_near_miss_or_half_a_name_suggests_and_computes_nothing(
    typed: str, suggested: str
) -> None:
    with pytest.raises(CalculatorError, match=suggested.replace(".", r"\.")):
        resolve_model(typed)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("GPT-4", "publishes no architecture"),
        ("gpt-4o-mini", "publishes no architecture"),
        ("GPT-4 Turbo", "publishes no architecture"),
        ("gpt-3.5-turbo", "publishes no architecture"),
        ("GPT-5", "publishes no architecture"),
        ("chatgpt", "publishes no architecture"),
        ("o3", "publishes no architecture"),
        ("Claude 3 Opus", "publishes no architecture"),
        ("claude-3-5-sonnet", "publishes no architecture"),
        ("Gemini 1.5 Pro", "publishes no architecture"),
        ("bert-base-uncased", "encoder-only"),
        ("FacebookAI/roberta-large", "encoder-only"),
        ("allenai/longformer-base-4096", "encoder-only"),
        ("all-MiniLM-L6-v2", "encoder-only"),
        ("google/flan-t5-xl", "encoder-decoder"),
        ("facebook/bart-large", "encoder-decoder"),
    ],
)
def test_what_nobody_publishes_or_has_no_cache_is_refused_with_the_reason(
    typed: str, reason: str
) -> None:
    with pytest.raises(CalculatorError, match=reason):
        resolve_model(typed)


@given(st.text(max_size=200))
def test_any_text_is_a_model_or_one_sentence(text: str) -> None:
    try:
        found = resolve_model(text)
    except CalculatorError as refused:
        said = str(refused)
        assert "\n" not in said
        assert len(said) < 500
    else:
        assert known_models()[canonical(text)] is found


def test_every_name_of_every_preset_means_one_model() -> None:
    meant: dict[str, str] = {}
    for preset in models():
        for name in preset.names:
            assert meant.setdefault(canonical(name), preset.shape.name) == preset.shape.name
            assert resolve_model(name) == preset.shape


def test_gpus_are_known_by_short_and_long_names() -> None:
    assert resolve_gpu("a100").name == "A100 80GB"
    assert resolve_gpu("A100-40GB").memory == 40 * 10**9
    assert resolve_gpu("nvidia H100 SXM").bandwidth == 3350 * 10**9
    assert resolve_gpu("RTX 4090").name == resolve_gpu("4090").name
    with pytest.raises(CalculatorError, match="L40S"):
        resolve_gpu("L40")


def test_every_gpu_has_a_source_and_sane_figures() -> None:
    for gpu, _ in gpus():
        assert gpu.source
        assert 10**10 < gpu.memory < 10**12
        assert 10**11 < gpu.bandwidth < 10**13


def test_autocomplete_offers_all_then_what_matches() -> None:
    assert len(suggest_models("")) == 25
    assert suggest_models("llama 2")[0] == "Llama 2 7B"
    assert suggest_models("mixtrl")[0].startswith("Mixtral")
    assert len(suggest_models("b", limit=5)) == 5
    assert suggest_models("x" * 5000) == []


def test_every_preset_says_where_it_comes_from() -> None:
    for preset in models():
        assert preset.shape.source
        assert preset.revision
        assert 0 < preset.shape.active <= preset.shape.parameters
