"""What stands on one line of a phone."""

from __future__ import annotations

import pytest

from adapters.slack.render.card import card
from bot.commands.progress import progress
from bot.flows.base import World
from bot.gradebook import Kind, Mark, Progress
from bot.replies import Card
from tests.classroom import small_course

PHONE_LINE = 33
"""Characters of a list's line, a bar of six cells among them, at a phone's width of 390."""

READ = Progress({(Kind.LESSON, "1-tides"): Mark(10, 10, 10), (Kind.LAB, "1-tides"): Mark(2, 2, 3)})


@pytest.mark.parametrize("known", [Progress(), READ], ids=["begun nothing", "read a lesson"])
def test_a_bar_of_the_progress_card_shares_a_phones_line_with_its_words(known: Progress) -> None:
    [shown] = progress(World(small_course(), known))
    assert isinstance(shown, Card)
    [message] = card(shown)
    lists = [part for b in message.blocks if b["type"] == "rich_text" for part in b["elements"]]
    lines = [
        "".join(element["text"] for element in item["elements"])
        for part in lists
        if part["type"] == "rich_text_list"
        for item in part["elements"]
    ]
    assert len(lines) == 7
    assert [line for line in lines if len(line) > PHONE_LINE] == []
