"""A reply laid out as one or more messages, each within Discord's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from adapters.discord import words
from adapters.discord.render.body import body, split
from adapters.discord.render.controls import are_listed, rows, source_label
from adapters.discord.render.escape import escape
from adapters.discord.render.limits import (
    MAX_PAGES,
    MAX_TEXT,
    MAX_TITLE,
    SHORT_LABEL,
    fit,
    size,
)
from adapters.discord.render.page import Element, Page, Rule, Text
from bot.replies import Card, Document, Field, Partial, Picture, Reply, Say, Tone

MAX_ELEMENTS = 8
"""Texts, pictures and lines of one message; with the fullest rows they stay below 40 parts."""

HEADING = "## "
SMALL = "-# "


def pages(reply: Reply) -> list[Page]:
    """Return the messages that show a reply; the last one carries what can be pressed."""
    match reply:
        case Card():
            return _card(reply)
        case Say(text=text, tone=tone):
            framed = tone is not Tone.NEUTRAL
            return _filled(Page(tone=tone, framed=framed), _texts(body(text)))
        case Picture():
            return _filled(Page(framed=False), _picture(reply))
        case Document(caption=caption):
            return _filled(Page(framed=False), [*_texts(body(caption)), reply])
        case Partial(text=text):
            return [draft(text)]


def draft(text: str) -> Page:
    """Return the one message that shows an answer while it is being written."""
    shown = "\n\n".join(body(text))
    mark = f"{SMALL}{words.WRITING}"
    elements = [Text(f"{fit(shown, MAX_TEXT - size(mark) - 1)}\n{mark}")]
    return Page(elements=tuple(elements))


def thinking() -> Page:
    """Return the message that stands where an answer will be."""
    return Page(elements=(Text(f"{SMALL}{words.THINKING}"),))


def _card(card: Card) -> list[Page]:
    base = Page(title=fit(" ".join(card.title.split()), MAX_TITLE), tone=card.tone)
    controls = rows(card)
    laid = _filled(base, list(_elements(card)))
    laid[-1] = replace(laid[-1], rows=controls)
    return laid


def _elements(card: Card) -> Iterator[Element]:
    yield from _texts(body(card.body))
    if card.fields:
        yield from _texts([_fields(card.fields)])
    for picture in card.pictures:
        yield from _picture(picture)
    if options := [_option(b.label, b.detail) for b in card.buttons if b.detail]:
        yield Rule()
        yield from _texts(options)
    if are_listed(card.sources):
        yield from _texts(["\n".join(f"{SMALL}{escape(source_label(s))}" for s in card.sources)])
    if card.footer:
        yield from _texts([f"{SMALL}{escape(' '.join(card.footer.split()))}"])


def _fields(fields: tuple[Field, ...]) -> str:
    """Named values: in one line where even a phone has room for it."""
    values = [f"**{escape(field.name)}**: {escape(field.value)}" for field in fields]
    short = sum(size(f.name) + size(f.value) for f in fields) <= SHORT_LABEL
    return (" · " if short else "\n").join(values)


def _option(label: str, detail: str) -> str:
    drawn = "\n".join(body(detail))
    return f"**{escape(label)}.** {drawn}"


def _picture(picture: Picture) -> list[Element]:
    """A picture with its caption; its words alone where there is nothing to draw."""
    if not picture.png:
        return _texts([f"*{escape(picture.alt)}*"] if picture.alt else [])
    caption = [f"{SMALL}{escape(' '.join(picture.caption.split()))}"] if picture.caption else []
    return [picture, *_texts(caption)]


def _texts(pieces: list[str]) -> list[Element]:
    return [Text(part) for piece in pieces for part in split(piece)]


def _filled(base: Page, elements: list[Element]) -> list[Page]:
    """Fill message after message; what exceeds MAX_PAGES is left out, and that is said."""
    filled = [base]
    elements = elements or ([] if base.title else [Text(words.BLANK)])
    room = MAX_TEXT - _title_size(base)
    for element in elements:
        needs = size(element.text) + len("\n\n") if isinstance(element, Text) else 0
        merged = _added(filled[-1], element)
        if needs > room or len(merged) > MAX_ELEMENTS:
            filled.append(replace(base, title="", elements=()))
            room = MAX_TEXT
            merged = (element,)
        filled[-1] = replace(filled[-1], elements=merged)
        room -= needs
    return _shortened(filled)


def _title_size(page: Page) -> int:
    return size(f"{HEADING}{escape(page.title)}\n") if page.title else 0


def _added(page: Page, element: Element) -> tuple[Element, ...]:
    """The page's elements with one more: texts that follow each other become one."""
    if page.elements and isinstance(element, Text):
        *before, last = page.elements
        if isinstance(last, Text):
            return (*before, Text(f"{last.text}{_gap(last.text)}{element.text}"))
    return (*page.elements, element)


def _gap(above: str) -> str:
    """A heading stands right above its text; all else is parted by a blank line."""
    return "\n" if above.rsplit("\n", 1)[-1].startswith("#") else "\n\n"


def _shortened(filled: list[Page]) -> list[Page]:
    kept = [page for page in filled if page.elements or page.title] or filled[:1]
    if len(kept) <= MAX_PAGES:
        return kept
    note = Page(elements=(Text(f"{SMALL}{words.SHORTENED}"),), tone=kept[0].tone)
    return [*kept[: MAX_PAGES - 1], note]
