"""Measure one answer: the tokens it used, and what the guards did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from langchain_core.messages import AIMessage, BaseMessage

from bot.tutor.model.memory import tokens

OVERHEAD = 4  # tokens that a message has beside its text


@dataclass(frozen=True, slots=True)
class Tally:
    """What the guards did to an answer: sentences kept, dropped, and given other citations."""

    kept: int = 0
    dropped: int = 0
    repaired: int = 0


@dataclass(slots=True)
class Meter:
    """Tokens sent and received for one answer, all its calls together."""

    sent: int = 0
    received: int = 0
    calls: int = 0
    tally: Tally = field(default_factory=Tally)

    @property
    def total(self) -> int:
        """All tokens."""
        return self.sent + self.received

    def begin(self, messages: Sequence[BaseMessage]) -> None:
        """Count a call as it begins, by estimate: it is paid for even if it is broken off."""
        self.calls += 1
        self.sent += sum(OVERHEAD + tokens(str(message.text)) for message in messages)

    def receive(self, text: str) -> None:
        """Count a piece of the answer, by estimate."""
        self.received += tokens(text)

    def correct(self, messages: Sequence[BaseMessage], text: str, whole: AIMessage) -> None:
        """Put the provider's own count in place of the estimate of the call just ended."""
        usage = whole.usage_metadata
        if usage is None:
            return
        estimated = sum(OVERHEAD + tokens(str(message.text)) for message in messages)
        self.sent += usage["input_tokens"] - estimated
        self.received = max(0, self.received + usage["output_tokens"] - tokens(text))
