"""The learner's screen: every reply drawn in its place, one after the other."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from adapters.terminal import theme
from adapters.terminal.blocks import BLANK, hanging
from adapters.terminal.choices import Choices
from adapters.terminal.draw import Drawing, draw_card, draw_document, draw_picture, draw_say
from adapters.terminal.files import Files
from adapters.terminal.options import menu
from adapters.terminal.pager import Key, Pager
from adapters.terminal.text import printable
from bot.replies import Card, Document, Picture, Say, Tone


class Screen:
    """Draw on a console, below what is there."""

    def __init__(self, console: Console, key: Key, files: Files) -> None:
        """Draw on `console`; `key` waits for a key, `files` finds or writes what can be opened."""
        self.console = console
        self._files = files
        self._pager = Pager(console, key)

    async def card(self, card: Card, choices: Choices) -> None:
        """Draw a card with its numbered choices."""
        await self._show(draw_card(card, choices, self._files.picture))

    async def say(self, say: Say) -> None:
        """Draw a sentence."""
        await self._show(draw_say(say))

    async def picture(self, picture: Picture) -> None:
        """Draw a picture's words, and where it can be opened."""
        await self._show(Drawing(draw_picture(picture, self._files.picture(picture))))

    async def document(self, document: Document) -> None:
        """Write a document to a file and say where; what cannot be written is printed."""
        await self._show(draw_document(document, self._files.document(document)))

    def menu(self, choices: Choices) -> None:
        """Print the menu in view with all its choices."""
        self._pager.print((*menu(choices), BLANK))

    def note(self, sentence: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Print a sentence of the terminal's own."""
        mark = theme.MARKS.get(tone, "").strip()
        text = Text(printable(sentence))
        content = hanging(Text(mark, theme.tone(tone)), text) if mark else text
        self._pager.print((BLANK, content, BLANK))

    def echo(self, line: str) -> None:
        """Print what the learner did, so that the scrollback reads as a talk."""
        words = hanging(Text("›", "key"), Text(printable(line)))
        self._pager.print((words,), indent=False)

    async def _show(self, drawing: Drawing) -> None:
        await self._pager.show((BLANK, *drawing.said), drawing.offered, drawing.folded)
