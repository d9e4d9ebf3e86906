"""What must hold of any text that is drawn: the platform takes it, and acts on none of it."""

from __future__ import annotations

import io
import json
import unicodedata

from rich.console import Console

from adapters.discord.render.embed import buttons, content, embeds
from adapters.discord.render.layout import layout
from adapters.discord.render.pages import pages
from adapters.slack.render import card as slack
from adapters.terminal.draw import draw_say
from adapters.terminal.text import printable
from adapters.terminal.theme import THEME
from bot.replies import Card, Field, Say
from tests.adapters.discord.judges import judge_message
from tests.adapters.slack.fake import limits

LAYOUT = 1 << 15
"""Discord's flag of messages made of components."""

WIDTH = 60
STEERING = ("Cc", "Cs")


def for_slack(text: str) -> None:
    """Slack takes every message that the text is drawn as."""
    card = _card(text)
    for message in (*slack.card(card), *slack.card(card, tables=False), *slack.say(Say(text))):
        problems = limits.problems(message.blocks, "message", {}) if message.blocks else []
        assert not problems, problems
        json.dumps(message.blocks, ensure_ascii=False).encode()


def for_discord(text: str) -> None:
    """Discord takes every message that the text is drawn as, in each of its three forms."""
    for reply in (_card(text), Say(text)):
        for page in pages(reply):
            judge_message({"components": layout(page).to_components(), "flags": LAYOUT})
            drawn = [embed.to_dict() for embed in embeds(page)]
            judge_message({"embeds": drawn, "components": buttons(page).to_components()})
            judge_message({"content": content(page)})


def for_terminal(text: str) -> None:
    """A terminal is shown nothing that would steer it."""
    out = io.StringIO()
    console = Console(file=out, theme=THEME, width=WIDTH, no_color=True, _environ={})
    for part in draw_say(Say(text)).said:
        console.print(part)
    _assert_plain(out.getvalue())
    _assert_plain(printable(text))


def _card(text: str) -> Card:
    return Card(text, text, fields=(Field(text, text),), footer=text)


def _assert_plain(shown: str) -> None:
    marks = {mark for mark in shown if unicodedata.category(mark) in STEERING}
    assert marks <= {"\n", "\t"}
