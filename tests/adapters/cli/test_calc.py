"""`seminar calc` as a script and as a person meet it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters import main

KV_FIELDS = {
    "bytes_per_token", "bytes_per_sequence", "bytes_total", "context_tokens", "users", "variants",
    "blocks", "slots", "waste_slots", "tokens_per_s_bound", "max_context_tokens", "max_users",
    "native_context", "notes", "steps",
}  # fmt: skip
ATTENTION_FIELDS = {
    "score_bytes_per_head", "score_bytes_per_layer", "score_bytes_total", "flops_per_layer",
    "flops_total", "cost_ratio", "native_context", "notes", "steps",
}  # fmt: skip
SMALL = ["--layers", "4", "--heads", "8", "--kv-heads", "2", "--head-dim", "64"]


class Terminal:
    """Runs `seminar calc ...` in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["seminar", "calc", *words])
        with pytest.raises(SystemExit) as ended:
            main.main()
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    def fields(self, *words: str) -> dict[str, Any]:
        status, out, err = self.run(*words, "--json")
        assert (status, err) == (0, "")
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def test_lab_4_on_the_command_line(terminal: Terminal) -> None:
    found = terminal.fields("kv", "--model", "llama2-70b", "--context", "32K", "--users", "100")
    assert found["bytes_per_token"] == 327_680
    assert found["bytes_per_sequence"] == 10_737_418_240
    assert found["bytes_total"] == 1_073_741_824_000
    assert found["context_tokens"] == 32_768
    assert found["native_context"] == 4096
    assert found["variants"] == {
        "mha": 8_589_934_592_000,
        "gqa": 1_073_741_824_000,
        "mqa": 134_217_728_000,
        "int8": 536_870_912_000,
        "int4": 268_435_456_000,
    }
    assert any("native window" in note for note in found["notes"])


def test_lab_1_on_the_command_line(terminal: Terminal) -> None:
    found = terminal.fields("attention", "--context", "128K", "--baseline", "8K")
    assert found["cost_ratio"] == 256
    assert found["flops_total"] is None
    assert isinstance(found["cost_ratio"], int)


def test_every_field_is_always_there(terminal: Terminal) -> None:
    assert terminal.fields("kv", *SMALL, "--context", "10").keys() >= KV_FIELDS
    assert terminal.fields("kv", "--model", "mamba", "--context", "10").keys() >= KV_FIELDS
    assert terminal.fields("attention", "--context", "10").keys() >= ATTENTION_FIELDS


def test_mla_has_no_factor_two(terminal: Terminal) -> None:
    found = terminal.fields(
        "kv", "--layers", "61", "--kv-lora-rank", "512", "--qk-rope-head-dim", "64",
        "--context", "1000",
    )  # fmt: skip
    assert found["bytes_per_token"] == 70_272
    assert found["variants"]["gqa"] is None


def test_a_window_caps_a_sequence(terminal: Terminal) -> None:
    found = terminal.fields("kv", *SMALL, "--window", "4096", "--context", "32K")
    assert found["bytes_per_sequence"] == 4096 * found["bytes_per_token"]


def test_a_gpu_adds_its_bounds(terminal: Terminal) -> None:
    found = terminal.fields(
        "kv", "--model", "Llama 3.1 8B", "--context", "8K", "--gpu", "h100", "--block-size", "16"
    )
    assert found["fits"] is True
    assert found["max_users"] == 59
    assert found["tokens_per_s_bound"] == pytest.approx(195.5, abs=0.1)
    assert (found["blocks"], found["slots"], found["waste_slots"]) == (512, 8192, 0)


def test_a_typed_shape_with_its_number_of_weights(terminal: Terminal) -> None:
    found = terminal.fields("kv", *SMALL, "--context", "1K", "--gpu", "l4", "--params", "7B")
    assert found["weights_bytes_per_gpu"] == 14 * 10**9


def test_flops_are_halved_when_causal(terminal: Terminal) -> None:
    sizes = ["--context", "1000", "--layers", "2", "--heads", "4", "--d-model", "256"]
    full = terminal.fields("attention", *sizes)
    causal = terminal.fields("attention", *sizes, "--causal")
    assert full["flops_per_layer"] == 4 * 1000**2 * 256
    assert causal["flops_total"] * 2 == full["flops_total"] == 2 * full["flops_per_layer"]
    assert full["score_bytes_total"] == 2 * 4 * 1000**2 * 2


