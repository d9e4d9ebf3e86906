"""What the natural-language door hands back: the answer, its working and its picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.calculator.charts import Chart

_NUMERAL = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation that was asked for and made.

    `kind` is "kv", "serving", "memory", "attention", "ratio", "kv_ratio", "sum" or "kv_sum";
    `inputs` what it was computed from; `text` the answer in short Markdown; `fields` the flat
    result for a program.
    """

    kind: str
    inputs: dict[str, object]
    text: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    chart: Chart | None = None
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number stated in the answer, its working and its notes, commas left out."""
        said = " ".join((self.text, *self.steps, *self.notes))
        found = (numeral.replace(",", "") for numeral in _NUMERAL.findall(said))
        return tuple(dict.fromkeys(found))
