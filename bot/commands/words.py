"""Commands by name, and how people write them: "/quiz 2", "lesson 1 3", "ask why …"."""

from __future__ import annotations

from difflib import get_close_matches

COMMANDS: dict[str, str] = {
    "learn": "",
    "lesson": "lesson",
    "quiz": "lesson",
    "lab": "lesson",
    "test": "",
    "ask": "question",
    "calc": "text",
    "progress": "",
    "privacy": "",
    "help": "",
}
"""Every command, and the name of the argument that the words after it fill."""

ALIASES = {
    "home": "learn",
    "start": "learn",
    "menu": "learn",
    "lessons": "learn",
    "exam": "test",
    "?": "help",
}

ADMIN = "admin"
ADMIN_COMMANDS = (
    "overview",
    "learner",
    "items",
    "questions",
    "reset",
    "grant",
    "regrade",
    "export",
    "settings",
    "announce",
    "course",
    "reindex",
    "audit",
)
"""What moderators write after "admin"."""

ADMIN_ALSO = ("help", "learners", "course-reload")
"""What they may write as well."""

ALIKE = 0.75
"""From 0 to 1: how like a command a misspelled word must be to be taken for it."""

FREE_TEXT = frozenset({"question", "text"})
_MOST_WORDS = 3


def parse(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the command and its arguments that `text` gives, or None where it gives none.

    With a slash, any known name counts. Without one, the words after it must be few enough not
    to be a question: "quiz 2" is a command, "lesson one was hard, why?" is not.
    """
    words = text.split()
    if not words:
        return None
    slash = words[0].startswith("/")
    name = words[0].removeprefix("/").casefold()
    name = ALIASES.get(name, name)
    if name == ADMIN:
        return _admin(words[1:], text, slash=slash)
    if name not in COMMANDS:
        return None
    if not slash and not _plainly_a_command(name, words[1:]):
        return None
    return name, _args(name, text.split(maxsplit=1)[1] if len(words) > 1 else "")


def nearest_admin(written: str) -> str | None:
    """Return the moderators' command that `written` is or misspells; None where none is near."""
    first = written.casefold().split(maxsplit=1)[:1]
    near = get_close_matches(first[0], ADMIN_COMMANDS, 1, ALIKE) if first else []
    return near[0] if near else None


def _admin(rest: list[str], text: str, *, slash: bool) -> tuple[str, dict[str, str]] | None:
    sub = rest[0].casefold() if rest else ""
    if not slash and sub and sub not in ADMIN_ALSO and nearest_admin(sub) is None:
        return None
    written = text.split(maxsplit=2)[2] if len(rest) > 1 else ""
    return ADMIN, {"sub": sub, "rest": written}


def _plainly_a_command(name: str, rest: list[str]) -> bool:
    argument = COMMANDS[name]
    if argument in FREE_TEXT:
        return bool(rest)
    if not argument:
        return not rest
    return len(rest) < _MOST_WORDS and all(word.isdecimal() for word in rest)


def _args(name: str, rest: str) -> dict[str, str]:
    argument = COMMANDS[name]
    if not argument or not rest:
        return {}
    if name == "lesson":
        head, _, tail = rest.partition(" ")
        if head.isdecimal() and tail.strip().isdecimal():
            return {"lesson": head, "section": tail.strip()}
    return {argument: rest.strip()}
