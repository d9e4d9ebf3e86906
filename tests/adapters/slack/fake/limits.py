"""What Slack refuses in blocks and views: its published limits, and slack_sdk's own models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_TEXT = 11_000
ONLY_IN_MESSAGES = {"table", "markdown"}
KNOWN = {
    "header", "section", "context", "actions", "divider", "image", "rich_text", "table", "input",
}  # fmt: skip
PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
STYLES = {"bold", "italic", "code", "strike"}


def problems(blocks: Any, surface: str, files: Mapping[str, Any]) -> list[str]:
    """Return every reason why Slack would refuse these blocks on this surface."""
    if not isinstance(blocks, list) or not blocks:
        return ["blocks: must be a list with something in it"]
    found = [*_own(blocks, surface, files), *_models(blocks)]
    if surface == "message" and text_length(blocks) > MOST_TEXT:
        found.append("msg_blocks_too_long")
    return found


def view_problems(view: Mapping[str, Any], files: Mapping[str, Any]) -> list[str]:
    """Return every reason why Slack would refuse this view."""
    kind = view.get("type", "")
    found = problems(view.get("blocks"), kind, files)
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        found.append("private_metadata or callback_id is too long")
    if kind == "modal":
        for name in ("title", "submit", "close"):
            found.extend(_plain(view.get(name), 24, name))
    try:
        View(**view).to_dict()
    except SlackObjectFormationError as error:
        found.append(str(error))
    return found


def text_length(value: Any) -> int:
    """Return the characters that all text objects in `value` show."""
    if isinstance(value, dict):
        own = len(value["text"].encode("utf-16-le")) // 2 if _is_text(value) else 0
        return own + sum(text_length(part) for part in value.values())
    if isinstance(value, list):
        return sum(text_length(part) for part in value)
    return 0


def _is_text(value: dict[str, Any]) -> bool:
    return isinstance(value.get("text"), str)


def _models(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        try:
            parsed = Block.parse(block)
            if parsed is None:
                yield f"unknown block {block.get('type')}"
            else:
                parsed.to_dict()
        except (SlackObjectFormationError, TypeError, KeyError) as error:
            yield f"{block.get('type')}: {error}"


def _own(blocks: list[Any], surface: str, files: Mapping[str, Any]) -> Iterator[str]:
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield "only_one_table_allowed"
    for block in blocks:
        kind = block["type"]
        if kind not in KNOWN:
            yield f"{kind} is no block that this app needs"
        elif surface != "message" and kind in ONLY_IN_MESSAGES:
            yield f"{kind} is for messages only"
        elif (kind == "input") != (surface == "modal"):
            yield f"{kind} does not belong in a {surface}"
        else:
            yield from CHECKS[kind](block, files)
    yield from _repeated([e["action_id"] for e in _interactive(blocks)], "action_id")
    yield from _repeated([b["block_id"] for b in blocks if "block_id" in b], "block_id")


def _interactive(blocks: list[Any]) -> list[Any]:
    in_actions = [e for b in blocks if b["type"] == "actions" for e in b["elements"]]
    return in_actions + [b["element"] for b in blocks if b["type"] == "input"]


def _repeated(ids: list[str], what: str) -> Iterator[str]:
    for id_ in {i for i in ids if ids.count(i) > 1}:
        yield f"{what} {id_} is there twice"
    for id_ in ids:
        if not 0 < len(id_) <= 255:
            yield f"{what} of {len(id_)} characters"


def _plain(text: Any, most: int, where: str) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        yield f"{where}: must be plain_text"
    else:
        yield from _sized(text.get("text"), most, where)


def _sized(text: Any, most: int, where: str) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield f"{where}: text is empty"
    elif len(text.encode("utf-16-le")) // 2 > most:
        yield f"{where}: must be at most {most} characters"


def _header(block: Any, files: Any) -> Iterator[str]:
    yield from _plain(block["text"], 150, "header")


def _section(block: Any, files: Any) -> Iterator[str]:
    if "text" not in block and not block.get("fields"):
        yield "section: text or fields"
    for field in block.get("fields", []):
        yield from _sized(field.get("text"), 2000, "section field")
    if len(block.get("fields", [])) > 10:
        yield "section: more than 10 fields"


def _context(block: Any, files: Any) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 10:
        yield "context: 1 to 10 elements"
    for element in block["elements"]:
        yield from _sized(element.get("text"), 3000, "context")


def _actions(block: Any, files: Any) -> Iterator[str]:
    if not 0 < len(block["elements"]) <= 25:
        yield "actions: 1 to 25 elements"
    for element in block["elements"]:
        if element["type"] == "button":
            yield from _plain(element["text"], 75, "button")
            if len(element.get("value", "")) > 2000:
                yield "button: value is too long"
            if element.get("style") not in (None, "primary", "danger"):
                yield f"button: style {element['style']}"
            if "accessibility_label" in element:
                yield from _sized(element["accessibility_label"], 75, "accessibility_label")
        elif element["type"] == "static_select":
            yield from _select(element)
        else:
            yield f"actions: {element['type']}"


def _select(element: Any) -> Iterator[str]:
    yield from _plain(element["placeholder"], 150, "placeholder")
    if not 0 < len(element["options"]) <= 100:
        yield "select: 1 to 100 options"
    for option in element["options"]:
        yield from _plain(option["text"], 75, "option")
        if not 0 < len(option["value"]) <= 150:
            yield "option: value of 1 to 150 characters"
        if "description" in option:
            yield from _plain(option["description"], 75, "option description")


def _image(block: Any, files: Mapping[str, Any]) -> Iterator[str]:
    yield from _sized(block.get("alt_text"), 2000, "image alt_text")
    id_ = (block.get("slack_file") or {}).get("id")
    file = files.get(id_)
    if file is None:
        yield f"image: no file {id_}"
    elif file.not_ready > 0:
        file.not_ready -= 1
        yield "image: invalid slack file"


def _rich(block: Any, files: Any) -> Iterator[str]:
    if not block["elements"]:
        yield "rich_text: nothing in it"
    for part in block["elements"]:
        if part["type"] not in PARTS:
            yield f"rich_text: {part['type']}"
        elif part["type"] == "rich_text_list":
            if part["style"] not in ("bullet", "ordered") or not part["elements"]:
                yield "rich_text_list: style and elements"
            for item in part["elements"]:
                yield from _elements(item)
        else:
            yield from _elements(part)


def _elements(part: Any) -> Iterator[str]:
    if not part["elements"]:
        yield f"{part['type']}: nothing in it"
    for element in part["elements"]:
        if element["type"] != "text" or not element["text"]:
            yield f"{part['type']}: empty text, or none"
        if not set(element.get("style", {})) <= STYLES:
            yield f"{part['type']}: style {element['style']}"


def _table(block: Any, files: Any) -> Iterator[str]:
    rows = block["rows"]
    if not 0 < len(rows) <= 100:
        yield "table: 1 to 100 rows"
    if len({len(row) for row in rows}) != 1 or not 0 < len(rows[0]) <= 20:
        yield "table: every row needs the same 1 to 20 cells"
    for row in rows:
        for cell in row:
            if cell["type"] != "rich_text":
                yield f"table cell: {cell['type']}"
            yield from _rich(cell, files)


def _input(block: Any, files: Any) -> Iterator[str]:
    yield from _plain(block["label"], 2000, "input label")
    element = block["element"]
    if element["type"] != "plain_text_input":
        yield f"input: {element['type']}"
    if not 0 < element.get("max_length", 3000) <= 3000:
        yield "input: max_length"
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "input: initial_value is too long"
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150, "placeholder")


def _divider(block: Any, files: Any) -> Iterator[str]:
    if set(block) - {"type", "block_id"}:
        yield "divider: nothing belongs in it"


CHECKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "image": _image,
    "rich_text": _rich,
    "table": _table,
    "input": _input,
}
