"""Who may: every command for every role, however it is given."""

from __future__ import annotations

import pytest

from bot.actions import MAX_ACTION
from bot.commands.admin.desk import SUBS
from bot.commands.words import ADMIN_COMMANDS, parse
from bot.events import Learner, Pressed, Submitted
from bot.flows.base import link, menu
from bot.replies import Card, Document, Form, Say
from tests.bot.commands.admin.school import ADA, BOB, HALL, MIA, School
from tests.classroom import DESK, text_of

REFUSAL = "Only the people who run this class can do that"
ROLES = {
    "learner": ADA,
    "newcomer": Learner("test", "school", "new", "New"),
    "demoted": Learner("test", "school", "mia", "Mia"),
    "moderator": MIA,
}
ARGS = {
    "learner": "@bob",
    "transcripts": "@bob",
    "item": "test 1",
    "reset": "@bob test",
    "reset-now": "@bob test",
    "undo": "1",
    "grant": "@bob attempts ill last week",
    "regrade-now": "stamp",
    "undo-regrade": "1",
    "export": "csv",
    "announce": "The test is open.",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("sub", SUBS)
@pytest.mark.parametrize("how", ["command", "pressed", "submitted"])
async def test_only_moderators_and_each_of_them(
    school: School, sub: str, role: str, how: str
) -> None:
    await school.both_take_the_test()
    who, before = ROLES[role], await contents(school)
    words = ARGS.get(sub, "").split()
    action = menu("admin", sub, *words)
    key = (who, HALL, school.new_id(), school.now)
    if how == "command":
        replies = await school.admin(sub, " ".join(words), who, HALL)
    elif how == "pressed":
        replies = await school.send(Pressed(*key, action))
    else:
        replies = await school.send(Submitted(*key, action, {}))
    if role == "moderator":
        assert REFUSAL not in text_of(replies)
        return
    assert [type(reply) for reply in replies] == [Say]
    assert REFUSAL in text_of(replies)
    assert await contents(school) == before


async def contents(school: School) -> object:
    """What a refused attempt must not change."""
    return await school.rows(lambda unit: {**unit.export(1), **unit.export(2)})  # type: ignore[attr-defined]


async def test_a_refused_attempt_is_written_down_once_an_hour(school: School) -> None:
    await school.admin("export", "csv", ADA)
    await school.admin("overview", "", ADA)
    school.later(hours=2)
    await school.admin("overview", "", ADA)
    said = text_of(await school.admin("audit"))
    assert said.count("Ada was refused") == 2


async def test_permission_is_asked_for_again_at_every_press(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("learner", "@ada")
    button = school.card().menu.choices[0].action  # type: ignore[union-attr]
    demoted = Learner("test", "school", "mia", "Mia")
    assert REFUSAL in text_of(await school.press_action(button, demoted))


async def test_everything_is_private_but_the_announcement(school: School) -> None:
    await school.both_take_the_test()
    for sub in SUBS:
        for reply in await school.admin(sub, ARGS.get(sub, ""), MIA, HALL):
            public = isinstance(reply, Card | Say) and not reply.private
            assert public == (sub == "announce" and isinstance(reply, Card)), sub
            assert not isinstance(reply, Document) or sub == "export"


async def test_a_moderator_of_another_workspace_sees_only_their_own_class(school: School) -> None:
    await school.both_take_the_test()
    stranger = Learner("test", "other school", "zoe", "Zoe", moderator=True)
    assert "Nobody is in this class yet" in text_of(await school.admin("overview", "", stranger))
    assert "not in this class" in text_of(await school.admin("reset", "@bob test", stranger))
    await school.admin("learner", "#2", stranger)
    assert "not in this class" in text_of(await school.admin("reset", "#2 test", stranger))


async def test_a_command_of_moderators_does_not_make_one_a_learner(school: School) -> None:
    await school.both_take_the_test()
    assert ("Enrolled", "2") in [(f.name, f.value) for f in await fields(school, "overview")]


async def fields(school: School, sub: str) -> tuple:  # type: ignore[type-arg]
    [card] = await school.admin(sub)
    assert isinstance(card, Card)
    return card.fields


async def test_no_action_of_a_moderators_card_is_too_long(school: School) -> None:
    await school.both_take_the_test()
    for sub in SUBS:
        for reply in await school.admin(sub, ARGS.get(sub, ""), MIA, HALL):
            if isinstance(reply, Card):
                actions = [button.action for button in reply.buttons]
                actions += [entry.action for entry in reply.menu.choices] if reply.menu else []
                assert all(len(action.encode()) <= MAX_ACTION for action in actions)
                assert len(reply.buttons) <= 10
                assert reply.menu is None or len(reply.menu.choices) <= 25


async def test_every_form_button_opens_a_form_that_a_moderator_can_send(school: School) -> None:
    await school.both_take_the_test()
    await school.admin("learner", "@ada")
    form = school.engine.form(school.button("One more attempt", MIA).action)
    assert isinstance(form, Form)
    said = text_of(await school.submit(form.action, MIA, reason="ill last week"))
    assert "may take the module test once more" in said


def test_words_become_commands() -> None:
    assert parse("admin") == ("admin", {"sub": "", "rest": ""})
    assert parse("/admin") == ("admin", {"sub": "", "rest": ""})
    assert parse("admin learner @ada") == ("admin", {"sub": "learner", "rest": "@ada"})
    assert parse("/admin course reload") == ("admin", {"sub": "course", "rest": "reload"})
    assert parse("admin rights are unfair, why?") is None
    assert {sub if sub != "course" else "course-reload" for sub in ADMIN_COMMANDS} <= set(SUBS)


async def test_an_unknown_command_names_the_known_ones(school: School) -> None:
    assert "overview, learner" in text_of(await school.admin("dance"))


async def test_a_link_leaves_the_pressed_card_and_a_menu_press_replaces_it(school: School) -> None:
    key = (MIA, DESK)
    [pressed] = await school.send(
        Pressed(*key, school.new_id(), school.now, menu("admin", "overview"))
    )
    [linked] = await school.send(
        Pressed(*key, school.new_id(), school.now, link("admin", "overview"))
    )
    assert isinstance(pressed, Card)
    assert isinstance(linked, Card)
    assert (pressed.replaces, linked.replaces) == (True, False)


async def test_a_repeated_delivery_acts_once_and_keeps_nothing_of_others(school: School) -> None:
    await school.both_take_the_test()
    event = Pressed(MIA, DESK, "twice", school.now, menu("admin", "reset-now", "#2", "test"))
    assert "is taken away" in text_of(await school.send(event))
    assert "already" in text_of(await school.send(event))
    kept = await school.rows(lambda unit: unit.delivery("twice")["replies"])  # type: ignore[attr-defined]
    assert "Bob" not in str(kept)
    assert BOB.name == "Bob"
