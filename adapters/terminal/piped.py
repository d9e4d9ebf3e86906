"""The tutor through pipes: one line in, plain text out, for scripts and screen readers."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import TextIO

from adapters.deliver import deliver
from adapters.terminal import words
from adapters.terminal.choices import Choices, Entry, Kind
from adapters.terminal.conversation import Conversation
from adapters.terminal.files import Locate
from adapters.terminal.intent import Unfold, leaves
from adapters.terminal.lines import Lines
from adapters.terminal.text import checked, decode, printable
from bot.errors import LearnerError
from bot.events import Event
from bot.observe.faults import report
from bot.plain import plain
from bot.replies import Card, Form, Partial, Picture, Reply


class Piped:
    """One learner at the other end of two pipes."""

    def __init__(
        self, conversation: Conversation, lines: Lines, out: TextIO, locate: Locate
    ) -> None:
        """Take `lines`, and write to `out`."""
        self._talk = conversation
        self._lines = lines
        self._out = out
        self._locate = locate

    async def run(self) -> None:
        """Show where the learner stands, then take lines until there are no more."""
        await self.open()
        while (line := await self._lines.next()) is not None:
            if leaves(line.decode(errors="replace")):
                return
            await self.take(line)

    async def open(self) -> None:
        """Come in: the card of where the learner stands."""
        await self._guarded(self.deliver(self._talk.opened()))

    async def take(self, line: bytes) -> None:
        """Take one line; one that cannot be taken is answered by a sentence."""
        await self._guarded(self._understood(line))

    async def _guarded(self, work: Awaitable[None]) -> None:
        """Do some work; a fault is told by its code alone, and is in the log."""
        try:
            await work
        except LearnerError as error:
            self._write(str(error))
        except BrokenPipeError:
            raise
        except Exception as problem:  # noqa: BLE001 (a learner never sees a traceback)
            self._write(words.FAULT.format(error=report(problem)))

    async def _understood(self, line: bytes) -> None:
        intent = self._talk.understand(decode(line))
        if intent is None:
            return
        if isinstance(intent, Unfold):
            self._write(listed(self._talk.choices.of(Kind.MENU)))
            return
        form = self._talk.form(intent)
        event = await self._filled(form) if form else self._talk.event(intent)
        if event:
            await self.deliver(event)

    async def _filled(self, form: Form) -> Event | None:
        """Take one line a field; None where the lines end first."""
        fields: dict[str, str] = {}
        for field in form.fields:
            self._write(f"{field.label}:")
            line = await self._lines.next()
            if line is None:
                return None
            fields[field.name] = checked(decode(line))
        return self._talk.submitted(form, fields)

    async def deliver(self, event: Event) -> None:
        """Hand an event to the core and write its replies."""
        await deliver(self._talk.core, event, self._send)

    async def _send(self, reply: Reply) -> None:
        match reply:
            case Card():
                self._write(card_text(reply, self._talk.take(reply), self._locate))
            case Picture():
                self._write(plain(_with_file(reply, self._locate)))
            case Partial():
                pass  # The finished answer follows, and what is printed cannot be taken back.
            case _:
                self._write(plain(reply))

    def _write(self, text: str) -> None:
        self._out.write(printable(text) + "\n\n")
        self._out.flush()


def card_text(card: Card, choices: Choices, locate: Locate) -> str:
    """Return a card as plain text, each choice on a line that begins with its number."""
    pictures = tuple(_with_file(picture, locate) for picture in card.pictures)
    said = plain(replace(card, buttons=(), sources=(), menu=None, pictures=pictures))
    return "\n\n".join(part for part in (said, listed(choices.entries)) if part)


def listed(entries: tuple[Entry, ...]) -> str:
    """Return choices one a line, in the order of their numbers."""
    return "\n".join(_line(entry) for entry in sorted(entries, key=lambda x: x.number))


def _line(entry: Entry) -> str:
    match entry.kind:
        case Kind.OPTION:
            return f"{entry.number}  {entry.label}. {entry.detail}"
        case Kind.MENU:
            detail = f" - {entry.detail}" if entry.detail else ""
            return f"{entry.number}  {entry.label}{detail}"
        case Kind.SOURCE | Kind.BUTTON:
            return f"{entry.number}  {entry.label}" + (
                f" {words.PLAIN_ENTER}" if entry.primary else ""
            )


def _with_file(picture: Picture, locate: Locate) -> Picture:
    """The picture, with the place of its file as the last line of its caption."""
    path = locate(picture)
    if path is None:
        return picture
    file = words.PICTURE_FILE.format(path=path)
    return replace(picture, caption=f"{picture.caption}\n{file}" if picture.caption else file)
