"""`/admin items`: how well the questions of a quiz or the test work."""

from __future__ import annotations

from bot import bars
from bot.commands.admin import figures
from bot.commands.admin.base import (
    BREAK,
    Args,
    Desk,
    Done,
    PartKey,
    asked_parts,
    home_button,
    page_buttons,
    page_of,
    pages_of,
    part,
    part_title,
    part_word,
    questions,
    to,
)
from bot.errors import LearnerError
from bot.flows.items import LETTERS
from bot.itemstats import LEAST_LEARNERS, Item, Whole
from bot.itemstats import items as statistics
from bot.itemstats import whole as total
from bot.replies import Button, Card, Choice, Field, Menu, Picture, Tone
from bot.store import class_records
from bot.words import say
from knowledge.models import Question

PAGE = 8
HARD = 0.3
"""Fewer right than this, and the question is called hard (chance is 0.25 with four options)."""


def items(desk: Desk, args: Args) -> Done:
    """Return the statistics of a whole quiz or test, and of its questions, a page at a time."""
    key = _part(desk, args)
    asked = questions(desk.course, key)
    found, whole = measured(desk, key)
    pages = pages_of(len(found), PAGE)
    page = page_of(args, pages)
    first = (page - 1) * PAGE
    shown = range(first, min(first + PAGE, len(found)))
    word = part_word(desk.course, key)
    lines = [_line(number + 1, asked[number], found[number]) for number in shown]
    title = say("admin.items_title", part=part_title(desk.course, key))
    rows = tuple((str(n), i.facility, i.discrimination) for n, i in enumerate(found, start=1))
    drawn = (figures.picture(figures.Items(title, rows)),) if page == 1 and whole.n else ()
    card = Card(
        title=title,
        body="\n\n".join((*_warning(whole), *lines)) if whole.n else say("admin.items_none"),
        fields=_fields(whole),
        buttons=(*page_buttons("items", (word,), page, pages), _change(), home_button()),
        menu=_menu(desk, key, shown),
        pictures=(*drawn, *_spread(desk, key, whole, page)),
        footer=say("admin.items_footer", learners=whole.n, page=page, pages=pages),
    )
    return Done((card,))


def item(desk: Desk, args: Args) -> Done:
    """Return one question with how often each option was chosen."""
    key = _part(desk, args)
    asked = questions(desk.course, key)
    text = args.get("number", "")
    if not text.isdecimal() or not 1 <= int(text) <= len(asked):
        raise LearnerError(say("admin.items_which", last=len(asked)))
    number = int(text)
    found = measured(desk, key)[0][number - 1]
    question = asked[number - 1]
    word = part_word(desk.course, key)
    card = Card(
        title=say("admin.item_title", part=part_title(desk.course, key), number=number),
        body="\n\n".join((question.text, *_options(question, found), *_flags(question, found))),
        fields=(
            Field(say("admin.right"), figures.in_percent(found.facility)),
            Field(say("admin.discrimination"), figures.rounded(found.discrimination)),
            Field(say("admin.efficiency"), figures.rounded(found.efficiency)),
        ),
        buttons=(Button(say("admin.items_back"), to("items", word)), home_button()),
        tone=Tone.WARN if found.negative else Tone.NEUTRAL,
        footer=say("admin.item_footer", learners=found.n),
    )
    return Done((card,))


def measured(desk: Desk, key: PartKey) -> tuple[tuple[Item, ...], Whole]:
    """Return the statistics of a part's questions and of the whole."""
    asked = questions(desk.course, key)
    names = [question.id for question in asked]
    cells = class_records.cells(desk.unit, desk.class_id, key, names)
    counts = class_records.score_counts(desk.unit, desk.class_id, key, len(asked))
    found = statistics(cells, [(question.id, len(question.options)) for question in asked])
    return found, total(counts, found)


def _part(desk: Desk, args: Args) -> PartKey:
    able = asked_parts(desk.course)
    if not able:
        raise LearnerError(say("admin.items_nothing"))
    text = args.get("what", "").strip()
    key = part(desk.course, text) if text else able[0]
    if key not in able:
        raise LearnerError(say("admin.items_part"))
    return key


def _line(number: int, question: Question, found: Item) -> str:
    share = say(
        "admin.items_line",
        number=number,
        question=_short(question.text),
        bar=bars.bar(round((found.facility or 0) * 100), 100),
        right=figures.in_percent(found.facility),
        discrimination=figures.rounded(found.discrimination),
    )
    return BREAK.join((share, *_flags(question, found)))


def _flags(question: Question, found: Item) -> list[str]:
    """What to look at, in words; only where enough learners answered, but for the worst."""
    flags = [say("admin.flag_negative")] if found.negative else []
    if found.n < LEAST_LEARNERS:
        return flags
    if found.facility is not None and found.facility < HARD:
        flags.append(say("admin.flag_hard"))
    unused = [LETTERS[i] for i, n in enumerate(found.chosen) if n == 0 and i != question.key]
    if unused:
        flags.append(say("admin.flag_unused", options=", ".join(unused)))
    rival = max((n for i, n in enumerate(found.chosen) if i != question.key), default=0)
    if rival > found.chosen[question.key]:
        letter = LETTERS[found.chosen.index(rival)]
        flags.append(say("admin.flag_rival", option=letter))
    return flags


def _options(question: Question, found: Item) -> list[str]:
    return [
        say(
            "admin.item_key" if option.correct else "admin.item_option",
            letter=LETTERS[index],
            bar=bars.bar(found.chosen[index], found.n),
            share=f"{found.chosen[index]} ({_share(found.chosen[index], found.n)})",
            option=option.text,
        )
        for index, option in enumerate(question.options)
    ]


def _fields(whole: Whole) -> tuple[Field, ...]:
    most = len(whole.counts) - 1
    return (
        Field(say("admin.average"), _number(whole.average, say("admin.of", most=most))),
        Field(say("admin.deviation"), _number(whole.deviation)),
        Field(say("admin.alpha"), _number(whole.alpha)),
        Field(say("admin.error"), _number(whole.error)),
    )


def _spread(desk: Desk, key: PartKey, whole: Whole, page: int) -> tuple[Picture, ...]:
    if page != 1 or not whole.n or len(whole.counts) <= 4:  # noqa: PLR2004 (three questions need no picture)
        return ()
    return (figures.picture(figures.Spread((), whole.counts, desk.course.policy.pass_mark)),)


def _warning(whole: Whole) -> tuple[str, ...]:
    if whole.n >= LEAST_LEARNERS:
        return ()
    return (say("admin.items_few", learners=whole.n, least=LEAST_LEARNERS),)


def _menu(desk: Desk, key: PartKey, shown: range) -> Menu:
    word = part_word(desk.course, key)
    asked = questions(desk.course, key)
    choices = [
        Choice(
            say("admin.items_choice", number=number + 1, question=_short(asked[number].text)),
            to("item", word, number + 1),
        )
        for number in shown
    ]
    others = (other for other in asked_parts(desk.course) if other != key)
    choices += [
        Choice(
            say("admin.items_other", part=part_title(desk.course, other)),
            to("items", part_word(desk.course, other)),
        )
        for other in others
    ]
    return Menu(say("admin.items_open"), tuple(choices[:25]))


def _change() -> Button:
    return Button(say("admin.menu_regrade"), to("regrade"))


def _share(part: int, whole: int) -> str:
    return figures.in_percent(part / whole if whole else None)


def _number(value: float | None, after: str = "") -> str:
    return "–" if value is None else f"{value:.2f}{after}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 70 else f"{plain[:69].rsplit(' ', 1)[0]}…"  # noqa: PLR2004
