"""The card that reminds a learner who has been away, and what its second button does."""

from __future__ import annotations

from bot import bars
from bot.commands.home import next_step
from bot.flows.base import World, menu
from bot.gradebook import Kind, completion
from bot.replies import Button, Card, Reply, Style, Tone
from bot.store import reminders
from bot.store.unit import Unit
from bot.words import count, say

OFF, ON = "reminders-off", "reminders-on"
"""The choices of the buttons that end reminders and allow them again."""


def reminder(world: World, days: int, under_way: tuple[Kind, str] | None = None) -> Card:
    """Return the card: where the learner stands, one step on, and a way to have no more of it.

    The step is Home's own: what is under way comes first.
    """
    done, total = completion(world.course, world.progress)
    step = next_step(world, under_way)
    first = (Button(*step, Style.PRIMARY),) if step else ()
    bar = bars.bar(done, total)
    return Card(
        title=say("reminder.title", course=world.course.title),
        body=say("reminder.body", bar=bar, done=done, parts=total),
        buttons=(*first, Button(say("reminder.stop"), menu(OFF))),
        footer=say("reminder.why", days=count(days, "day", "days")),
        tone=Tone.INFO,
    )


def stop(unit: Unit, learner: int) -> tuple[Reply, ...]:
    """Let the learner have no more reminders, and say how to have them again."""
    reminders.stop(unit, learner)
    return (_answer("stopped", Button(say("reminder.allow"), menu(ON))),)


def resume(unit: Unit, learner: int) -> tuple[Reply, ...]:
    """Let the learner have reminders again."""
    reminders.resume(unit, learner)
    return (_answer("resumed", Button(say("reminder.stop"), menu(OFF))),)


def _answer(words: str, back: Button) -> Card:
    return Card(
        title=say("reminder.settings"),
        body=say(f"reminder.{words}"),
        buttons=(Button(say("menu.home"), menu("learn"), Style.PRIMARY), back),
        tone=Tone.GOOD,
        replaces=True,
    )
