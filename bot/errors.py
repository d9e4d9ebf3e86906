"""Faults told apart by who can mend them.

LearnerError    what the learner did cannot be done; its message is shown as it is
BusyError       a LearnerError: nothing was kept, and the same act may well succeed in a moment
StoreError      the records cannot be read or written; its message is shown to whoever runs the bot
"""

from __future__ import annotations


class LearnerError(Exception):
    """Say in one sentence, meant for the learner, what is wrong and what to do."""


class BusyError(LearnerError):
    """Say that the records were too busy to take an act, so that nothing came of it."""


class StoreError(Exception):
    """Say in one sentence, meant for the operator, why the records cannot be used."""
