"""Cards as the App Home: the learner's dashboard, or whatever they opened from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from adapters.slack import words
from adapters.slack.render.body import body
from adapters.slack.render.card import SIGNS, Files, context, parts
from adapters.slack.render.controls import MAX_LABEL, buttons
from adapters.slack.render.text import Block, plain_text
from bot.replies import Card, Partial, Picture, Say, Tone

Shown = Card | Say | Partial | Picture

MAX_BLOCKS = 100
BACK = "home"
DIVIDER: Block = {"type": "divider"}


def home(
    replies: Sequence[Shown], files: Files, metadata: str, *, dashboard: bool = False
) -> Block:
    """Return the Home view of replies one below another, and the way back to the dashboard."""
    told: list[Block] = []
    below: list[Block] = []
    for reply in replies:
        above, controls = _at_a_glance(reply, files) if dashboard else _reply(reply, files)
        if told or below:
            told.extend([*below, DIVIDER])
        told.extend(above)
        below = controls
    end = below if dashboard else [*below, DIVIDER, _back()]
    room = MAX_BLOCKS - len(end)
    if len(told) > room:
        told = [*told[: room - 1], context(words.MORE)]
    return {
        "type": "home",
        "private_metadata": metadata,
        "blocks": _distinct([*told, *end][:MAX_BLOCKS]) or [context(words.MORE)],
    }


def _at_a_glance(reply: Shown, files: Files) -> tuple[list[Block], list[Block]]:
    """A card with what it comes to and what to do next first, and the particulars below."""
    if not isinstance(reply, Card):
        return _reply(reply, files)
    first = [part for part in (context(reply.footer),) if reply.footer]
    head, _ = parts(Card(reply.title, tone=reply.tone), {}, tables=False)
    rest = replace(reply, title="", footer="", buttons=(), tone=Tone.NEUTRAL)
    particulars, controls = parts(rest, files, tables=False)
    return [*head, *first, *buttons(reply.buttons), DIVIDER, *particulars], controls


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
