"""A learner's own copy of their data, made to be read: what is kept, by table, as JSON.

Columns that hold JSON are opened up, so that nothing is quoted twice. Of a delivery it says what
was shown and when, as plain text: its buttons and layout are the course's, and what the learner
did with it stands in the other tables.
"""

from __future__ import annotations

import json
from typing import Any

from bot import codec
from bot.plain import plain
from bot.replies import Document
from bot.words import say

NAME = "seminar-my-data.json"
Rows = list[dict[str, Any]]


def document(kept: dict[str, Rows]) -> Document:
    """Return the file; `kept` is every row by table (bot.store.personal.export)."""
    shown = {table: [_opened(table, row) for row in rows] for table, rows in kept.items()}
    text = json.dumps(shown, indent=2, ensure_ascii=False)
    return Document(NAME, text, say("privacy.export_body"))


def _opened(table: str, row: dict[str, Any]) -> dict[str, Any]:
    match table:
        case "delivery":
            return _delivery(row)
        case "session":
            return {**row, "state": json.loads(row["state"])}
        case "shelf":
            shelved: dict[str, Rows] = json.loads(row["rows"])
            opened = {name: [_opened(name, one) for one in rows] for name, rows in shelved.items()}
            return {**row, "rows": opened}
        case _:
            return row


def _delivery(row: dict[str, Any]) -> dict[str, Any]:
    shown = [plain(reply) for reply in codec.load_replies(row["replies"])]
    said = {"id": row["id"], "at": row["at"], "delivered": row["delivered"], "shown": shown}
    if row["work"] is None:
        return said
    return {**said, "question_under_way": json.loads(row["work"])["ask"]["question"]}
