"""Blocks into as few messages as Slack's limits allow, in order."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack.render.body import PHONE_COLUMNS
from adapters.slack.render.text import Block, weight

MAX_BLOCKS = 50
MAX_MESSAGE_TEXT = 10_000
"""Slack refuses messages from about 11,000 characters over all blocks; keep clear of that."""

NAMING = 5
"""Characters around a column's name where a table is drawn as lines."""

LINE = PHONE_COLUMNS + 1
"""Characters of a line where a table is drawn in columns of fixed width."""


def pages(told: Sequence[Block], below: Sequence[Block] = ()) -> list[list[Block]]:
    """Return one list of blocks per message; what stands `below` stays together where it can."""
    together = len(below) <= MAX_BLOCKS and weight(list(below)) <= MAX_MESSAGE_TEXT
    groups = [[block] for block in told]
    groups.extend([list(below)] if together else [[block] for block in below])
    packed: list[list[Block]] = [[]]
    used = 0
    for group in groups:
        size = sum(map(_size, group))
        full = len(packed[-1]) + len(group) > MAX_BLOCKS or used + size > MAX_MESSAGE_TEXT
        if packed[-1] and full:
            packed.append([])
            used = 0
        packed[-1].extend(group)
        used += size
    return [page for page in packed if page]


def _size(block: Block) -> int:
    """Characters of a block; of a table as many as its lines have, should Slack refuse it."""
    if block["type"] != "table":
        return weight(block)
    rows = block["rows"]
    named = weight(rows[0]) + NAMING * len(rows[0])
    return weight(block) + len(rows) * max(named, LINE)
