"""Words for how far the index is."""

from __future__ import annotations

from adapters.terminal.preparing import Preparing


def test_nothing_is_said_before_anything_is_counted_and_when_all_is_ready() -> None:
    preparing = Preparing()
    assert preparing.status() == ""
    preparing.count(200, 200)
    assert preparing.status() == ""


def test_progress_is_a_percentage_that_reaches_a_hundred_only_at_the_end() -> None:
    preparing = Preparing()
    preparing.count(199, 200)
    assert preparing.status() == "Preparing the search index 99%"
