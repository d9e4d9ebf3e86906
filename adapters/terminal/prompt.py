"""The line that the learner writes: history, completion, and the keys that work now."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

from adapters.terminal import theme, words
from adapters.terminal.choices import Choices, Kind
from adapters.terminal.history import LineHistory

MENU_LINES = 5
"""Lines that a completion menu may take below the prompt."""


BETWEEN = " · "
"""What stands between two keys."""


class LinePrompt:
    """Ask for a line, given the choices in view.

    Ctrl-C clears the line; on an empty one it asks whether to leave, and a second one leaves,
    as Ctrl-D does.
    """

    def __init__(
        self,
        choices: Callable[[], Choices],
        *,
        source: Input,
        output: Output,
        history: History,
        completer: Completer,
        color: bool,
    ) -> None:
        """Read from `source` and draw on `output`, in colour where `color` says so."""
        self._choices = choices
        self._leaving = False
        self._history = history
        self._output = output
        self._session: PromptSession[str] = PromptSession(
            input=source,
            output=output,
            history=history,
            completer=completer,
            complete_while_typing=False,
            complete_style=CompleteStyle.COLUMN,
            reserve_space_for_menu=MENU_LINES,
            key_bindings=self._keys(),
            bottom_toolbar=self._toolbar,
            placeholder=self._placeholder,
            style=Style.from_dict(theme.PROMPT),
            color_depth=None if color else ColorDepth.DEPTH_1_BIT,
            erase_when_done=True,
        )

    async def line(self) -> str | None:
        """Return the next line, or None where the learner leaves."""
        self._leaving = False
        try:
            return await self._session.prompt_async([("class:prompt", "› ")])
        except EOFError:
            return None

    async def field(self, label: str, value: str) -> str | None:
        """Return what is written for one field of a form, or None where it is dropped."""
        self._leaving = False
        try:
            return await PromptSession[str](
                input=self._session.input, output=self._session.output
            ).prompt_async(f"{label}: ", default=value)
        except (EOFError, KeyboardInterrupt):
            return None

    def forget(self) -> None:
        """Drop the lines written so far, and their file."""
        if isinstance(self._history, LineHistory):
            self._history.forget()
        self._session.default_buffer.reset()

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("c-c", eager=True)
        def _interrupt(event: KeyPressEvent) -> None:
            if event.current_buffer.text:
                event.current_buffer.reset()
            elif self._leaving:
                event.app.exit(exception=EOFError)
            else:
                self._leaving = True

        return keys

    def _placeholder(self) -> StyleAndTextTuples:
        primary = self._choices().primary
        hint = words.PLACEHOLDER
        if primary:
            hint = words.PLACEHOLDER_PRIMARY.format(label=primary.label)
        return [("class:placeholder", hint)]

    def _toolbar(self) -> StyleAndTextTuples:
        text = (
            words.LEAVE_HINT
            if self._leaving
            else keys_now(self._choices(), self._output.get_size().columns)
        )
        return [("class:bottom-toolbar.text", text)]


def keys_now(choices: Choices, width: int) -> str:
    """Return the keys that do something with these choices in view, the most useful that fit."""
    keys = []
    if choices.ends:
        keys.append(words.KEY_NUMBER.format(range=words.dash(*choices.ends)))
    if options := choices.of(Kind.OPTION):
        span = words.dash(options[0].label, options[-1].label)
        keys.append(words.KEY_LETTER.format(range=span))
    keys += [words.KEY_HELP, words.KEY_COMPLETE, words.KEY_LEAVE]
    for least in (words.KEY_COMPLETE, words.KEY_HELP):
        if len(BETWEEN.join(keys)) > width:
            keys.remove(least)
    return BETWEEN.join(keys)
