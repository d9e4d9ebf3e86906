"""`/admin regrade`: mark answers again after a question was corrected; the difference first.

It can be undone for 7 days, as long as nobody has answered these questions since.
"""

from __future__ import annotations

from bot.commands.admin.base import (
    Args,
    Desk,
    Done,
    asked_parts,
    home_button,
    number_of,
    questions,
    to,
)
from bot.commands.admin.base import part_title as title_of
from bot.errors import LearnerError
from bot.replies import Button, Card, Style, Tone
from bot.store import regrade as marking
from bot.store import shelf, unregrade
from bot.store.regrade import Change, Difference, Key
from bot.store.unregrade import Bar
from bot.words import count, say

LINES = 12


def regrade(desk: Desk, args: Args) -> Done:
    """Say what marking again by the present course would change, and ask for the second press."""
    found = marking.difference(desk.unit, desk.class_id, _keys(desk), desk.course.policy.pass_mark)
    if found.answers:
        return Done((_ask(desk, found),))
    return Done(
        (
            Card(
                title=say("admin.regrade_title"),
                body=say("admin.regrade_nothing"),
                buttons=(home_button(), *_undo_button(desk)),
            ),
        )
    )


def regrade_now(desk: Desk, args: Args) -> Done:
    """Mark all of it again, if it is still what was shown; otherwise show it afresh."""
    keys, pass_mark = _keys(desk), desk.course.policy.pass_mark
    found = marking.difference(desk.unit, desk.class_id, keys, pass_mark)
    if not found.answers or _stamp(found) != args.get("stamp", ""):
        return regrade(desk, args)
    marking.regrade(desk.unit, desk.class_id, keys, pass_mark)
    what = ", ".join(f"{c.question} +{c.to_right} -{c.to_wrong}" for c in found.answers)
    desk.note("regrade", f"{what}; results {found.results}")
    results = count(found.results, "result", "results")
    card = Card(
        title=say("admin.regrade_title"),
        body=say("admin.regrade_done", results=results, days=shelf.UNDO.days),
        buttons=(home_button(), *_undo_button(desk)),
        tone=Tone.GOOD,
    )
    return Done((card,))


def undo(desk: Desk, args: Args) -> Done:
    """Put every answer, result and mark back as it stood; LearnerError where that cannot be."""
    undone = unregrade.undo(desk.unit, desk.class_id, number_of(args.get("regrade", "")))
    if isinstance(undone, Bar):
        raise LearnerError(say(f"admin.unregrade_{undone}", days=shelf.UNDO.days))
    answers = count(undone.answers, "answer", "answers")
    desk.note("undo-regrade", answers)
    card = Card(
        title=say("admin.undo_title"),
        body=say("admin.unregraded", answers=answers),
        buttons=(home_button(), Button(say("admin.menu_regrade"), to("regrade"))),
        tone=Tone.GOOD,
    )
    return Done((card,))


def _undo_button(desk: Desk) -> tuple[Button, ...]:
    """The button that undoes the last regrade, while it is young enough."""
    last = unregrade.newest(desk.unit, desk.class_id)
    if last is None:
        return ()
    label = say(
        "admin.unregrade_button",
        at=f"{last.at:%Y-%m-%d}",
        answers=count(last.answers, "answer", "answers"),
    )
    return (Button(label, to("undo-regrade", last.id)),)


def _ask(desk: Desk, found: Difference) -> Card:
    answers = sum(change.to_right + change.to_wrong for change in found.answers)
    lines = [_line(desk, change) for change in found.answers[:LINES]]
    if len(found.answers) > LINES:
        lines.append(say("admin.more", many=len(found.answers) - LINES))
    summary = say(
        "admin.regrade_summary",
        results=count(found.results, "result", "results"),
        passed=found.now_passed,
        failed=found.now_failed,
    )
    label = say("admin.regrade_button", answers=count(answers, "answer", "answers"))
    return Card(
        title=say("admin.regrade_title"),
        body="\n\n".join((say("admin.regrade_body"), "\n".join(lines), summary)),
        buttons=(
            Button(label, to("regrade-now", _stamp(found)), Style.DANGER),
            Button(say("admin.keep_marks"), to("overview")),
            *_undo_button(desk),
        ),
        tone=Tone.WARN,
    )


def _line(desk: Desk, change: Change) -> str:
    for key in asked_parts(desk.course):
        for number, question in enumerate(questions(desk.course, key), start=1):
            if question.id == change.question:
                return say(
                    "admin.regrade_line",
                    part=title_of(desk.course, key),
                    number=number,
                    right=change.to_right,
                    wrong=change.to_wrong,
                )
    return change.question


def _keys(desk: Desk) -> dict[str, Key]:
    return {
        question.id: Key(question.key, len(question.options))
        for key in asked_parts(desk.course)
        for question in questions(desk.course, key)
    }


def _stamp(found: Difference) -> str:
    """What was shown, so that nothing else is done."""
    to_right = sum(change.to_right for change in found.answers)
    to_wrong = sum(change.to_wrong for change in found.answers)
    return f"{len(found.answers)}.{to_right}.{to_wrong}.{found.results}"
