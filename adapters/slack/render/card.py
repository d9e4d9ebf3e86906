"""A reply as Slack messages: blocks within Slack's limits, and the same in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.slack import words
from adapters.slack.render.body import body, rich, section
from adapters.slack.render.controls import buttons, menu, sources
from adapters.slack.render.pages import pages
from adapters.slack.render.text import (
    Block,
    chunks,
    clean,
    escape,
    fallback,
    plain_text,
    units,
)
from bot import markup, plain
from bot.markup import Paragraph, Span, Spans
from bot.replies import Card, Field, Partial, Picture, Say, Tone

MAX_HEADER = 150
MAX_TITLE_PART = 2000
MAX_FIELDS = 10
MAX_FIELD = 2000
MAX_MARKED = 1000
"""A longer field is plain text, since a cut could part its formatting marks."""

MAX_ALT = 2000
MAX_CONTEXT = 2000
SIGNS = {Tone.GOOD: "✅", Tone.BAD: "❌", Tone.WARN: "⚠️"}
"""A tone is a sign before the title, and never only a sign: the words say it too."""

_MARKS = frozenset("*_~`&<>")
"""Characters that mrkdwn could act on; text that holds one is sent as plain text."""

Files = Mapping[str, str]
"""Slack file ids by the source of the picture."""


@dataclass(frozen=True, slots=True)
class Message:
    """One Slack message: `text` says in plain words all that its card shows."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def card(card: Card, files: Files | None = None, *, tables: bool = True) -> list[Message]:
    """Return the messages of a card; all that can be pressed stands in the last one."""
    told, below = parts(card, files or {}, tables=tables)
    texts = [plain.plain(card)]
    drawn = pages(told, below) or [[context(words.MORE)]]
    texts.extend(f"{card.title} {words.CONTINUED}" for _ in drawn[1:])
    return [Message(fallback(text), page) for text, page in zip(texts, drawn, strict=True)]


def say(say: Say, *, tables: bool = True) -> list[Message]:
    """Return the messages of a sentence or two."""
    sign = SIGNS.get(say.tone)
    drawn = pages(body(f"{sign} {say.text}" if sign else say.text, tables=tables))
    drawn = drawn or [[context(words.MORE)]]
    return [Message(fallback(plain.plain(say)), page) for page in drawn]


def partial(partial: Partial) -> Message:
    """Return an unfinished answer as one message; what does not fit waits for the end."""
    drawn = pages(body(partial.text, tables=False)) or [[context(words.WORKING)]]
    return Message(fallback(plain.plain(partial)), drawn[0])


def picture(picture: Picture, files: Files) -> Message:
    """Return a picture that stands alone."""
    return Message(fallback(plain.plain(picture)), _picture(picture, files))


def parts(card: Card, files: Files, *, tables: bool) -> tuple[list[Block], list[Block]]:
    """Return what a card tells, and what stands below it: controls, sources and footer."""
    told = [
        *_title(card),
        *body(card.body, tables=tables),
        *_fields(card.fields),
        *(block for picture in card.pictures for block in _picture(picture, files)),
        *_details(card),
    ]
    below = [*sources(card.sources), *buttons(card.buttons), *menu(card.menu)]
    if clean(card.footer).strip():
        below.append(context(card.footer))
    return told, below


def context(text: str) -> Block:
    """Return small grey text."""
    return {"type": "context", "elements": [plain_text(text, MAX_CONTEXT)]}


def _title(card: Card) -> list[Block]:
    """A header; a title too long for one is bold text, whole."""
    sign = SIGNS.get(card.tone)
    title = clean(f"{sign} {card.title}" if sign else card.title).strip()
    if units(title) > MAX_HEADER:
        return [rich(section(part)) for part in chunks((Span(title, bold=True),), MAX_TITLE_PART)]
    return [{"type": "header", "text": plain_text(title, MAX_HEADER)}] if title else []


def _fields(fields: Sequence[Field]) -> list[Block]:
    return [
        {"type": "section", "fields": [_field(entry) for entry in fields[at : at + MAX_FIELDS]]}
        for at in range(0, len(fields), MAX_FIELDS)
    ]


def _field(entry: Field) -> Block:
    """Bold name over value; where either could be taken for formatting, plain text."""
    name, value = clean(entry.name).strip(), clean(entry.value).strip()
    if not name or _MARKS & set(name + value) or units(name + value) > MAX_MARKED:
        return plain_text(f"{name}\n{value}", MAX_FIELD)
    text = plain_text(f"*{name}*\n{value}", MAX_FIELD)["text"]
    return {"type": "mrkdwn", "text": escape(text), "verbatim": True}


def _details(card: Card) -> list[Block]:
    """The whole text of every option, each after its button's letter."""
    return [
        rich(section(part))
        for button in card.buttons
        if button.detail
        for part in chunks(
            (Span(f"{button.label}.  ", bold=True), *_inline(button.detail)), MAX_FIELD
        )
    ]


def _inline(markdown: str) -> Spans:
    match markup.parse(markdown):
        case (Paragraph(spans=spans),):
            return spans
        case _:
            return (Span(plain.plain_body(markdown)),)


def _picture(picture: Picture, files: Files) -> list[Block]:
    """An image that Slack holds; without one, its words."""
    alt = plain_text(picture.alt or picture.caption, MAX_ALT)["text"]
    caption = [context(picture.caption)] if clean(picture.caption).strip() else []
    file = files.get(picture.source)
    if file is None:
        return [context(f"[{alt}]"), *caption]
    return [{"type": "image", "slack_file": {"id": file}, "alt_text": alt}, *caption]
