"""Take the usual disguises off a text, to see whether something hidden is being said."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import string
import unicodedata
from collections.abc import Iterator

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[\s:,-]?){6,}")
_BINARY = re.compile(r"(?:[01]{8}[\s,-]?){4,}")
_CODES = re.compile(r"(?:\b\d{2,3}\b[\s,-]*){6,}")
_MORSE = re.compile(r"(?:[.·-]{1,5}[ /|]+){5,}[.·-]{1,5}")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LEET = str.maketrans("013457@$!|", "oieastasil")
_LOOKALIKE = str.maketrans("авеіјкмнорсстухѕԁɡ", "abeijkmhopcctyxsdg")
_MORSE_SIGNS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- "
    ".-- -..- -.-- --.."
)
_MORSE_CODE = dict(zip(_MORSE_SIGNS.split(" "), string.ascii_lowercase, strict=True))
_PRINTABLE = range(32, 127)
_PLACES = dict(enumerate(string.ascii_lowercase, start=1))
SHORTEST_HIDDEN = 4


def squeezed(text: str) -> str:
    """Return the letters and digits of a text alone, in lower case, accents and look-alikes undone.

    S p a c e d, hy-phen-ated and punctuated words all become the same.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("²", "2"))
    bare = "".join(c for c in folded if not unicodedata.combining(c)).translate(_LOOKALIKE)
    return _NOT_LETTERS.sub("", bare)


def readings(text: str) -> list[str]:
    """Return what a text may say: as written, then with each disguise taken off."""
    found = [text, *_decoded(text), codecs.encode(text, "rot13"), text[::-1]]
    found += [_backward_words(text), text.translate(_LEET)]
    return [reading for reading in dict.fromkeys(found) if len(reading) >= SHORTEST_HIDDEN]


def initials(text: str) -> list[str]:
    """Return the texts that the first or last letters of lines, sentences and words spell."""
    lines = [line.strip(" -*•") for line in text.splitlines() if line.strip()]
    said = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n", text) if part.strip()]
    found = []
    for parts in (lines, said, re.findall(r"[^\W_]+", text)):
        found.append("".join(part[:1] for part in parts))
        found.append("".join(part.rstrip(" .!?")[-1:] for part in parts))
    return [one.casefold() for one in found if len(one) >= SHORTEST_HIDDEN]


def _decoded(text: str) -> Iterator[str]:
    for match in _BASE64.finditer(text):
        yield from _readable(_from_base64(match.group()))
    for match in _HEX.finditer(text):
        digits = re.sub(r"[^0-9a-fA-F]", "", match.group())
        yield from _readable(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    for match in _BINARY.finditer(text):
        bits = re.findall(r"[01]{8}", match.group())
        yield from _readable(bytes(int(bit, 2) for bit in bits))
    for match in _CODES.finditer(text):
        codes = [int(code) for code in re.findall(r"\d+", match.group())]
        yield "".join(chr(code) for code in codes if code in _PRINTABLE)
        yield "".join(_PLACES.get(code, "") for code in codes)
    for match in _MORSE.finditer(text):
        yield "".join(_MORSE_CODE.get(sign, "") for sign in re.split(r"[ /|]+", match.group()))


def _from_base64(text: str) -> bytes:
    padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
    try:
        return base64.b64decode(padded, altchars=b"-_" if set(text) & set("-_") else None)
    except (binascii.Error, ValueError):
        return b""


def _readable(found: bytes) -> Iterator[str]:
    try:
        text = found.decode("utf-8")
    except UnicodeDecodeError:
        return
    if text and all(c.isprintable() or c in "\n\t" for c in text):
        yield text


def _backward_words(text: str) -> str:
    return " ".join(word[::-1] for word in text.split())
