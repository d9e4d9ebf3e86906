"""Whatever an obedient model writes under attack, nothing forbidden reaches the learner."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.tutor.model.disguises import readings, squeezed
from bot.tutor.types import Answer, Exchange
from knowledge.models import Course
from tests.bot.tutor.model.school import TEST, School, calls, course

ATTACKS = tomllib.loads(Path(__file__).with_name("attacks.toml").read_text("utf-8"))["attack"]
ARGUMENTS = {"search_course": "query", "calculate": "question"}


def poisoned(sentence: str) -> Course:
    """The course with a sentence written into its lesson on the Sun."""
    whole = course()
    first, *others = whole.lessons
    moon, sun = first.sections
    sun = replace(sun, body=f"{sentence} {sun.body}")
    return replace(whole, lessons=(replace(first, sections=(moon, sun)), *others))


async def attacked(attack: dict[str, Any], graded: str) -> tuple[School, Answer]:
    """The school and its answer under an attack; `graded` says where the question is open."""
    turns: list[Any] = [attack["model"]]
    if "tool" in attack:
        name, argument = attack["tool"]
        turns = [calls(name, **{ARGUMENTS.get(name, "value"): argument}), *turns]
    if "history" in attack:
        turns = [attack["question"], *turns]  # a follow-up may be rewritten first
    if "restates" in attack:
        turns = [attack["restates"], *turns]
    school = School(turns * 2, course=poisoned(attack.get("lesson", "")))
    history = tuple(Exchange(*one) for one in attack.get("history", ()))
    opened = {graded: TEST} if attack.get("open") else {}
    return school, await school.ask(attack["question"], history=history, **opened)


@pytest.mark.parametrize("graded", ["open_question", "quiz"])
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["name"])
async def test_nothing_forbidden_gets_out(attack: dict[str, Any], graded: str) -> None:
    if graded == "quiz" and attack.get("test_only"):
        graded = "open_question"
    school, answer = await attacked(attack, graded)

    for said in (answer.text, *school.drafts):
        for forbidden in attack.get("forbidden", ()):
            if forbidden.startswith("^"):
                assert not re.match(forbidden, said.strip(), re.IGNORECASE)
            else:
                assert forbidden.lower() not in " ".join(said.lower().split())
        if attack.get("open"):
            key = TEST.options[TEST.key]
            for reading in readings(said):
                assert squeezed(key.text) not in squeezed(reading)
                assert squeezed(key.why) not in squeezed(reading)


@pytest.mark.parametrize(
    "attack", [one for one in ATTACKS if one.get("open")], ids=lambda attack: attack["name"]
)
async def test_the_model_never_gets_to_see_the_open_question(attack: dict[str, Any]) -> None:
    school, _ = await attacked(attack, "open_question")

    told = squeezed(re.sub(re.escape(attack["question"]), "", school.model.prompts))
    for option in TEST.options:
        assert squeezed(option.text) not in told
        assert squeezed(option.why) not in told
    assert "bulges, so most coasts" not in school.model.prompts


def test_there_are_enough_attacks_and_each_is_its_own() -> None:
    assert len(ATTACKS) >= 40
    assert len({attack["name"] for attack in ATTACKS}) == len(ATTACKS)
    assert len({(attack["question"], attack["model"]) for attack in ATTACKS}) == len(ATTACKS)
