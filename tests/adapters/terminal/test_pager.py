"""Long cards, a screen at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from rich.text import Text

from adapters.terminal.blocks import BLANK
from adapters.terminal.choices import Choices, number
from adapters.terminal.files import Files
from adapters.terminal.pager import PROMPT_LINES, Pager
from adapters.terminal.screen import Screen
from bot.settings import BUILT_IN_COURSE
from knowledge.catalog import load_course
from tests.adapters.terminal.harness import Window
from tests.classroom import Classroom

STORY = (Text("\n".join(f"line {n}" for n in range(1, 41))),)
CHOICES = (Text("[1] Next page"),)
MENU = (Text("[1] Next page\n" + "\n".join(f"[{n}] Section {n}" for n in range(2, 30))),)


class Keys:
    """Keys to be pressed one after the other; what is done before each is noted."""

    def __init__(self, window: Window, keys: Iterable[str]) -> None:
        self.window = window
        self.keys = list(keys)
        self.seen: list[str] = []

    async def __call__(self) -> str:
        self.seen.append(self.window.text)
        return self.keys.pop(0)


async def page(window: Window, keys: Iterable[str], offered: tuple[Text, ...] = CHOICES) -> Keys:
    pressed = Keys(window, keys)
    await Pager(window, pressed).show(STORY, offered, CHOICES)
    return pressed


async def test_what_fits_is_shown_at_once() -> None:
    keys = await page(Window(80, 60), [])
    assert keys.seen == []
    assert "line 40" in keys.window.text


async def test_what_does_not_fit_waits_for_enter() -> None:
    keys = await page(Window(80, 24), ["c-m", "c-m"])
    assert "line 22" in keys.seen[0]
    assert "line 23" not in keys.seen[0]
    assert "Enter for more" in keys.seen[0]
    assert "line 40" in keys.window.text


async def test_nothing_is_shown_twice_or_lost() -> None:
    keys = await page(Window(80, 10), ["c-m"] * 9)
    shown = re.findall(r"^(?:.*\x1b\[2K)?  (line \d+)$", keys.window.text, re.MULTILINE)
    assert shown == STORY[0].plain.splitlines()


async def test_q_skips_the_rest_but_not_the_choices() -> None:
    keys = await page(Window(80, 24), ["q"])
    assert "line 40" not in keys.window.text
    assert "[1] Next page" in keys.window.text


async def test_other_keys_do_nothing_at_a_page_end() -> None:
    keys = await page(Window(80, 24), ["x", "c-m"])
    assert keys.seen[0] == keys.seen[1]


async def test_a_menu_that_does_not_fit_is_folded() -> None:
    keys = await page(Window(80, 50), [], MENU)
    assert "Section 2" not in keys.window.text
    assert keys.seen == []


async def test_a_window_made_narrow_draws_what_is_left_anew() -> None:
    window = Window(80, 12)
    words = Text(" ".join(f"word{n}" for n in range(400)))

    async def key() -> str:
        window.width = 30
        return "c-m"

    await Pager(window, key).show((words,), CHOICES)
    lines = [line for line in window.text.splitlines() if line.startswith("word")]
    assert max(len(line) for line in lines[-20:]) <= 30
    assert "word399" in window.text


async def test_a_dumb_terminal_is_never_paged() -> None:
    window = Window(80, 10, term="dumb")
    keys = await page(window, [])
    assert keys.seen == []
    assert "line 40" in window.text


async def test_a_list_of_short_paragraphs_is_drawn_tight_rather_than_paged() -> None:
    parts = [part for n in range(1, 9) for part in (Text(f"part {n}"), BLANK)][:-1]
    window = Window(80, 14)
    pressed = Keys(window, [])
    await Pager(window, pressed).show(parts, CHOICES, CHOICES)
    assert pressed.seen == []
    assert "part 1\n  part 2" in window.text
    roomy = Window(80, 24)
    await Pager(roomy, Keys(roomy, [])).show(parts, CHOICES, CHOICES)
    assert "part 1\n\n  part 2" in roomy.text


async def test_long_paragraphs_keep_the_blank_lines_between_them() -> None:
    parts = [part for n in range(1, 4) for part in (Text(f"a{n}\nb\nc"), BLANK)][:-1]
    keys = Keys(window := Window(80, 13), ["c-m"])
    await Pager(window, keys).show(parts, CHOICES, CHOICES)
    assert "c\n\n  a2" in window.text


async def test_the_first_card_of_the_built_in_course_fits_a_small_window(tmp_path: Path) -> None:
    room = Classroom(tmp_path, load_course(BUILT_IN_COURSE))
    await room.engine.start()
    await room.command("learn")
    window, card = Window(80, 24), room.cards["ada"]
    keys = Keys(window, [])
    choices = number(card, Choices())
    await Screen(window, keys, Files(room.course, tmp_path)).card(card, choices)
    await room.engine.close()
    assert keys.seen == []
    assert "Read lesson 1" in window.text
    assert len(window.text.splitlines()) + PROMPT_LINES - 1 <= 24
