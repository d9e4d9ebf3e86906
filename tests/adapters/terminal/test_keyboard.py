"""Keys between two prompts."""

from __future__ import annotations

import asyncio

from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.typeahead import get_typeahead

from adapters.terminal.keyboard import Keyboard
from tests.adapters.terminal.harness import CTRL_C


async def test_ctrl_c_stops_and_other_keys_wait_for_the_next_line() -> None:
    stopped = asyncio.Event()
    with create_pipe_input() as keys:
        with Keyboard(keys).watch(stopped.set):
            keys.send_text(f"quiz{CTRL_C}")
            await asyncio.wait_for(stopped.wait(), 10)
        assert "".join(str(press.key) for press in get_typeahead(keys)) == "quiz"


async def test_a_key_goes_to_whoever_waits_for_one() -> None:
    stopped = asyncio.Event()
    with create_pipe_input() as keys:
        keyboard = Keyboard(keys)
        with keyboard.watch(stopped.set):
            keys.send_text(f"\r{CTRL_C}")
            assert await asyncio.wait_for(keyboard.key(), 10) == "c-m"
        assert not get_typeahead(keys)


async def test_a_terminal_that_is_gone_gives_no_key() -> None:
    with create_pipe_input() as keys:
        keyboard = Keyboard(keys)
        with keyboard.watch(lambda: None):
            keys.close()
            assert await asyncio.wait_for(keyboard.key(), 10) == "c-d"
