"""A table of a TOML file that checks its keys and names the line of every fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from knowledge.catalog.key_lines import KeyPath
from knowledge.catalog.problems import Problems, nearest, quoted

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file. Faults go to `problems`; a faulty value reads as its default.

    `lines` finds the line of each key: only a faulty file needs them.
    """

    file: str
    values: Mapping[str, object]
    lines: Callable[[], Mapping[KeyPath, int]]
    problems: Problems
    path: KeyPath = ()
    name: str = ""
    _asked: set[str] = field(default_factory=set)

    def line(self, *keys: str | int) -> int:
        """Return the line of a key, or of the table if the key is not there."""
        lines, path = self.lines(), (*self.path, *keys)
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, 1)

    def complain(self, message: str, remedy: str, *keys: str | int) -> None:
        """Note a problem at a key, or at the table itself."""
        where = f"{self.name}: " if self.name else ""
        self.problems.add(self.file, self.line(*keys), where + message, remedy)

    def refuse_unknown_keys(self) -> None:
        """Note every key that no reader has asked for. Call it when all have been asked."""
        for key in [key for key in self.values if key not in self._asked]:
            meant = nearest(key, self._asked)
            remedy = f"rename it to {quoted(meant)}, or remove it" if meant else "remove it"
            self.complain(f"unknown key {quoted(key)}", remedy, key)

    def text(self, key: str, limit: int, *, required: bool = True, one_line: bool = False) -> str:
        """Return a text of 1 to `limit` characters, stripped; "" if it is missing or faulty."""
        value = self._value(key)
        if value is None:
            if required:
                self.complain(f'"{key}" is missing', f'add {key} = "…"')
            return ""
        return self._checked_text(value, limit, one_line, key)

    def texts(self, key: str, most: int, limit: int) -> tuple[str, ...]:
        """Return a list of at most `most` texts; () if it is missing or faulty."""
        value = self._value(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.complain(f'"{key}" is not a list', f'write {key} = ["…"]', key)
            return ()
        if len(value) > most:
            message = f'"{key}" has {len(value)} entries, and at most {most} are allowed'
            self.complain(message, "remove some", key, most)
        return tuple(
            self._checked_text(entry, limit, False, key, index)
            for index, entry in enumerate(value[:most])
        )

    def flag(self, key: str) -> bool:
        """Return true or false; false if the key is missing or faulty."""
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self.complain(f'"{key}" is not true or false', f"write {key} = true", key)
        return value is True

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.complain(
            f'"{key}" is not a whole number from {low} to {high}', f"write {key} = {default}", key
        )
        return default

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Return a number from `low` to `high`."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        message = f'"{key}" is not a number from {low:g} to {high:g}'
        self.complain(message, f"write {key} = {default:g}", key)
        return default

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words; the first if the key is missing."""
        value = self._value(key)
        if value is None or value in allowed:
            return str(value or allowed[0])
        words = " or ".join(f'"{word}"' for word in allowed)
        self.complain(f'"{key}" is not {words}', f'write {key} = "{allowed[0]}"', key)
        return allowed[0]

    def table(self, key: str) -> Table | None:
        """Return a table inside this one, or None if it is missing or faulty."""
        value = self._value(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.complain(f'"{key}" is not a table', f"write [{key}] on a line of its own", key)
            return None
        return self._inner(value, f"[{key}]", key)

    def tables(self, key: str, header: str, label: Callable[[int], str]) -> list[Table]:
        """Return the tables written as `[[header]]`; `label` names each by its number, from 1."""
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            remedy = f"write [[{header}]], in double brackets, above each"
            self.complain(f'"{key}" is not a list of tables', remedy, key)
            return []
        return [
            self._inner(entry, label(index + 1), key, index) for index, entry in enumerate(value)
        ]

    def all_tables(self, key: str, most: int) -> list[Table]:
        """Return the tables written as `[[key]]` in a file that holds nothing else."""
        tables = self.tables(key, key, f"{key} {{}}".format)
        self.refuse_unknown_keys()
        if not tables and key not in self.values:
            self.complain(f"the file has no {key}", f"add [[{key}]], or remove the file")
        if len(tables) > most:
            message = f"the file has {len(tables)} {key}s, and at most {most} fit"
            self.complain(message, "remove some", key, most)
        return tables[:most]

    def _value(self, key: str) -> object:
        self._asked.add(key)
        return self.values.get(key)

    def _inner(self, values: dict[str, object], name: str, *keys: str | int) -> Table:
        path = (*self.path, *keys)
        return Table(self.file, values, self.lines, self.problems, path, name)

    def _checked_text(self, value: object, limit: int, one_line: bool, *keys: str | int) -> str:
        key = keys[0]
        if not isinstance(value, str):
            self.complain(f'"{key}" is not text', "write it in quotes", *keys)
            return ""
        text = value.replace("\r\n", "\n").strip()
        control = _CONTROL.search(text)
        if not text:
            self.complain(f'"{key}" is empty', "write its text", *keys)
        elif control:
            message = f'"{key}" holds the control character U+{ord(control.group()):04X}'
            self.complain(message, "delete the character", *keys)
        elif one_line and "\n" in text:
            self.complain(f'"{key}" has more than one line', "write it on one line", *keys)
        elif len(text) > limit:
            message = f'"{key}" has {len(text)} characters, and at most {limit} are allowed'
            self.complain(message, "shorten it", *keys)
        else:
            return text
        return ""
