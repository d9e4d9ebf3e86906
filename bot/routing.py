"""Where an event leads, in one transaction: a card, or a step of a session's flow."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import RowMapping

from bot import codec
from bot.actions import NO_SESSION, Action
from bot.commands import lessons, privacy
from bot.commands.admin.base import Chore
from bot.commands.help import help_card
from bot.commands.home import home
from bot.commands.progress import progress
from bot.commands.words import COMMANDS
from bot.effects import Advance, Ask, Effect, Finish, Leave, Record, Remember
from bot.errors import LearnerError
from bot.events import Command, Event, Opened, Outcome, Pressed, Submitted, Typed
from bot.flows import FLOWS, ask, calc, lab, talk
from bot.flows.base import ARG, LINK, MENU, Flow, Start, Step, World
from bot.gradebook import TEST_SUBJECT, Kind, next_part
from bot.replies import Card, Reply, Say, Tone
from bot.standing import under_way
from bot.store.unit import Unit
from bot.words import say
from knowledge.models import Course, Lesson

SESSION_BYTES = 8
SEED_BITS = 32

CARDS: dict[str, Callable[[World], tuple[Reply, ...]]] = {
    "learn": home,
    "progress": progress,
    "help": help_card,
}
"""The commands that answer with a card and begin nothing."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an event: what to say now, and the slow work to begin, if any.

    `keep`: whether the delivery may be kept; not where the learner had everything deleted.
    `kept`: what a repeat of the delivery is told, where that is not what was told first.
    `chore`: a moderator's slow work to begin, if any.
    `elsewhere`: it is a repeat, and another worker may be telling the learner at this moment.
    """

    replies: tuple[Reply, ...] = ()
    work: codec.Work | None = None
    keep: bool = True
    kept: tuple[Reply, ...] | None = None
    chore: Chore | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Router:
    """Routes the events of one learner in one transaction."""

    unit: Unit
    course: Course
    learner: int

    def take(self, event: Event) -> Taken:
        """Take an event to where it belongs; LearnerError where it cannot be done."""
        match event:
            case Command(name=name, args=args):
                return _afresh(self._command(event, name, dict(args)))
            case Opened():
                return _afresh(self._home(event))
            case Typed():
                return self._typed(event)
            case Pressed(action=action) | Submitted(action=action):
                if action.flow in (MENU, LINK):
                    return self._menu(event, action)
                return self._session(event, action)

    def settle(self, session: str, outcome: Outcome) -> Taken:
        """Take the outcome of slow work to the session that began it."""
        row = self.unit.session(session)
        if row is None or row["version"] != FLOWS[row["flow"]].VERSION:
            return Taken()
        return self._step(row, outcome)

    def _menu(self, event: Pressed | Submitted, action: Action) -> Taken:
        name, *words = action.choice.split(ARG)
        args: dict[str, str] = dict(zip(("lesson", "section"), words, strict=False))
        if isinstance(event, Submitted):
            args = {"question": event.fields.get(talk.QUESTION_FIELD, "")}
        if name in privacy.STEPS:
            replies = privacy.STEPS[name](self.unit, self.learner)
            return Taken(replies, keep=name != privacy.DELETE_NOW)
        taken = self._command(event, name, args)
        return taken if action.flow == MENU else _afresh(taken)

    def _command(self, event: Event, name: str, args: dict[str, str]) -> Taken:
        if name in CARDS:
            return self._home(event) if name == "learn" else Taken(CARDS[name](self._world()))
        if name == privacy.NAME:
            return Taken(privacy.privacy(self.unit, self.learner))
        if name not in COMMANDS:
            raise LearnerError(say("menu.unknown_command", name=name))
        if name == ask.NAME:
            return self._ask(event, args.get("question", ""))
        if name == calc.NAME:
            return Taken(self._begin(FLOWS[name], event, "", args).replies)
        subject = TEST_SUBJECT if name == "test" else self._lesson(name, args).slug
        return self._open(event, name, subject, args)

    def _home(self, event: Event) -> Taken:
        world = self._world()
        found = under_way(self.unit, self.learner, world)
        return Taken((*self._unanswered(event), *home(world, found)))

    def _unanswered(self, event: Event) -> tuple[Reply, ...]:
        """A question of this place that was lost with a crash, with a button to ask it again."""
        for flow in (ask, lab):
            row = self.unit.session_at(self.learner, flow.NAME, event.where.id)
            state = self._state(row) if row else None
            lost = talk.abandoned(state, event.at) if state else None
            if state and lost:
                words = say("menu.unanswered", question=lost.question)
                button = talk.retry_button(flow.NAME, state)
                return (Card(say("talk.failed_title"), words, buttons=(button,), tone=Tone.WARN),)
        return ()

    def _typed(self, event: Typed) -> Taken:
        named = lessons.called(self.course, event.text)
        if named is not None:
            return _afresh(self._command(event, named[0], {"lesson": named[1]}))
        row = self.unit.session_at(self.learner, lab.NAME, event.where.id)
        if row is not None and row["version"] == lab.VERSION:
            return self._step(row, event)
        if not event.text.strip():
            raise LearnerError(say("talk.empty"))
        return self._ask(event, event.text)

    def _ask(self, event: Event, question: str) -> Taken:
        row = self.unit.open_session(self.learner, ask.NAME, event.where.id)
        if row is None or row["version"] != ask.VERSION:
            step = self._begin(FLOWS[ask.NAME], event, event.where.id, {})
            row = self.unit.session(step.state.session)
        if row is None:
            raise LearnerError(say("menu.gone"))
        if not question.strip():
            return Taken(ask.show(self._state(row), self._world()))
        heard = Command(event.who, event.where, event.id, event.at, "ask", {"question": question})
        return self._step(row, heard)

    def _open(self, event: Event, name: str, subject: str, args: dict[str, str]) -> Taken:
        """Go on with the open session of a flow on a subject, or begin one."""
        flow = FLOWS[name]
        row = self.unit.open_session(self.learner, name, subject)
        if row is not None and row["version"] == flow.VERSION:
            resumed = Command(event.who, event.where, event.id, event.at, name, args)
            taken = self._step(row, resumed, place=event.where.id)
            session = str(row["id"])
        else:
            step = self._begin(flow, event, subject, args)
            taken, session = Taken(step.replies), step.state.session
        self.unit.leave_place(self.learner, event.where.id, lab.NAME, keep=session)
        return taken

    def _begin(self, flow: Flow, event: Event, subject: str, args: dict[str, str]) -> Step:
        session = secrets.token_urlsafe(SESSION_BYTES)
        start = Start(session, subject, secrets.randbits(SEED_BITS), event.at, args)
        step = flow.start(start, self._world())
        self.unit.add_session(
            {
                "id": session,
                "learner_id": self.learner,
                "flow": flow.NAME,
                "subject": subject,
                "place": event.where.id,
                "version": flow.VERSION,
                "turn": step.state.turn,
                "open": step.open,
                "state": codec.dump(step.state),
            }
        )
        self._write(session, step.effects)
        return step

    def _session(self, event: Pressed | Submitted, action: Action) -> Taken:
        row = self.unit.session(action.session) if action.session != NO_SESSION else None
        if row is None or action.flow != row["flow"]:
            return self._instead(event, "menu.gone")
        if row["learner_id"] != self.learner:
            return Taken((Say(say("menu.foreign"), Tone.WARN),))
        flow = FLOWS[row["flow"]]
        if row["version"] != flow.VERSION:
            return self._instead(event, "menu.other_version")
        if action.turn != row["turn"] and action.choice not in flow.TIMELESS:
            return Taken((*flow.show(self._state(row), self._world()), Say(say("menu.stale"))))
        return self._step(row, event)

    def _instead(self, event: Event, words: str) -> Taken:
        return Taken((*self._home(event).replies, Say(say(words), Tone.WARN)))

    def _step(self, row: RowMapping, event: Event | Outcome, place: str | None = None) -> Taken:
        flow = FLOWS[row["flow"]]
        state = self._state(row)
        step = flow.step(state, event, self._world())
        moved = place is not None and place != row["place"]
        if step.state is not state or moved:
            leaves = any(isinstance(effect, Leave) for effect in step.effects)
            kept_place = row["place"] if place is None else place
            values = {
                "turn": step.state.turn,
                "open": step.open,
                "state": codec.dump(step.state),
                "place": "" if leaves else kept_place,
            }
            self.unit.save_session(row["id"], row["turn"], values)
        asked = self._write(row["id"], step.effects)
        return Taken(step.replies, codec.Work(row["id"], asked) if asked else None)

    def _write(self, session: str, effects: tuple[Effect, ...]) -> Ask | None:
        """Write the effects that belong to this transaction; return the slow one, if any."""
        slow: Ask | None = None
        for effect in effects:
            match effect:
                case Record():
                    self.unit.record(self.learner, session, effect)
                case Finish():
                    self.unit.finish(self.learner, session, effect)
                case Advance():
                    self.unit.advance(self.learner, effect)
                case Remember():
                    self.unit.remember(self.learner, session, effect)
                case Ask():
                    slow = effect
                case Leave():
                    pass
        return slow

    def _lesson(self, command: str, args: dict[str, str]) -> Lesson:
        """The lesson that is named; without a name, the next to be done."""
        wanted = args.get("lesson", "").strip()
        if not wanted:
            return self._next_lesson(command)
        return lessons.meant(self.course, wanted, command)

    def _next_lesson(self, command: str) -> Lesson:
        kind, known = Kind(command), self._world().progress
        undone = [x for x in self.course.lessons if not known.done(kind, x.slug)]
        ahead = next_part(self.course, known)
        for lesson in self.course.lessons:
            if lesson in undone and (
                ahead is None or ahead[0] is not kind or ahead[1] == lesson.slug
            ):
                return lesson
        return self.course.lessons[0]

    def _world(self) -> World:
        return World(self.course, self.unit.progress(self.learner))

    def _state(self, row: RowMapping) -> Any:
        return codec.load(FLOWS[row["flow"]].STATE, row["state"])


def _afresh(taken: Taken) -> Taken:
    """The same replies as cards of their own, where the event came from no card."""
    fresh = (replace(r, replaces=False) if isinstance(r, Card) else r for r in taken.replies)
    return replace(taken, replies=tuple(fresh))
