"""Draw docs/images/terminal-*.svg from a real session; needs tmux.

    python docs/draw_terminal.py

The program runs in a tmux window with a data folder of its own. Each picture is what the window
shows after a few keys, colours and all.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

WIDTH = 92
PATIENCE = 180.0
PAUSE = 0.2
SOCKET = "seminar-pictures"
IMAGES = Path(__file__).parent / "images"

# rich's own drawing, without the fonts it would load from the network.
SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
    font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


@dataclass(frozen=True)
class Shot:
    """One picture: the window's height, the lines typed, and the words that show it is complete.

    `option` is an answer to choose after them, by its words, since its letter is drawn by lot;
    `leave` are the keys that lead back to an empty line.
    """

    name: str
    height: int
    lines: tuple[str, ...]
    complete: str
    option: str = ""
    leave: tuple[str, ...] = ()


SHOTS = (
    Shot("home", 29, (), "Ctrl-D leave"),
    Shot("lesson", 36, ("lesson 1 3",), "Enter for more", leave=("q",)),
    Shot("quiz", 36, ("quiz 2",), "Explain my mistake", "O(n²), of which"),
    Shot("answer", 30, ("what is sliding window attention?",), "Ask another"),
)


def main() -> None:
    """Draw every picture."""
    tmux = shutil.which("tmux")
    if tmux is None:
        sys.exit("draw_terminal.py needs tmux: install it, then run this again.")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        window = Window(tmux)
        window.start(
            f"{sys.executable} -m adapters.main chat --user ada --data {data}", SHOTS[0].height
        )
        try:
            for shot in SHOTS:
                draw(shot, window)
        finally:
            window.end()


def draw(shot: Shot, window: Window) -> None:
    """Type a shot's lines on an empty window, and keep what is shown."""
    window.resize(shot.height)
    if shot.lines:
        window.keys("C-l")
    for line in shot.lines:
        window.wait("Ctrl-D leave")
        window.keys(line, "Enter")
    if shot.option:
        window.wait(shot.option)
        before, _, _ = window.screen().partition(f". {shot.option}")
        window.keys(before[-1], "Enter")
    window.wait(shot.complete)
    save(window.screen(colours=True), IMAGES / f"terminal-{shot.name}.svg")
    window.keys(*shot.leave)


def save(screen: str, path: Path) -> None:
    """Write a screen with its escapes as an SVG picture."""
    paper = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True)
    lines = screen.rstrip("\n").splitlines()
    paper.print(Text.from_ansi("\n".join(lines)))
    paper.save_svg(
        str(path), title="seminar chat", theme=MONOKAI, code_format=SVG, unique_id="terminal"
    )
    print(path)


class Window:
    """A tmux window on a server of its own."""

    def __init__(self, tmux: str) -> None:
        self._tmux = tmux

    def start(self, command: str, height: int) -> None:
        """Run a command in a fresh window."""
        size = ("-x", str(WIDTH), "-y", str(height))
        self._do(
            "-f", "/dev/null", "new-session", "-d", "-s", "main", *size, f"env -u TMUX {command}"
        )

    def resize(self, height: int) -> None:
        """Give the window another height."""
        self._do("resize-window", "-t", "main", "-x", str(WIDTH), "-y", str(height))

    def keys(self, *keys: str) -> None:
        """Press keys, if any."""
        self._do("send-keys", "-t", "main", *keys)

    def screen(self, *, colours: bool = False) -> str:
        """Return what the window shows."""
        return self._do("capture-pane", "-t", "main", "-p", *(("-e",) if colours else ()))

    def wait(self, words: str) -> None:
        """Wait until the window shows some words."""
        end = time.monotonic() + PATIENCE
        while words not in self.screen():
            if time.monotonic() > end:
                sys.exit(f"The window never showed {words!r}:\n{self.screen()}")
            time.sleep(PAUSE)
        time.sleep(PAUSE)

    def end(self) -> None:
        """Close the window and its server."""
        self._do("kill-server")

    def _do(self, *words: str) -> str:
        done = subprocess.run(  # noqa: S603 (tmux, with words of this file)
            (self._tmux, "-L", SOCKET, *words), capture_output=True, text=True, check=True
        )
        return done.stdout


if __name__ == "__main__":
    main()