def test_a_config_comes_from_a_file_or_as_text(terminal: Terminal, tmp_path: Path) -> None:
    config = {"model_type": "qwen3", "num_hidden_layers": 28, "num_attention_heads": 16,
              "num_key_value_heads": 8, "head_dim": 128, "hidden_size": 1024}  # fmt: skip
    path = tmp_path / "config.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    for given in (str(path), json.dumps(config)):
        found = terminal.fields("kv", "--config", given, "--context", "1K")
        assert found["bytes_per_token"] == 114_688


def test_a_what_if_on_a_model_is_noted(terminal: Terminal) -> None:
    found = terminal.fields("kv", "--model", "llama-2-70b", "--kv-heads", "1", "--context", "32K")
    assert found["bytes_per_token"] == 40_960
    assert any("what-if" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kv", *SMALL], "the context"),
        (["kv", *SMALL, "--context", "-5"], "negative"),
        (["kv", *SMALL, "--context", "0"], "1 or more"),
        (["kv", *SMALL, "--context", "9" * 41], "not a length"),
        (["kv", *SMALL, "--context", "10", "--users", "0"], "users"),
        (["kv", *SMALL, "--context", "10", "--dtype", "int3"], "int3"),
        (["kv", *SMALL, "--context", "10", "--block-size", "-1"], "block size"),
        (["kv", *SMALL, "--context", "10", "--gpu", "h1000"], "h1000"),
        (["kv", *SMALL, "--context", "10", "--gpus", "2"], "Name the GPU"),
        (["kv", *SMALL, "--context", "10", "--gpu", "h100", "--params", "x"], "weights"),
        (["kv", *SMALL, "--context", "10", "--model", "gpt2"], "either a model or its sizes"),
        (["kv", *SMALL, "--context", "10", "--window", "0"], "1 or more"),
        (["kv", *SMALL, "--context", "10", "--plot", "x.jpg"], "PNG"),
        (["kv", "--layers", "4", "--heads", "8", "--kv-heads", "3", "--head-dim", "64",
          "--context", "10"], "evenly"),
        (["kv", "--layers", "4", "--heads", "8", "--kv-heads", "16", "--head-dim", "64",
          "--context", "10"], "more KV heads"),
        (["kv", "--layers", "4", "--heads", "8", "--context", "10"], "--head-dim"),
        (["kv", "--layers", "4", "--kv-lora-rank", "512", "--context", "10"],
         "--qk-rope-head-dim"),
        (["kv", "--model", "gpt-4", "--context", "10"], "publishes no architecture"),
        (["kv", "--model", "bert-base", "--context", "10"], "encoder-only"),
        (["kv", "--model", "mistral", "--context", "10"], "say which"),
        (["kv", "--config", "/no/such/file", "--context", "10"], "cannot be read"),
        (["kv", "--config", "{", "--context", "10"], "valid JSON"),
        (["attention"], "the context"),
        (["attention", "--context", "1K", "--heads", "7", "--d-model", "100"], "evenly"),
        (["attention", "--context", "1K", "--model", "mamba"], "no attention"),
        (["attention", "--context", "1K", "--bogus"], "bogus"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence_and_status_2(
    terminal: Terminal, words: list[str], said: str
) -> None:
    status, out, err = terminal.run(*words)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_text_for_people_fits_80_columns(terminal: Terminal) -> None:
    for words in (
        ["kv", "--model", "Gemma 3 27B", "--context", "128K", "--users", "1,000", "--gpu", "h100"],
        ["kv", "--model", "Jamba", "--context", "1M", "--users", "100K", "--dtype", "fp32"],
        ["kv", "--model", "GPT-3", "--context", "1M", "--users", "1M", "--block-size", "16"],
        ["attention", "--model", "Llama 3.1 405B", "--context", "1M", "--baseline", "8K"],
    ):
        status, out, _ = terminal.run(*words)
        assert status == 0
        assert max(len(line) for line in out.splitlines()) <= 80


def test_the_text_says_exact_bytes_gb_and_gib(terminal: Terminal) -> None:
    _, out, _ = terminal.run("kv", "--model", "llama-2-70b", "--context", "32K")
    assert "10,737,418,240" in out
    assert "GB (1e9)" in out
    assert "GiB (2^30)" in out
    assert "80 × 4,096 = 327,680" in out


def test_a_picture_is_written(terminal: Terminal, tmp_path: Path) -> None:
    for number, words in enumerate((["kv", *SMALL], ["attention"])):
        path = tmp_path / f"{number}.png"
        status, _, _ = terminal.run(*words, "--context", "8K", "--plot", str(path))
        assert status == 0
        assert path.read_bytes().startswith(b"\x89PNG")
