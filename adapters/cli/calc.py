"""`seminar calc`: the calculator on the command line, for people and for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec

import click

from adapters.cli.calc_text import attention_text, kv_text
from adapters.cli.options import unused_places
from bot.calculator.attention_report import attention_fields, attention_report
from bot.calculator.chart import draw
from bot.calculator.charts import Chart, attention_chart, kv_chart
from bot.calculator.config_json import MAX_CONFIG_BYTES, read_config, read_config_file
from bot.calculator.errors import CalculatorError
from bot.calculator.kv_report import kv_fields, kv_report
from bot.calculator.shapes import ModelShape
from bot.calculator.typed_request import attention_request, kv_request

P = ParamSpec("P")


@click.group()
def calc() -> None:
    """Exact attention and KV-cache arithmetic, with its working."""


def _options(*names: tuple[str, str, str]) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Add text options: (flag, placeholder, help); the calculator itself reads the values."""

    def add(command: Callable[P, None]) -> Callable[P, None]:
        for flag, metavar, text in reversed(names):
            command = click.option(flag, metavar=metavar, help=text)(command)
        return unused_places(command)

    return add


_MODEL = (
    ("--model", "NAME", "A known model, such as llama-2-70b."),
    ("--config", "FILE", "A Hugging Face config.json, its text, or '-' to read it from stdin."),
    ("--layers", "N", "Number of layers."),
    ("--heads", "N", "Query heads a layer."),
    ("--head-dim", "N", "Numbers in a head."),
    ("--d-model", "N", "Width of the model."),
    ("--window", "LEN", "Sliding window in tokens."),
)
_OUTPUT = (("--plot", "FILE.png", "Also draw a picture."),)


@calc.command()
@_options(
    *_MODEL,
    ("--kv-heads", "N", "KV heads a layer; as many as query heads if left out."),
    ("--kv-lora-rank", "N", "MLA: width of the compressed vector."),
    ("--qk-rope-head-dim", "N", "MLA: width of the rotary part."),
    ("--params", "N", "Number of weights, for GPU bounds (such as 70B)."),
    ("--context", "LEN", "Tokens a sequence: 32K, 131072, 1.5M."),
    ("--users", "N", "Sequences held at once (default 1)."),
    ("--dtype", "TYPE", "fp32, fp16, bf16, fp8, int8, int4, int4-g64 (default fp16)."),
    ("--block-size", "N", "Token slots in a PagedAttention block."),
    ("--gpu", "NAME", "Bounds for this GPU, such as A100 or H100."),
    ("--gpus", "N", "GPUs that share the model (tensor parallel)."),
    ("--weights-dtype", "TYPE", "Number type of the weights (default fp16)."),
    *_OUTPUT,
)
@click.option("--json", "as_json", is_flag=True, help="Print flat JSON fields.")
def kv(as_json: bool, plot: str | None, **typed: str | None) -> None:
    """Size a KV cache: a token, a sequence, all users, and what each technique changes."""
    report = kv_report(kv_request(typed, _config(typed.get("config"))))
    if plot is not None:
        _draw(kv_chart(report), plot)
    click.echo(_json(kv_fields(report)) if as_json else kv_text(report))


@calc.command()
@_options(
    *_MODEL,
    ("--context", "LEN", "Tokens: 32K, 131072, 1.5M."),
    ("--baseline", "LEN", "A length to compare with."),
    ("--dtype", "TYPE", "Number type of the scores (default fp16)."),
    *_OUTPUT,
)
@click.option(
    "--causal/--no-causal",
    default=False,
    help="Count each token's view of earlier ones only (half); default: all pairs.",
)
@click.option("--json", "as_json", is_flag=True, help="Print flat JSON fields.")
def attention(as_json: bool, plot: str | None, causal: bool, **typed: str | None) -> None:
    """Size the score matrix and the work of attention, and compare two lengths."""
    report = attention_report(attention_request(typed, causal, _config(typed.get("config"))))
    if plot is not None:
        _draw(attention_chart(report), plot)
    click.echo(_json(attention_fields(report)) if as_json else attention_text(report))


def _config(given: str | None) -> ModelShape | None:
    """The shape of a config.json: a file, its text, or "-" for stdin."""
    if given is None:
        return None
    if given == "-":
        return read_config(sys.stdin.read(MAX_CONFIG_BYTES + 1))
    pasted = given.lstrip().startswith("{")
    return read_config(given) if pasted else read_config_file(Path(given))


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=2)


def _draw(chart: Chart | None, plot: str) -> None:
    if chart is None:
        raise CalculatorError("There is nothing to compare in a picture for this model.")
    path = Path(plot)
    if path.suffix.lower() != ".png":
        raise CalculatorError(
            f"The picture is a PNG: give a file name that ends in .png, not {plot}."
        )
    try:
        path.write_bytes(draw(chart).png)
    except OSError as error:
        why = error.strerror or "unknown fault"
        raise CalculatorError(f"The picture {plot} cannot be written: {why}.") from error
