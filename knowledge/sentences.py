"""Cut prose into sentences, and a Markdown line into the words a reader sees."""

from __future__ import annotations

import re

# A full stop after one of these ends no sentence.
_SHORT = r"(?:\b(?:al|approx|cf|ca|dr|e\.g|eq|etc|fig|i\.e|mr|mrs|ms|no|prof|st|vs)|\b[A-Z])\.$"
_ABBREVIATION = re.compile(_SHORT, re.IGNORECASE)
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9À-Þ])")


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, in order; joined by a space they give it back."""
    found: list[str] = []
    start = 0
    for gap in _END.finditer(text):
        head = text[start : gap.end()].strip()
        if _ABBREVIATION.search(head):
            continue
        found.append(head)
        start = gap.end()
    tail = text[start:].strip()
    return [*found, tail] if tail else found
