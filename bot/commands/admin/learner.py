"""`/admin learner`: the class list, one learner's whole record, and what they said in labs."""

from __future__ import annotations

from bot import bars
from bot.actions import Action
from bot.commands.admin.base import (
    ALL,
    BREAK,
    Args,
    Desk,
    Done,
    by_id,
    home_button,
    page_buttons,
    page_of,
    pages_of,
    part_title,
    part_word,
    people,
    people_menu,
    person,
    quoted,
    to,
)
from bot.commands.progress import progress as progress_cards
from bot.flows.base import World
from bot.gradebook import all_parts, completion
from bot.replies import Button, Card, Choice, Field, Menu, Style
from bot.store import class_records, roster, shelf
from bot.store.roster import Attempt, Person
from bot.words import count, say

PAGE = 10
ATTEMPTS = 5
TALKS = 3


def learners(desk: Desk, args: Args) -> Done:
    """Return a page of the class list, the last seen first."""
    total = class_records.enrolment(desk.unit, desk.class_id).enrolled
    pages = pages_of(total, PAGE)
    page = page_of(args, pages)
    shown = roster.page(desk.unit, desk.class_id, PAGE, (page - 1) * PAGE)
    card = Card(
        title=say("admin.learners_title", many=count(total, "learner", "learners")),
        body=_list(desk, shown) if shown else say("admin.empty"),
        buttons=(*page_buttons("learners", (), page, pages), home_button()),
        menu=people_menu(shown),
        footer=say("admin.page", page=page, pages=pages),
    )
    return Done((card,))


def learner(desk: Desk, args: Args) -> Done:
    """Return a learner's record; a list to choose from where several have that name."""
    text = args.get("user", "").strip()
    if not text:
        return learners(desk, args)
    found = people(desk, text)
    if len(found) > 1:
        body = _list(desk, found)
        menu = people_menu(found)
        return Done((Card(say("admin.several_title"), body, buttons=(home_button(),), menu=menu),))
    return _record(desk, person(desk, args))


def transcripts(desk: Desk, args: Args) -> Done:
    """Return a page of what a learner said in labs since they were told it may be read."""
    who = person(desk, args)
    if not desk.member.rules.transcripts:
        return Done((_note(who, say("admin.talks_off")),))
    if who.told_at is None:
        return Done((_note(who, say("admin.talks_untold", name=quoted(who.label))),))
    _, total = roster.talks(desk.unit, who, 0, 0)
    pages = pages_of(total, TALKS)
    page = page_of(args, pages)
    shown, _ = roster.talks(desk.unit, who, TALKS, (page - 1) * TALKS)
    desk.note("transcripts", target=who.id, what=say("admin.page", page=page, pages=pages))
    lines = [
        say(
            "admin.talk",
            at=f"{talk.at:%Y-%m-%d %H:%M}",
            lesson=talk.lesson,
            question=quoted(_cut(talk.question)),
            answer=quoted(_cut(talk.answer)),
        )
        for talk in shown
    ]
    card = Card(
        title=say("admin.talks_title", name=who.label),
        body="\n\n".join(lines) if lines else say("admin.talks_none"),
        buttons=(*page_buttons("transcripts", (by_id(who),), page, pages), _back(who)),
        footer=say("admin.page", page=page, pages=pages),
    )
    return Done((card,))


def _record(desk: Desk, who: Person) -> Done:
    known = roster.progress(desk.unit, [who.id])[who.id]
    [shown] = progress_cards(World(desk.course, known))
    results = roster.attempts(desk.unit, who.id, ATTEMPTS)
    body = shown.body if isinstance(shown, Card) else ""
    if results:
        lines = "\n".join(_attempt(desk, result) for result in results)
        body = "\n\n".join((body, say("admin.results"), lines))
    granted = _granted(desk, who)
    card = Card(
        title=say("admin.learner_title", name=who.label),
        body=f"{body}\n\n{granted}" if granted else body,
        fields=(
            Field(say("admin.joined"), f"{who.joined_at:%Y-%m-%d}"),
            Field(say("admin.seen"), f"{who.seen_at:%Y-%m-%d}"),
        ),
        buttons=_buttons(desk, who),
        menu=_reset_menu(desk, who),
        footer=say("admin.learner_footer", user=who.user),
    )
    desk.note("learner", target=who.id)
    return Done((card,))


def _buttons(desk: Desk, who: Person) -> tuple[Button, ...]:
    form = [
        Button(say(f"admin.grant_{what}"), to("form-grant", by_id(who), what), opens_form=True)
        for what in ("attempts", "cooldown", "unlock")
        if desk.course.test
    ]
    talks = (Button(say("admin.talks"), to("transcripts", by_id(who))),)
    undo = [
        Button(say("admin.undo_button", what=_shelved(desk, entry.what)), to("undo", entry.id))
        for entry in shelf.of(desk.unit, desk.class_id, who.id)
    ]
    allowed = talks if desk.member.rules.transcripts else ()
    return (*form, *allowed, *undo, home_button())


def _reset_menu(desk: Desk, who: Person) -> Menu:
    named: list[tuple[str, Action]] = [
        (part_title(desk.course, key), to("reset", by_id(who), part_word(desk.course, key)))
        for key in all_parts(desk.course)
    ]
    named = [(part_title(desk.course, None), to("reset", by_id(who), ALL)), *named][:25]
    choices = (Choice(say("admin.reset_choice", part=title), action) for title, action in named)
    return Menu(say("admin.reset_menu"), tuple(choices))


def _granted(desk: Desk, who: Person) -> str:
    granted = roster.granted(desk.unit, desk.class_id, who.id)
    lines = []
    if granted.extra_attempts:
        lines.append(say("admin.has_attempts", many=granted.extra_attempts))
    if granted.waived:
        lines.append(say("admin.has_cooldown"))
    if granted.unlocked:
        lines.append(say("admin.has_unlock"))
    return BREAK.join(lines)


def _list(desk: Desk, shown: tuple[Person, ...]) -> str:
    known = roster.progress(desk.unit, [entry.id for entry in shown])
    lines = []
    for entry in shown:
        done, total = completion(desk.course, known[entry.id])
        lines.append(
            say(
                "admin.learners_line",
                bar=bars.bar(done, total),
                name=quoted(entry.label),
                done=done,
                total=total,
                seen=f"{entry.seen_at:%Y-%m-%d}",
            )
        )
    return "\n".join(lines)


def _attempt(desk: Desk, result: Attempt) -> str:
    lesson = desk.course.lesson(result.subject)
    number = f" {lesson.number}" if lesson else ""
    return say(
        "admin.result",
        at=f"{result.at:%Y-%m-%d}",
        part=f"{say(f'admin.kind_{result.kind}')}{number}",
        attempt=result.attempt,
        score=result.score,
        out_of=result.out_of,
    )


def _shelved(desk: Desk, what: str) -> str:
    kind, _, subject = what.partition(" ")
    found = [key for key in all_parts(desk.course) if key == (kind, subject)]
    return part_title(desk.course, found[0] if found else None)


def _note(who: Person, words: str) -> Card:
    return Card(say("admin.talks_title", name=who.label), words, buttons=(_back(who),))


def _back(who: Person) -> Button:
    return Button(say("admin.learner_back"), to("learner", by_id(who)), Style.PRIMARY)


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 600 else f"{plain[:599]}…"  # noqa: PLR2004 (three exchanges fit a card)
