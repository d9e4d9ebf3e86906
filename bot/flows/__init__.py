"""The flows: pure conversations, by name."""

from __future__ import annotations

from typing import cast

from bot.flows import ask, calc, exam, lab, lesson, quiz
from bot.flows.base import Flow

FLOWS: dict[str, Flow] = {
    module.NAME: cast(Flow, module) for module in (lesson, quiz, lab, exam, ask, calc)
}
