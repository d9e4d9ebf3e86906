"""Write other people's text into a prompt as data that cannot close its own fence."""

from __future__ import annotations

import re

from bot.tutor.words import clean

# A tag of ours inside quoted text would end the quotation, and a chat template's marks would
# begin another speaker's turn.
_TAG = re.compile(
    r"</?\s*(?:passages?|learner|calculation|earlier|reading|mission|quiz|talk|message|system|user|"
    r"assistant|tool)\b[^>]{0,200}>|<\|[^|>]{0,40}\|>|\[/?INST\]|<</?SYS>>",
    re.IGNORECASE,
)
LONGEST = 4000


def quoted(text: str) -> str:
    """Return text without control characters and without anything that looks like a fence."""
    lines = (clean(line) for line in text[:LONGEST].splitlines())
    bare = "\n".join(line for line in lines if line)
    while _TAG.search(bare):
        bare = _TAG.sub(" ", bare)
    return bare


def passage(number: int, heading: str, text: str) -> str:
    """Return a numbered passage of the course as it stands in a prompt."""
    title = quoted(heading).replace('"', "'")
    return f'<passage number="{number}" from="{title}">\n{quoted(text)}\n</passage>'
