"""Questions asked at any time: one conversation a place, answered from the course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.effects import Ask
from bot.events import Answered, Command, Event, Failed, Opened, Outcome, Pressed, Submitted, Typed
from bot.flows import talk
from bot.flows.base import Start, Step, World, menu
from bot.replies import Button, Card, Reply, Tone
from bot.tutor.types import Answer, Role
from bot.words import say

NAME = "ask"
VERSION = 1
TIMELESS = frozenset({talk.REPLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskState(talk.TalkState):
    """The conversation of one place."""


STATE = AskState


def start(start: Start, world: World) -> Step:
    """Begin an empty conversation; what opened it comes as the first event."""
    return Step(AskState(session=start.session))


def step(state: AskState, event: Event | Outcome, world: World) -> Step:
    """Take a question, or the tutor's answer to one."""
    match event:
        case Typed() | Command() | Submitted():
            return _ask(*talk.asked(state, _words(event), event.at))
        case Pressed(action=action, at=at):
            if action.choice == talk.RETRY:
                return _ask(*talk.retried(state, at))
            return Step(state, show(state, world))
        case Answered():
            return _answered(state, event, world)
        case Failed():
            moved = talk.failed(state, event.question)
            return Step(moved, (talk.failure_card(NAME, moved, event),))
        case Opened():
            return Step(state, show(state, world))
        case _:
            assert_never(event)


def _words(event: Typed | Command | Submitted) -> str:
    match event:
        case Typed(text=text):
            return text
        case Command(args=args):
            return args.get("question", "")
        case Submitted(fields=fields):
            return fields.get(talk.QUESTION_FIELD, "")


def show(state: AskState, world: World) -> tuple[Reply, ...]:
    """Draw the invitation to ask, with what is still unanswered."""
    waiting = (talk.retry_button(NAME, state),) if state.waiting else ()
    invitation = Card(
        title=say("ask.title"),
        body=say("ask.invitation"),
        buttons=(*waiting, talk.reply_button(NAME, state, say("ask.ask"))),
    )
    return (invitation,)


def _ask(state: AskState, question: str) -> Step:
    return Step(state, (), (Ask(question, Role.ASK, state.lesson),))


def _answered(state: AskState, event: Answered, world: World) -> Step:
    if not talk.waits(state, event.question):
        return Step(state)
    moved = talk.settled(state, event.question)
    answer = event.answer
    return Step(moved, (_card(moved, event.question, answer, world),), (talk.remembered(event),))


def _card(state: AskState, question: str, answer: Answer, world: World) -> Card:
    return Card(
        title=_headline(question),
        body=talk.body(answer),
        sources=talk.sources(world.course, answer),
        pictures=talk.pictures(answer),
        buttons=(
            talk.reply_button(NAME, state, say("ask.another")),
            *talk.nearest_button(world.course, answer.nearest),
            Button(say("menu.home"), menu("learn")),
        ),
        tone=Tone.INFO if answer.covered else Tone.NEUTRAL,
    )


MAX_HEADLINE = 120


def _headline(question: str) -> str:
    """The question as a title, cut at a word where it is long."""
    if len(question) <= MAX_HEADLINE:
        return question
    return question[:MAX_HEADLINE].rsplit(" ", 1)[0] + "…"
