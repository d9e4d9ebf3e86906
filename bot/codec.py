"""States, replies and begun work, to and from the JSON that the store keeps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.effects import Ask
from bot.replies import Card, Document, Partial, Picture, Reply, Say

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Card, Document, Picture, Say, Partial)
}


@dataclass(frozen=True, slots=True)
class Work:
    """A slow effect that was begun for a session, and for whom."""

    session: str
    ask: Ask


def dump(value: Any) -> str:
    """Return a dataclass as JSON."""
    return _adapter(type(value)).dump_json(value).decode()


def load(kind: type[Any], text: str) -> Any:
    """Return the dataclass that `dump` made `text` of; ValueError where it does not fit."""
    return _adapter(kind).validate_json(text)


def dump_replies(replies: tuple[Reply, ...]) -> str:
    """Return replies as JSON. Pictures are kept by their source, without their bytes."""
    return json.dumps(
        [
            [type(reply).__name__, _adapter(type(reply)).dump_python(reply, mode="json")]
            for reply in replies
        ]
    )


def load_replies(text: str) -> tuple[Reply, ...]:
    """Return the replies that `dump_replies` made `text` of."""
    return tuple(_adapter(_KINDS[kind]).validate_python(data) for kind, data in json.loads(text))


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
