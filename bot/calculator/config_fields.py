"""Take whole numbers out of a parsed config.json, naming the field that is missing or odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.calculator.errors import CalculatorError
from bot.calculator.lengths import MAX_LENGTH, MAX_SIZE


@dataclass
class Fields:
    """A config's fields; `defaulted` collects the class defaults that had to be used."""

    kind: str
    data: dict[str, Any]
    defaulted: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.data.get(name) is not None

    def size(self, *names: str, most: int = MAX_SIZE) -> int:
        """A required size, under the first of `names` that is there."""
        for name in names:
            if self.has(name):
                return self._whole(name, most)
        raise CalculatorError(f'The {self.kind} config lacks the field "{names[0]}".')

    def optional(self, *names: str, most: int = MAX_SIZE) -> int | None:
        """A size, or None where it is missing or null."""
        for name in names:
            if self.has(name):
                return self._whole(name, most)
        return None

    def or_default(self, name: str, default: int) -> int:
        """A size, or the class's default, which is noted."""
        if self.has(name):
            return self._whole(name, MAX_SIZE)
        self.defaulted.append(f"{name} {default:,}")
        return default

    def length(self, *names: str) -> int | None:
        """A number of tokens, or None."""
        return self.optional(*names, most=MAX_LENGTH)

    def flag(self, name: str, default: bool) -> bool:
        """A true or false field."""
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            raise CalculatorError(f'The {self.kind} config\'s "{name}" must be true or false.')
        return value

    def names(self, name: str) -> list[str] | None:
        """A list of words, or None."""
        if not self.has(name):
            return None
        value = self.data[name]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise CalculatorError(f'The {self.kind} config\'s "{name}" must be a list of names.')
        return value

    def notes(self) -> tuple[str, ...]:
        """Say which defaults were used."""
        if not self.defaulted:
            return ()
        used = ", ".join(self.defaulted)
        return (f"Not in the config, so the transformers default was used: {used}.",)

    def _whole(self, name: str, most: int) -> int:
        value = self.data[name]
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise CalculatorError(
                f'The {self.kind} config\'s "{name}" must be a whole number from 1 to {most:,}.'
            )
        return value
