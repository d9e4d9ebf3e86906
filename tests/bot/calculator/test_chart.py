"""Pictures: real PNGs, the same bytes for the same data, and all numbers in the alt text."""

from __future__ import annotations

import subprocess
import sys

from bot.calculator.chart import draw
from bot.calculator.charts import Bars, Curve
from bot.calculator.door import answer

PNG = b"\x89PNG\r\n\x1a\n"


def test_bars_show_each_technique_and_say_it_in_words() -> None:
    found = answer("kv cache llama 2 70b at 32k for 100 users")
    assert found is not None
    assert isinstance(found.chart, Bars)
    drawn = draw(found.chart)
    assert drawn.png.startswith(PNG)
    for said in ("MHA 8.59 TB", "GQA, 8 KV heads 1.074 TB", "MQA 134.2 GB", "int4 268.4 GB"):
        assert said in drawn.alt
    assert "Llama 2 70B, 32,768 tokens" in drawn.alt


def test_a_curve_shows_attention_against_length() -> None:
    found = answer("how many times more attention compute is 128K than 8K")
    assert found is not None
    assert isinstance(found.chart, Curve)
    drawn = draw(found.chart)
    assert drawn.png.startswith(PNG)
    assert "from 8,192 to 131,072 tokens" in drawn.alt
    assert "grows 256 times" in drawn.alt


def test_the_same_chart_gives_the_same_bytes() -> None:
    bars = Bars("two", (("a", 10), ("b", 20)))
    assert draw(bars).png == draw(bars).png


def test_a_picture_is_made_for_a_phone() -> None:
    png = draw(Bars("two", (("a", 10), ("b", 20)))).png
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert (width, height) == (1200, 800)


def test_answering_alone_does_not_load_matplotlib() -> None:
    code = (
        "import sys; from bot.calculator.door import answer; import bot.calculator.chart;"
        "answer('kv cache llama 2 70b at 32k'); sys.exit('matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
