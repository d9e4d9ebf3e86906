"""A calculation that must be refused, in one sentence a learner can act on."""

from __future__ import annotations

from bot.errors import LearnerError


class CalculatorError(LearnerError):
    """What is wrong with the request, or why no number can honestly be given."""
