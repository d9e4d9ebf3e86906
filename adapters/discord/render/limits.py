"""Discord's limits on what a message, a form and a list may carry, and how text is measured."""

from __future__ import annotations

MAX_CUSTOM_ID = 100
MAX_LABEL = 80
SHORT_LABEL = 34
"""Longest label that Discord advises."""

WHOLE_LABEL = 38
"""Longest label that a phone draws without cutting it, where nothing stands beside it."""

MAX_ROW = 5
MAX_BUTTONS = 20
"""Buttons of one message: four rows, so that the rows of a select fit below them."""

MAX_SELECT = 25
MAX_SELECTS = 2
MAX_LEGACY_ROWS = 5
MAX_OPTION = 100
MAX_PLACEHOLDER = 150

MAX_TEXT = 4000
"""Characters of all text of one Components V2 message together."""

MAX_CONTENT = 2000
MAX_ALT = 1024

MAX_EMBED_TITLE = 256
MAX_EMBED_TEXT = 4096

MAX_FORM_TITLE = 45
MAX_FORM_FIELDS = 5
MAX_FORM_LABEL = 45
MAX_FORM_PLACEHOLDER = 100
MAX_FORM_TEXT = 4000

MAX_CHOICES = 25
MAX_CHOICE = 100

MAX_TITLE = 250
MAX_PAGES = 4
"""Messages that one reply may become; a user-installed app may send five follow-ups."""

ELLIPSIS = "…"


def size(text: str) -> int:
    """Return the length in UTF-16 units: never less than what Discord counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, most: int) -> str:
    """Return `text` in at most `most` units, ending in an ellipsis where it was cut."""
    if size(text) <= most:
        return text
    kept = text[: most - 1]
    while size(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS
