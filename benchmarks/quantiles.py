"""What most of many times stay under, as every benchmark tells it."""

from __future__ import annotations

from collections.abc import Sequence


def quantile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of the values are under."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def milliseconds(seconds: Sequence[float], percent: int) -> str:
    """Return such a value of times in seconds, in words."""
    return f"{quantile(seconds, percent) * 1000:6.1f} ms"
