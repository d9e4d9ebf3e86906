"""The colour beside a card: a second sign of its tone, never the only one."""

from __future__ import annotations

from bot.replies import Tone

_ACCENTS = {
    Tone.INFO: 0x5865F2,
    Tone.GOOD: 0x248046,
    Tone.BAD: 0xDA373C,
    Tone.WARN: 0xF0B232,
}


def accent(tone: Tone) -> int | None:
    """Return a tone's colour as 0xRRGGBB, or None for a neutral card."""
    return _ACCENTS.get(tone)
