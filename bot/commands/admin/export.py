"""`/admin export`: the gradebook as CSV or JSON, with names or without."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
from collections.abc import AsyncGenerator, Callable
from typing import Any

from bot.commands.admin.base import Args, Chore, Desk, Done, part_word, to
from bot.commands.admin.chores import Bench
from bot.errors import LearnerError
from bot.gradebook import Kind, Mark, Progress, all_parts, completion
from bot.replies import Button, Card, Document, Reply, Say, Tone
from bot.store import roster
from bot.store.roster import Person
from bot.store.unit import Unit
from bot.words import say
from knowledge.models import Course

EXPORT = "export"
ROWS = 5000
"""Learners in one file; a bigger class is exported in several."""

FORMATS = ("csv", "json")
NAMES = ("names", "pseudonyms")
PSEUDONYM_BYTES = 5
SALT_BYTES = 16
IDENTIFYING = ("name", "joined_at", "seen_at")
DAY = len("2026-03-02")

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""

Row = dict[str, Any]


def export(desk: Desk, args: Args) -> Done:
    """Have the gradebook written; without a format, offer the choices."""
    wanted = args.get("format", "").strip().casefold()
    names = args.get("names", "").strip().casefold() or NAMES[0]
    if not wanted:
        return Done((_choices(),))
    if wanted not in FORMATS or names not in NAMES:
        raise LearnerError(say("admin.export_which"))
    desk.note("export", f"{wanted}, {names}")
    return Done(chore=Chore(EXPORT, {"format": wanted, "names": names}))


async def write(chore: Chore, bench: Bench) -> AsyncGenerator[Reply]:
    """Give the files, each of at most ROWS learners, read a page at a time."""
    # The salt is forgotten with the export: nobody can find a person, or match two exports.
    salt = b"" if chore.args["names"] == NAMES[0] else secrets.token_bytes(SALT_BYTES)
    last, number = 0, 0
    while True:
        rows, last = await bench.run(_page(chore.class_id, last, bench.course))
        if not rows:
            break
        number += 1
        shown = hidden(rows, salt) if salt else rows
        yield _document(bench.course, shown, chore.args["format"], number)
    if not number:
        yield Say(say("admin.empty"), Tone.WARN)


def _page(class_id: int, after: int, course: Course) -> Callable[[Unit], tuple[list[Row], int]]:
    def read(unit: Unit) -> tuple[list[Row], int]:
        people = roster.after(unit, class_id, after, ROWS)
        known = roster.progress(unit, [person.id for person in people])
        rows = [row(person, known[person.id], course) for person in people]
        return rows, people[-1].id if people else after

    return read


def row(person: Person, progress: Progress, course: Course) -> Row:
    """Return a learner's line: who, and for each part its marks; None where not begun."""
    done, total = completion(course, progress)
    line: Row = {
        "learner": person.user,
        "name": person.name,
        "joined_at": person.joined_at.isoformat(),
        "seen_at": person.seen_at.isoformat(),
        "parts_done": done,
        "parts": total,
    }
    for key in all_parts(course):
        mark = progress.mark(*key)
        line |= {f"{part_word(course, key)} {what}": v for what, v in _marks(key[0], mark).items()}
    return line


def hidden(rows: list[Row], salt: bytes) -> list[Row]:
    """Return the lines without who they are of: days for moments, and in no telling order."""
    found = []
    for line in rows:
        digest = hashlib.blake2b(line["learner"].encode(), key=salt, digest_size=PSEUDONYM_BYTES)
        kept = {name: value for name, value in line.items() if name not in IDENTIFYING}
        days = {name: str(v)[:DAY] for name, v in kept.items() if v and name.endswith("done_at")}
        found.append({**kept, **days, "learner": f"learner-{digest.hexdigest()}"})
    return sorted(found, key=lambda line: str(line["learner"]))


def safe(value: object) -> object:
    """Return a cell that no spreadsheet runs: what could begin a formula gets an apostrophe."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_RISKY):
        return f"'{value}"
    return value


def _marks(kind: Kind, mark: Mark | None) -> Row:
    done = mark.done_at.isoformat() if mark and mark.done_at else None
    if kind in (Kind.LESSON, Kind.LAB):
        return {
            "reached": mark.latest if mark else None,
            "out_of": mark.out_of if mark else None,
            "done_at": done,
        }
    return {
        "best": mark.best if mark else None,
        "latest": mark.latest if mark else None,
        "out_of": mark.out_of if mark else None,
        "attempts": mark.attempts if mark else None,
        "done_at": done,
    }


def _document(course: Course, rows: list[Row], kind: str, number: int) -> Document:
    suffix = f"-{number}" if number > 1 else ""
    name = f"gradebook-{course.id}{suffix}.{kind}"
    if kind == "json":
        text = json.dumps({"course": course.id, "learners": rows}, indent=1, ensure_ascii=False)
    else:
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writerow({key: safe(key) for key in rows[0]})
        writer.writerows({key: safe(value) for key, value in line.items()} for line in rows)
        text = out.getvalue()
    return Document(name, text, say("admin.exported", learners=len(rows), number=number))


def _choices() -> Card:
    buttons = tuple(
        Button(say(f"admin.export_{kind}_{names}"), to("export", kind, names))
        for kind in FORMATS
        for names in NAMES
    )
    back = Button(say("admin.overview"), to("overview"))
    return Card(say("admin.export_title"), say("admin.export_body"), buttons=(*buttons, back))
