"""Find the line of every key of a TOML text, because `tomllib` does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

# ("question", 0, "option", 2, "text"): keys, and places in an array from 0.
KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<text>"{3}(?:\\.|[^\\])*?"{3}"{0,2}|'{3}.*?'{3}'{0,2}|"(?:\\.|[^"\\])*"|'[^']*')
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)
_END = ("end", "")
_Token = tuple[str, str]


def key_lines(source: str) -> dict[KeyPath, int]:
    """Map the path of each key, table and array element to its line, from 1.

    `source` has passed `tomllib`, with Unix line ends: nothing is checked here.
    """
    return _Scanner(source).scan()


class _Scanner:
    """Walks over valid TOML once, keeping the line and the table it is in."""

    def __init__(self, source: str) -> None:
        self._tokens = self._read(source)
        self._line = 1
        self._next_line = 1
        self._lines: dict[KeyPath, int] = {}
        self._length: dict[KeyPath, int] = {}
        self._token = _END
        self._advance()

    def _read(self, source: str) -> Iterator[_Token]:
        for match in _TOKEN.finditer(source):
            self._line = self._next_line
            text = match.group()
            self._next_line += text.count("\n")
            if match.lastgroup and match.lastgroup != "space":
                yield match.lastgroup, text

    def _advance(self) -> None:
        self._token = next(self._tokens, _END)

    def _skip_newlines(self) -> None:
        while self._token[0] == "newline":
            self._advance()

    def _is(self, mark: str) -> bool:
        return self._token == ("mark", mark)

    def _before(self, mark: str) -> bool:
        return self._token not in {("mark", mark), _END}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip_newlines()
        while self._token != _END:
            if self._is("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip_newlines()
        return self._lines

    def _header(self) -> KeyPath:
        self._advance()
        is_array = self._is("[")
        if is_array:
            self._advance()
        path: KeyPath = ()
        keys = self._keys()
        for key in keys[:-1]:
            path = self._inside((*path, key))
        path = (*path, keys[-1])
        self._note(path)
        if is_array:
            self._length[path] = self._length.get(path, 0) + 1
            path = self._inside(path)
            self._note(path)
            self._advance()
        self._advance()
        return path

    def _inside(self, path: KeyPath) -> KeyPath:
        return (*path, self._length[path] - 1) if path in self._length else path

    def _note(self, path: KeyPath) -> None:
        self._lines.setdefault(path, self._line)

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while self._is("."):
            self._advance()
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        kind, text = self._token
        self._advance()
        return text if kind == "bare" else str(tomllib.loads(f"key = {text}")["key"])

    def _pair(self, table: KeyPath) -> None:
        line = self._line
        path = table
        for key in self._keys():
            path = (*path, key)
            self._lines.setdefault(path, line)
        self._advance()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._is("["):
            self._array(path)
        elif self._is("{"):
            self._inline_table(path)
        else:
            self._advance()
            while self._token[0] == "bare" or self._is("."):  # 3.14, or a date and its time
                self._advance()

    def _array(self, path: KeyPath) -> None:
        self._advance()
        self._skip_newlines()
        index = 0
        while self._before("]"):
            self._note((*path, index))
            self._value((*path, index))
            index += 1
            self._skip_separators()
        self._advance()

    def _inline_table(self, path: KeyPath) -> None:
        self._advance()
        self._skip_newlines()
        while self._before("}"):
            self._pair(path)
            self._skip_separators()
        self._advance()

    def _skip_separators(self) -> None:
        self._skip_newlines()
        if self._is(","):
            self._advance()
        self._skip_newlines()
