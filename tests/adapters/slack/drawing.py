"""Draw blocks as a page that looks like Slack, to look at them before anybody else does."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from typing import Any

from tests.adapters.slack.fake.state import File

STYLE = """
*{box-sizing:border-box}body{margin:0;background:#fff;color:#1d1c1d;
font:15px/1.46668 Lato,"Noto Sans","DejaVu Sans",Arial,sans-serif}
.page{padding:16px 20px;max-width:760px}.m{display:flex;gap:8px;padding:8px 0}
.av{width:36px;height:36px;border-radius:6px;background:#1f3a5f;color:#fff;flex:none;
display:flex;align-items:center;justify-content:center;font-weight:800}
.av.u{background:#8a5a2b}.who{font-weight:900}.app{background:#e8e8e8;color:#616061;font-size:10px;
font-weight:700;padding:1px 3px;border-radius:2px;margin:0 4px;vertical-align:1px}
.time{color:#616061;font-size:12px}.only{color:#616061;font-size:12px;margin-bottom:2px}
.b{margin:4px 0 8px;max-width:600px}.in{flex:1;min-width:0}
.header{font-size:18px;font-weight:900;line-height:1.33}.context{font-size:13px;color:#616061;
white-space:pre-wrap}.fields{display:grid;grid-template-columns:1fr 1fr;gap:8px;
white-space:pre-line}
.actions{display:flex;flex-wrap:wrap;gap:8px}.btn{border:1px solid rgba(29,28,29,.3);
border-radius:4px;padding:0 12px;height:36px;font:700 15px/34px inherit;background:#fff;
color:#1d1c1d;max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;
font-weight:700;line-height:34px}.btn.primary{background:#007a5a;border-color:#007a5a;color:#fff}
.btn.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
.select{font-weight:400;min-width:200px;padding-right:28px;position:relative}
.select:after{content:"⌄";position:absolute;right:10px;top:-3px}
ul,ol{margin:0;padding-left:26px}pre{background:#f8f8f8;border:1px solid #ddd;border-radius:4px;
padding:8px;margin:4px 0;white-space:pre-wrap;word-wrap:break-word;
font:12px/1.50001 "DejaVu Sans Mono",monospace}code{background:#f8f8f8;border:1px solid #ddd;
border-radius:3px;color:#e01e5a;padding:1px 3px;font:12px "DejaVu Sans Mono",monospace}
blockquote{margin:0;border-left:4px solid #ddd;padding-left:12px}.sec{white-space:pre-wrap}
.scroll{overflow-x:auto;max-width:100%}table{border-collapse:separate;border-spacing:0;
border:1px solid #ddd;border-radius:8px}td{border-bottom:1px solid #eee;border-right:1px solid #eee;
padding:6px 10px;vertical-align:top}td.n{text-align:right;white-space:nowrap}
td.w{min-width:110px;max-width:240px}tr:first-child td{background:#f8f8f8}
img{max-width:100%;border-radius:8px;border:1px solid #eee;display:block}
hr{border:0;border-top:1px solid #ddd}.day{color:#616061;font-size:13px;font-weight:700;
border-top:1px solid #ddd;margin-top:12px;padding-top:8px}
"""


def page(parts: list[str], title: str = "Seminar in Slack (simulated)") -> str:
    """Return a whole HTML page."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    body = "".join(parts)
    return (
        f"<!doctype html>{head}<title>{html.escape(title)}</title>"
        f"<style>{STYLE}</style><div class=page>{body}</div>"
    )


def heading(text: str) -> str:
    """Return a line between messages."""
    return f"<div class=day>{html.escape(text)}</div>"


def message(
    blocks: list[Any], files: Mapping[str, File], *, only: bool = False, text: str = ""
) -> str:
    """Return one of the bot's messages."""
    hint = "<div class=only>Only visible to you</div>" if only else ""
    drawn = "".join(_block(block, files) for block in blocks) or html.escape(text)
    return (
        "<div class=m><div class=av>S</div><div class=in>"
        f"{hint}<span class=who>Seminar</span><span class=app>APP</span>"
        f"<span class=time>9:41</span>{drawn}</div></div>"
    )


def spoken(text: str) -> str:
    """Return a learner's message."""
    return (
        '<div class=m><div class="av u">A</div><div class=in><span class=who>Ada</span> '
        f"<span class=time>9:40</span><div>{html.escape(text)}</div></div></div>"
    )


def view(blocks: list[Any], files: Mapping[str, File]) -> str:
    """Return a Home tab."""
    return "".join(_block(block, files) for block in blocks)


def _block(block: Any, files: Mapping[str, File]) -> str:
    return f"<div class=b>{DRAW[block['type']](block, files)}</div>"


def _text(text: Any) -> str:
    said = text["text"]
    if text["type"] == "plain_text":
        return html.escape(said)
    parts = said.split("*")
    return "".join(f"<b>{part}</b>" if i % 2 else part for i, part in enumerate(parts))


def _header(block: Any, files: Any) -> str:
    return f"<div class=header>{_text(block['text'])}</div>"


def _section(block: Any, files: Any) -> str:
    fields = "".join(f"<div>{_text(field)}</div>" for field in block["fields"])
    return f"<div class=fields>{fields}</div>"


def _context(block: Any, files: Any) -> str:
    return "".join(f"<div class=context>{_text(e)}</div>" for e in block["elements"])


def _actions(block: Any, files: Any) -> str:
    drawn = [_element(element) for element in block["elements"]]
    return f"<div class=actions>{''.join(drawn)}</div>"


def _element(element: Any) -> str:
    if element["type"] == "button":
        return f"<div class='btn {element.get('style', '')}'>{_text(element['text'])}</div>"
    return f"<div class='btn select'>{_text(element['placeholder'])}</div>"


def _image(block: Any, files: Mapping[str, File]) -> str:
    file = files[block["slack_file"]["id"]]
    data = base64.b64encode(file.content).decode()
    return f"<img src='data:image/png;base64,{data}' alt='{html.escape(block['alt_text'])}'>"


def _rich(block: Any, files: Any) -> str:
    return "".join(_part(part) for part in block["elements"])


def _part(part: Any) -> str:
    if part["type"] == "rich_text_list":
        tag = "ol" if part["style"] == "ordered" else "ul"
        items = "".join(f"<li class=sec>{_run(item)}</li>" for item in part["elements"])
        return f"<{tag} start={part.get('offset', 0) + 1}>{items}</{tag}>"
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(part["type"])
    return f"<{tag}>{_run(part)}</{tag}>" if tag else f"<div class=sec>{_run(part)}</div>"


def _run(part: Any) -> str:
    return "".join(_styled(element) for element in part["elements"])


def _styled(element: Any) -> str:
    said = html.escape(element["text"])
    for style, tag in (("code", "code"), ("italic", "i"), ("bold", "b")):
        if element.get("style", {}).get(style):
            said = f"<{tag}>{said}</{tag}>"
    return said


def _table(block: Any, files: Any) -> str:
    columns = block["column_settings"]
    rows = []
    for row in block["rows"]:
        cells = []
        for cell, column in zip(row, columns, strict=True):
            kind = "n" if column.get("align") == "right" else "w"
            cells.append(f"<td class={kind}>{_rich(cell, files)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<div class=scroll><table>{''.join(rows)}</table></div>"


DRAW = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "rich_text": _rich,
    "table": _table,
    "divider": lambda block, files: "<hr>",
}
