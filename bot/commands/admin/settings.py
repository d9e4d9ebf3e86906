"""`/admin settings`: the rules of the class, each with its values a press away."""

from __future__ import annotations

from bot import rules
from bot.commands.admin.base import Args, Desk, Done, home_button, to
from bot.replies import Button, Card, Choice, Menu, Style, Tone
from bot.rules import OWN, SETTINGS, Rules
from bot.store import membership, model_ledger
from bot.words import count, say

OFFERED = {
    "pass_mark": ("60", "70", "80", "90"),
    "attempts": ("0", "1", "2", "3"),
    "cooldown_hours": ("0", "1", "24"),
    "unlock": ("open", "in-order"),
    "feedback": ("each", "end"),
    "transcripts": ("on", "off"),
    "keep_days": ("30", "90", "365", "0"),
    "questions_per_day": ("0", "20", "50"),
    "model": ("on", "off"),
    "tokens_per_day": ("0", "100000", "500000"),
    "learner_tokens_per_day": ("0", "10000", "50000"),
    "reminders": ("off", "3", "7", "14"),
    "announce_channel": ("here", "not here"),
    "channels": ("here", "not here"),
}
"""The values that stand on buttons."""

WRITTEN = (
    "pass_mark",
    "attempts",
    "cooldown_hours",
    "keep_days",
    "questions_per_day",
    "tokens_per_day",
    "learner_tokens_per_day",
    "reminders",
)
"""The settings whose value may also be written."""


TOKENS = ("tokens_per_day", "learner_tokens_per_day")


def settings(desk: Desk, args: Args) -> Done:
    """Show all settings, show one, or change one."""
    name = args.get("name", "").strip().casefold().replace("-", "_").replace(" ", "_")
    if not name:
        return Done((_all(desk),))
    value = args.get("value", "")
    if not value.strip() and name in SETTINGS:
        return Done((_one(desk, name),))
    return _change(desk, name, value)


def _change(desk: Desk, name: str, value: str) -> Done:
    before = desk.member.rules
    after = rules.changed(before, name, value, desk.where)
    membership.set_rules(desk.unit, desk.class_id, rules.dump(after))
    if after.transcripts and not before.transcripts:
        membership.tell_again(desk.unit, desk.class_id)
    desk.note("settings", f"{name}: {_value(desk, before, name)} -> {_value(desk, after, name)}")
    what, shown = say(f"admin.set_{name}"), _value(desk, after, name)
    card = Card(
        title=say("admin.settings_title"),
        body=say("admin.settings_changed", what=what, value=shown),
        buttons=(Button(say("admin.settings_all"), to("settings"), Style.PRIMARY), _overview()),
        tone=Tone.GOOD,
    )
    return Done((card,))


def _overview() -> Button:
    """The way back to the overview beside a primary button."""
    return Button(say("admin.overview"), to("overview"))


def _all(desk: Desk) -> Card:
    lines = [
        say(
            "admin.settings_line",
            what=say(f"admin.set_{name}"),
            value=_value(desk, desk.member.rules, name),
        )
        for name in SETTINGS
    ]
    choices = (Choice(say(f"admin.set_{name}"), to("settings", name)) for name in SETTINGS)
    return Card(
        title=say("admin.settings_title"),
        body="\n".join(lines),
        buttons=(home_button(),),
        menu=Menu(say("admin.settings_menu"), tuple(choices)),
        footer=say("admin.settings_footer"),
    )


def _one(desk: Desk, name: str) -> Card:
    offered = tuple(
        Button(_label(name, value), to("settings", name, value)) for value in OFFERED[name]
    )
    own = (Button(say("admin.value_default"), to("settings", name, OWN)),)
    write = (
        (Button(say("admin.settings_write"), to("form-settings", name), opens_form=True),)
        if name in WRITTEN
        else ()
    )
    now = say("admin.settings_now", value=_value(desk, desk.member.rules, name))
    used = model_ledger.used_today(desk.unit, desk.class_id) if name == "tokens_per_day" else None
    spent = () if used is None else (say("admin.settings_used", tokens=f"{used:,}"),)
    return Card(
        title=say(f"admin.set_{name}"),
        body="\n\n".join((say(f"admin.settings_how_{name}"), now, *spent)),
        buttons=(*offered, *own, *write, Button(say("admin.settings_all"), to("settings"))),
    )


_WORDED = {
    "0": "admin.value_none",
    "here": "admin.value_here",
    "not here": "admin.value_not_here",
}


def _label(name: str, value: str) -> str:
    if value == "0" and name == "cooldown_hours":
        return say("admin.value_no_wait")
    if name == "reminders" and value.isdecimal():
        return _days(int(value))
    if value in _WORDED:
        return say(_WORDED[value])
    return f"{int(value):,}" if name in TOKENS else value


def _value(desk: Desk, found: Rules, name: str) -> str:
    value = getattr(found, name)
    if value is None and name == "keep_days":
        return say("admin.value_operator")
    if value is None:
        return say("admin.value_course", value=_told(name, getattr(desk.own, name)))
    if name == "reminders":
        return _days(value) if value else _plain(False)
    if name in _UNSET and not value:
        return say(_UNSET[name])
    return f"{value:,}" if name in TOKENS else _told(name, value)


_UNSET = {
    "channels": "admin.value_everywhere",
    "announce_channel": "admin.value_at_hand",
    "tokens_per_day": "admin.value_as_operator",
    "learner_tokens_per_day": "admin.value_as_operator",
}
"""How a setting that is empty, or 0, is told."""


_TOLD = {
    ("attempts", "0"): "admin.told_any",
    ("questions_per_day", "0"): "admin.told_any",
    ("cooldown_hours", "0"): "admin.told_no_wait",
    ("keep_days", "0"): "admin.told_for_good",
    ("unlock", "open"): "admin.told_open",
    ("unlock", "in-order"): "admin.told_in_order",
    ("feedback", "each"): "admin.told_each",
    ("feedback", "end"): "admin.told_end",
}
"""Values that say little by themselves, and how each is told."""


def _told(name: str, value: object) -> str:
    plain = _plain(value)
    words = _TOLD.get((name, plain))
    return say(words) if words else plain


def _days(days: int) -> str:
    return say("admin.value_days", days=count(days, "day", "days"))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
