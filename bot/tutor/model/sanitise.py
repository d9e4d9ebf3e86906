"""Take out of a model's text what a chat platform would act on: mentions, links, pictures, HTML."""

from __future__ import annotations

import re
import unicodedata

# Every repetition is bounded: a model may write thousands of brackets.
_PICTURE = re.compile(r"!\[([^\[\]]{0,300})\]\([^()]{0,500}\)")
_LINK = re.compile(r"\[(?!\d+\])([^\[\]]{1,300})\]\([^()]{0,500}\)")
_CITED_LINK = re.compile(r"(\[\d+\])\([^()]{0,500}\)")
_ADDRESS = re.compile(
    r"<?\b(?:https?|ftp|file|javascript|data|mailto|slack|discord|tel):\S+|\bwww\.\S+|"
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|ai|dev|gg|co|me|ly|app|xyz|info)\b(?:/\S*)?",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,200}>|<[@#!:][^<>]{0,100}>|<[a-z_]+:\d+>")
# Platforms notify on these; a zero-width space would survive in copies, so the @ goes.
_MENTION = re.compile(r"@+(?=[\w!&])")
_HEADING = re.compile(r"(?m)^\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}


def sanitised(text: str) -> str:
    """Return text that notifies nobody, opens nothing and shows nothing but words.

    What is left where something was removed is looked at again: `<<b>b>` holds two tags.
    """
    shown = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    before = None
    while shown != before:
        before, shown = shown, _stripped(shown)
    return shown


def _stripped(shown: str) -> str:
    shown = _PICTURE.sub(r"\1", shown)
    shown = _CITED_LINK.sub(r"\1", shown)
    shown = _LINK.sub(r"\1", shown)
    shown = _TAG.sub("", shown)
    shown = _ADDRESS.sub("", shown)
    shown = _MENTION.sub("", shown)
    return _HEADING.sub(r"**\1**", shown)
