"""Cards as the App Home: the learner's dashboard, or whatever they opened from it."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.slack import words
from adapters.slack.render.body import body
from adapters.slack.render.card import SIGNS, Files, context, parts
from adapters.slack.render.controls import MAX_LABEL
from adapters.slack.render.text import Block, plain_text
from bot.replies import Card, Partial, Picture, Say

Shown = Card | Say | Partial | Picture

MAX_BLOCKS = 100
BACK = "home"
DIVIDER: Block = {"type": "divider"}


def home(replies: Sequence[Shown], files: Files, metadata: str, *, back: bool) -> Block:
    """Return the Home view of replies one below another; `back` adds the way to the dashboard."""
    told: list[Block] = []
    below: list[Block] = []
    for reply in replies:
        above, controls = _reply(reply, files)
        if told or below:
            told.extend([*below, DIVIDER])
        told.extend(above)
        below = controls
    end = [*below, *([DIVIDER, _back()] if back else [])]
    room = MAX_BLOCKS - len(end)
    if len(told) > room:
        told = [*told[: room - 1], context(words.MORE)]
    return {
        "type": "home",
        "private_metadata": metadata,
        "blocks": _distinct([*told, *end][:MAX_BLOCKS]) or [context(words.MORE)],
    }


def _reply(reply: Shown, files: Files) -> tuple[list[Block], list[Block]]:
    match reply:
        case Card():
            return parts(reply, files, tables=False)
        case Say():
            sign = SIGNS.get(reply.tone)
            return body(f"{sign} {reply.text}" if sign else reply.text, tables=False), []
        case Partial():
            return body(reply.text, tables=False) or [context(words.WORKING)], []
        case Picture():
            return parts(Card("", pictures=(reply,)), files, tables=False)


def _back() -> Block:
    button: Block = {
        "type": "button",
        "action_id": BACK,
        "text": plain_text(words.DASHBOARD, MAX_LABEL),
    }
    return {"type": "actions", "elements": [button]}


def _distinct(blocks: list[Block]) -> list[Block]:
    """Number the action ids again, since two cards may share one view."""
    number = 0
    distinct = []
    for block in blocks:
        if block["type"] != "actions":
            distinct.append(block)
            continue
        elements = []
        for element in block["elements"]:
            kind = element["action_id"].split(":")[0]
            elements.append({**element, "action_id": kind if kind == BACK else f"{kind}:{number}"})
            number += 1
        distinct.append({**block, "elements": elements})
    return distinct
