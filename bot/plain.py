"""Any reply as plain text: for notifications, screen readers, pipes and as a last fallback."""

from __future__ import annotations

from bot import markup
from bot.replies import Button, Card, Document, Partial, Picture, Reply, Say


def plain(reply: Reply) -> str:
    """Return all that a reply says, without any markup of a platform."""
    match reply:
        case Card():
            return _card(reply)
        case Say() | Partial():
            return plain_body(reply.text)
        case Picture():
            return _picture(reply)
        case Document():
            return f"{reply.caption}\n\n{reply.text}"


def plain_body(markdown: str) -> str:
    """Return a Markdown body as plain text, blocks parted by a blank line."""
    return "\n\n".join(_block(block) for block in markup.parse(markdown))


def _card(card: Card) -> str:
    parts = [
        card.title,
        plain_body(card.body),
        "\n".join(f"{field.name}: {field.value}" for field in card.fields),
        "\n\n".join(_picture(picture) for picture in card.pictures),
        "\n".join(f"[{source.number}] {source.label}" for source in card.sources),
        "\n".join(_button(button) for button in card.buttons if button.detail),
        card.footer,
    ]
    return "\n\n".join(part for part in parts if part)


def _button(button: Button) -> str:
    return f"{button.label}. {button.detail}"


def _picture(picture: Picture) -> str:
    return f"[Picture: {picture.alt}]" + (f"\n{picture.caption}" if picture.caption else "")


def _block(block: markup.Block) -> str:
    match block:
        case markup.Paragraph() | markup.Heading() | markup.Quote():
            return markup.plain(block.spans)
        case markup.Fenced():
            return "\n".join(f"    {line}" for line in block.text.splitlines())
        case markup.Bullets():
            return "\n".join(_items(block))
        case markup.Table():
            return "\n".join(_rows(block))


def _items(bullets: markup.Bullets) -> list[str]:
    return [
        f"{f'{number}.' if bullets.ordered else '-'} {markup.plain(item)}"
        for number, item in enumerate(bullets.items, start=1)
    ]


def _rows(table: markup.Table) -> list[str]:
    """Each row as one sentence that repeats the header: readable at any width, and aloud."""
    names = [markup.plain(cell) for cell in table.header]
    return [
        "- "
        + "; ".join(f"{name}: {markup.plain(cell)}" for name, cell in zip(names, row, strict=True))
        for row in table.rows
    ]
