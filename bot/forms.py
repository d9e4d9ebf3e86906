"""The forms that buttons open: from an action alone, at once, without looking anything up."""

from __future__ import annotations

from bot.actions import Action
from bot.commands.admin.forms import form as admin
from bot.flows import ask, lab, talk
from bot.flows.base import ARG, LINK, MENU
from bot.replies import Form, TextField
from bot.words import say

ASK_COMMAND = "ask"


def form(action: Action) -> Form | None:
    """Return the form that a press of `action` opens, or None where it opens none."""
    if action.flow in (lab.NAME, ask.NAME) and action.choice == talk.REPLY:
        return _question(action, "reply" if action.flow == lab.NAME else "ask")
    if action.flow in (MENU, LINK) and action.choice.split(ARG)[0] == ASK_COMMAND:
        return _question(action, "ask")
    return admin(action)


def _question(action: Action, words: str) -> Form:
    return Form(
        title=say(f"form.{words}_title"),
        action=action,
        fields=(
            TextField(
                talk.QUESTION_FIELD,
                label=say(f"form.{words}_label"),
                placeholder=say(f"form.{words}_placeholder"),
                long=True,
                max_length=talk.MAX_QUESTION,
            ),
        ),
        submit=say("form.send"),
    )
