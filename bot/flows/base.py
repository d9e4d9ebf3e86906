"""What every flow is made of: a frozen state, a pure step, and the world it may look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.actions import Action
from bot.effects import Effect
from bot.events import Event, Outcome
from bot.gradebook import Progress
from bot.replies import Reply
from knowledge.models import Course

MENU = "menu"
LINK = "link"
ARG = "/"
"""What parts a command from its arguments in a menu's or link's choice."""


@dataclass(frozen=True, slots=True)
class World:
    """What a flow may look at: the course, and where the learner stands."""

    course: Course
    progress: Progress


@dataclass(frozen=True, slots=True)
class Start:
    """What a session starts from. `seed` decides every shuffle; `at` is when it starts."""

    session: str
    subject: str
    seed: int
    at: datetime
    args: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What every session's state has. A step that accepts an event raises `turn` by one.

    But for one after which every button of the cards before still means the same.
    """

    session: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """Where an event leads. A step that refuses keeps the state as it was."""

    state: Any
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    open: bool = True


class Flow(Protocol):
    """A flow is a module with these names."""

    NAME: str
    VERSION: int
    TIMELESS: frozenset[str]
    """Choices that hold on an old card too, because they ask the same whenever it is."""

    STATE: type[Any]

    def start(self, start: Start, world: World) -> Step:
        """Begin; LearnerError where the learner may not."""
        ...

    def step(self, state: Any, event: Event | Outcome, world: World) -> Step:
        """Take one event; an event that does not fit returns the same state."""
        ...

    def show(self, state: Any, world: World) -> tuple[Reply, ...]:
        """Draw the session as it stands now."""
        ...


def act(flow: str, state: State, choice: str) -> Action:
    """The action of a choice in the state's present turn."""
    return Action(flow=flow, choice=choice, session=state.session, turn=state.turn)


def menu(command: str, *args: object) -> Action:
    """The action that gives a command and turns the pressed card into its reply.

    It belongs to no session and is never out of date.
    """
    return Action(flow=MENU, choice=ARG.join((command, *map(str, args))))


def link(command: str, *args: object) -> Action:
    """The action that gives a command and leaves the pressed card as it is."""
    return Action(flow=LINK, choice=ARG.join((command, *map(str, args))))
