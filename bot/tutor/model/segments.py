"""Cut a model's stream into pieces that can be checked: a sentence, or a line of a list."""

from __future__ import annotations

import re

from knowledge.sentences import sentences

# A model may put its citation after the full stop; it belongs to the sentence before.
_MARK_AFTER = re.compile(r"([.!?])[ \t]*((?:\[\d+\][ \t]*)+)")
_MARK_BEGUN = re.compile(r"\s*[\[(][^\])]{0,20}$")  # may become a citation, so it is waited for
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_GROUPED = re.compile(r"\[(\d+(?:\s*[,;]\s*\d+)+)\]")
_NAMED = re.compile(r"\[(?:passage|source|ref\.?)\s*(\d+)\]|\((?:passage|source)\s*(\d+)\)", re.I)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)", re.DOTALL | re.IGNORECASE)
_OPENING = re.compile(r"<(?:t(?:h(?:i(?:n(?:k(?:i(?:n(?:g)?)?)?)?)?)?)?)?$", re.IGNORECASE)


class Segments:
    """Takes text as it comes and gives every sentence once it is surely over.

    A line break is kept as a segment of its own, so that lists and paragraphs survive.
    """

    def __init__(self) -> None:
        self._raw = ""
        self._given = 0

    def feed(self, piece: str) -> list[str]:
        """Take a piece of the stream; return the segments that it completes."""
        self._raw += piece
        return self._new(whole=False)

    def rest(self) -> list[str]:
        """Return what is left when the stream has ended."""
        return self._new(whole=True)

    @property
    def text(self) -> str:
        """All that was written so far, thoughts left out and citations in one form."""
        return _tidied(self._raw)

    def _new(self, *, whole: bool) -> list[str]:
        raw = self._raw if whole else _MARK_BEGUN.sub("", _OPENING.sub("", self._raw))
        found = _cut(_tidied(raw))
        if not whole and found:
            found = found[:-1]  # the last one may go on
        fresh = found[self._given :]
        self._given = max(self._given, len(found))
        return fresh


def _tidied(raw: str) -> str:
    text = _THOUGHT.sub("", raw).lstrip()
    text = _NAMED.sub(lambda m: f"[{m.group(1) or m.group(2)}]", text)
    text = _GROUPED.sub(
        lambda m: "".join(f"[{number}]" for number in re.findall(r"\d+", m.group(1))), text
    )
    return _MARK_AFTER.sub(lambda m: f" {m.group(2).strip()}{m.group(1)} ", text)


def _cut(text: str) -> list[str]:
    found: list[str] = []
    for index, line in enumerate(text.split("\n")):
        if index:
            found.append("\n")
        found += _of_line(line.rstrip())
    return found


def _of_line(line: str) -> list[str]:
    """The sentences of a line; a list's mark, numbered or not, becomes a dash on the first."""
    item = _ITEM.match(line)
    if item is None:
        return sentences(line)
    said = sentences(line[item.end() :])
    return [f"- {said[0]}", *said[1:]] if said else []


def unfinished(text: str) -> bool:
    """Tell whether a text stops in the middle of a sentence."""
    last = text.rstrip().rsplit("\n", 1)[-1].rstrip("*_ \"'”’)")
    is_item = bool(re.match(r"\s*(?:[-*•]|\d+[.)])\s", last))
    return bool(last) and not is_item and not re.search(r"(?:[.!?:;|`…]|\[\d+\])$", last)
