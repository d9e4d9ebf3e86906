"""Every word that the program says is there, and every word that is there is said."""

from __future__ import annotations

import re
import string
from pathlib import Path

import bot
from bot.words import _words

FILES = [path.read_text() for path in Path(bot.__file__).parent.rglob("*.py")]
CODE = "\n".join(text for text in FILES if "from bot.words import" in text)
KEY = r"[a-z]+\.[a-z_]+"


def test_every_key_that_the_program_names_is_in_the_file() -> None:
    named = set(re.findall(rf'say\(\s*"({KEY})"', CODE))
    assert named - set(_words()) == set()


def test_words_have_well_formed_gaps() -> None:
    for key, words in _words().items():
        gaps = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
        assert all(gap.isidentifier() for gap in gaps), key


def test_no_words_are_left_over() -> None:
    literal = set(re.findall(rf'"({KEY})"', CODE))
    families = tuple(re.findall(r'f"([a-z]+\.[a-z_]*)\{', CODE))
    assert families
    left = {key for key in _words() if key not in literal and not key.startswith(families)}
    assert left == set()
