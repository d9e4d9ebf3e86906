"""A calculation: the answer with its working and picture, compared, and explained on request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot.calculator.calculation import Calculation
from bot.calculator.charts import encode
from bot.calculator.comparing import compared
from bot.calculator.door import answer as read_aloud
from bot.calculator.typed import ATTENTION, KV, calculate
from bot.effects import Ask
from bot.errors import LearnerError
from bot.events import Answered, Command, Event, Failed, Opened, Outcome, Pressed, Submitted, Typed
from bot.flows import talk
from bot.flows.base import Start, Step, World, act, menu
from bot.replies import Button, Card, Picture, Reply, Style, Tone
from bot.tutor.types import Role
from bot.words import say

NAME = "calc"
VERSION = 1
TIMELESS: frozenset[str] = frozenset({"compare", "result"})
COMPARE, RESULT, EXPLAIN = "compare", "result", "explain"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalcState(talk.TalkState):
    """What was asked: words, or sizes by name; the result is computed anew whenever it is drawn."""

    kind: str = ""
    text: str = ""
    typed: dict[str, str]
    comparing: bool = False


STATE = CalcState


def start(start: Start, world: World) -> Step:
    """Calculate; LearnerError where that cannot be read or must be refused."""
    typed = {name: value for name, value in start.args.items() if value.strip()}
    kind, text = typed.pop("kind", ""), typed.pop("text", "")
    first, _, rest = text.partition(" ")
    if not kind and first.casefold() in (KV, ATTENTION):
        kind, text = first.casefold(), rest
    if kind not in ("", KV, ATTENTION) or bool(text.strip()) == bool(typed) or (typed and not kind):
        raise LearnerError(say("calc.how"))
    state = CalcState(session=start.session, kind=kind, text=text, typed=typed)
    return Step(state, show(state, world))


def step(state: CalcState, event: Event | Outcome, world: World) -> Step:
    """Compare, explain, or draw the result again."""
    match event:
        case Pressed():
            return _press(state, event, world)
        case Answered():
            return _answered(state, event, world)
        case Failed():
            moved = talk.failed(state, event.question)
            return Step(moved, (talk.failure_card(NAME, moved, event),))
        case Command() | Opened() | Typed() | Submitted():
            return Step(state, show(state, world))
        case _:
            assert_never(event)


def show(state: CalcState, world: World) -> tuple[Reply, ...]:
    """Draw the result, or the comparison."""
    made = _calculated(state)
    return (_comparison(state, made) if state.comparing else _result(state, made),)


def _press(state: CalcState, event: Pressed, world: World) -> Step:
    match event.action.choice:
        case choice if choice in (COMPARE, RESULT):
            moved = replace(state, turn=state.turn + 1, comparing=choice == COMPARE)
            return Step(moved, show(moved, world))
        case choice if choice == EXPLAIN:
            question = say(f"calc.question_{_family(_calculated(state))}")
            waiting, asked = talk.asked(state, question, event.at)
            return Step(waiting, (), (Ask(asked, Role.CALCULATION),))
        case talk.RETRY:
            waiting, asked = talk.retried(state, event.at)
            return Step(waiting, (), (Ask(asked, Role.CALCULATION),))
        case _:
            return Step(state, show(state, world))


def _answered(state: CalcState, event: Answered, world: World) -> Step:
    if not talk.waits(state, event.question):
        return Step(state)
    moved = talk.settled(state, event.question)
    answer = event.answer
    card = Card(
        title=say("calc.explained"),
        body=talk.body(answer),
        sources=talk.sources(world.course, answer),
        buttons=(Button(say("calc.back"), act(NAME, moved, RESULT)),),
        tone=Tone.INFO,
    )
    return Step(moved, (card,), (talk.remembered(event),))


def _calculated(state: CalcState) -> Calculation:
    if state.typed:
        return calculate(state.kind, state.typed)
    # Words that name no kind may leave the subject out: "/calc llama 2 70b at 32K".
    for prompt in (_PROMPTS[state.kind],) if state.kind else ("", *_PROMPTS.values()):
        made = read_aloud(f"{prompt} {state.text}".strip(), whole=True)
        if made is not None:
            return made
    raise LearnerError(say("calc.unread"))


_PROMPTS = {KV: "how much KV cache for", ATTENTION: "attention cost of"}
"""What a kind says for words that leave it out: "/calc kv llama 2 70b at 32K"."""

_OF_THE_CACHE = ("kv", "serving", "memory", "kv_ratio", "kv_sum")


def _family(made: Calculation) -> str:
    return KV if made.kind in _OF_THE_CACHE else ATTENTION


def _result(state: CalcState, made: Calculation) -> Card:
    steps = "\n".join(f"{number}. {line}" for number, line in enumerate(made.steps, start=1))
    notes = "\n".join(f"- {note}" for note in made.notes)
    compare = (Button(say("calc.compare"), act(NAME, state, COMPARE), Style.PRIMARY),)
    body = [made.text, say("calc.working", steps=steps) if steps else ""]
    body.append(say("calc.notes", notes=notes) if notes else "")
    return Card(
        title=say(f"calc.title_{_family(made)}"),
        body="\n\n".join(part for part in body if part),
        pictures=_pictures(made),
        buttons=(
            *(compare if compared(made) else ()),
            Button(say("calc.explain"), act(NAME, state, EXPLAIN)),
            Button(say("menu.home"), menu("learn")),
        ),
        tone=Tone.INFO,
        replaces=True,
    )


def _comparison(state: CalcState, made: Calculation) -> Card:
    return Card(
        title=say(f"calc.compare_{_family(made)}"),
        body=compared(made),
        pictures=_pictures(made),
        buttons=(
            Button(say("calc.back"), act(NAME, state, RESULT), Style.PRIMARY),
            Button(say("calc.explain"), act(NAME, state, EXPLAIN)),
        ),
        tone=Tone.INFO,
        replaces=True,
    )


def _pictures(made: Calculation) -> tuple[Picture, ...]:
    return (Picture(f"chart:{encode(made.chart)}", ""),) if made.chart else ()
