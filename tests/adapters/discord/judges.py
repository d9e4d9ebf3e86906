"""Two judges of what the bot sends: Discord's published schema, and limits that it leaves out."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.adapters.discord.screens import walk

SCHEMA = os.environ.get("SEMINAR_DISCORD_OPENAPI", "")
"""Path of Discord's OpenAPI file; without it, only our own judge sits."""

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
MESSAGES = "/channels/{channel_id}/messages"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
BODIES = (
    ("POST", r"/interactions/\d+/[^/]+/callback", CALLBACK),
    ("POST", r"/webhooks/\d+/[^/]+", WEBHOOK),
    ("PATCH", r"/webhooks/\d+/[^/]+/messages/@original", f"{WEBHOOK}/messages/@original"),
    ("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+", f"{WEBHOOK}/messages/{{message_id}}"),
    ("POST", r"/channels/\d+/messages", MESSAGES),
    ("PATCH", r"/channels/\d+/messages/\d+", f"{MESSAGES}/{{message_id}}"),
    ("POST", r"/users/@me/channels", "/users/@me/channels"),
    ("PUT", r"/applications/\d+/commands", "/applications/{application_id}/commands"),
    (
        "PUT",
        r"/applications/\d+/guilds/\d+/commands",
        "/applications/{application_id}/guilds/{guild_id}/commands",
    ),
)
MODAL = 9


def judge(requests: list[Any]) -> int:
    """Assert that Discord would take every request; return how many its schema judged."""
    judged = 0
    for request in requests:
        if isinstance(request.json, dict | list):
            _own(request)
            judged += _published(request)
    return judged


def judge_message(body: dict[str, Any]) -> None:
    """Assert that a message stays within the limits, the published schema's among them."""
    parts = list(walk(body.get("components") or []))
    assert len(body.get("content") or "") <= 2000
    assert len(body.get("embeds") or []) <= 10
    assert sum(map(_embed_size, body.get("embeds") or [])) <= 6000
    assert len(parts) <= 40
    assert sum(len(p["content"]) for p in parts if p["type"] == 10) <= 4000
    ids = [p["custom_id"] for p in parts if "custom_id" in p]
    assert len(ids) == len(set(ids))
    for part in parts:
        if part["type"] == 3:
            values = [option["value"] for option in part["options"]]
            assert len(values) == len(set(values)) <= 25
    if not body.get("flags", 0) & 1 << 15:
        assert len(body.get("components") or []) <= 5
    if SCHEMA:
        _assert_valid("POST", MESSAGES, body)


def _own(request: Any) -> None:
    if isinstance(request.json, list):
        assert len(request.json) <= 100
        return
    data = request.json.get("data", request.json)
    if not isinstance(data, dict):
        return
    assert len(data.get("choices") or []) <= 25
    if request.json.get("type") == MODAL:
        assert len(data["components"]) <= 5
    elif "content" in data or "components" in data or "embeds" in data:
        judge_message(
            {k: v for k, v in data.items() if k in ("content", "embeds", "components", "flags")}
        )
        assert data.get("allowed_mentions") == {"parse": []}, request


def _embed_size(embed: dict[str, Any]) -> int:
    return len(embed.get("title") or "") + len(embed.get("description") or "")


def _published(request: Any) -> int:
    if not SCHEMA:
        return 0
    for method, pattern, path in BODIES:
        if request.method == method and re.fullmatch(pattern, request.path):
            _assert_valid(method, path, _with_text_ids(request.json))
            return 1
    raise AssertionError(f"no schema known for {request.method} {request.path}")


def _with_text_ids(body: Any) -> Any:
    """The same body with ids as text: discord.py writes these as numbers, which Discord takes."""
    if not isinstance(body, dict):
        return body
    changed = dict(body)
    if body.get("message_reference"):
        changed["message_reference"] = {k: str(v) for k, v in body["message_reference"].items()}
    if body.get("recipient_id"):
        changed["recipient_id"] = str(body["recipient_id"])
    if body.get("attachments"):
        changed["attachments"] = [{**a, "id": str(a["id"])} for a in body["attachments"]]
    return changed


def _assert_valid(method: str, path: str, body: Any) -> None:
    errors = [
        f"{list(e.path)}: {e.message[:300]}" for e in _validator(method, path).iter_errors(body)
    ]
    assert not errors, (path, errors, body)


@cache
def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))
    return spec


@cache
def _validator(method: str, path: str) -> Draft202012Validator:
    content = _spec()["paths"][path][method.lower()]["requestBody"]["content"]
    return Draft202012Validator(
        {**content["application/json"]["schema"], "components": _spec()["components"]}
    )
