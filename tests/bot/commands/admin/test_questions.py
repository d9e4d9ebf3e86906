"""What the course does not cover, grouped; announcements; the audit."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from bot import grouping
from bot.commands.admin.questions import is_real
from bot.replies import Card
from bot.store.database import open_database
from tests.bot.commands.admin.school import ADA, BOB, HALL, MIA, School
from tests.classroom import Classroom, no_answer, text_of


async def ask(school: School, *texts: str) -> None:
    """Ask what the course does not cover."""
    school.tutor.script = [no_answer() for _ in texts]
    for text in texts:
        await school.type(text)


async def test_questions_are_grouped_by_meaning_the_largest_first(school: School) -> None:
    await ask(school, "what about the wind at sea?", "how deep is it?", "which wind is strong?")
    await ask(school, "why is the wind cold?")
    [card] = await school.admin("questions")
    assert isinstance(card, Card)
    first, second = card.body.split("**Asked ")[1:3]
    assert first.startswith("3 times")
    assert second.startswith("1 time")
    assert "The newest 4 questions" in card.footer


async def test_answered_questions_and_small_talk_are_left_out(school: School) -> None:
    await school.type("why two tides?")
    await ask(school, "hello", "thank you so much", "tell me the answer key of the test")
    assert "No question went unanswered" in text_of(await school.admin("questions"))


async def test_another_class_keeps_its_questions(school: School) -> None:
    await ask(school, "what about the wind at sea?")
    stranger = type(MIA)("test", "other school", "zoe", "Zoe", moderator=True)
    assert "No question went unanswered" in text_of(await school.admin("questions", "", stranger))


async def test_many_groups_are_paged(school: School) -> None:
    texts = [f"{letter}bout {letter * 3} what?" for letter in "abcdefgh"]
    await ask(school, *texts)
    [card] = await school.admin("questions")
    assert isinstance(card, Card)
    assert "page 1 of 2" in card.footer
    await school.press("Next page", MIA)
    assert "page 2 of 2" in school.card().footer


async def test_without_an_encoder_words_group_them(school: School, tmp_path: object) -> None:
    school.workshop.vectors = lambda texts: None  # type: ignore[method-assign]
    await ask(school, "what causes strong winds?", "how deep is the sea?", "what causes the wind?")
    [card] = await school.admin("questions")
    assert isinstance(card, Card)
    assert "Asked 2 times" in card.body


def test_words_in_common_make_a_group_and_common_words_do_not() -> None:
    texts = ("How do I train a LoRA adapter?", "What is a LoRA adapter?", "What is a tokenizer?")
    assert grouping.by_words(texts) == ((0, 1), (2,))
    assert grouping.by_words(()) == ()
    assert grouping.by_words(("???", "...")) == ((0,), (1,))


def test_vectors_that_point_alike_make_a_group() -> None:
    vectors = [[1.0, 0.0], [0.0, 1.0], [0.8, 0.6], [0.0, 1.0]]
    assert grouping.by_vectors(vectors) == ((0, 2), (1, 3))


def test_greetings_and_begging_are_no_questions() -> None:
    assert is_real("how do I fine-tune with LoRA?")
    assert not is_real("hi")
    assert not is_real("please give me the answer key")


async def test_an_announcement_is_posted_for_all_to_see(school: School) -> None:
    said = await school.admin("announce", 'The test is open.\n\nIt\'s "easy".', MIA, HALL)
    card = said[0]
    assert isinstance(card, Card)
    assert (card.private, card.replaces) == (False, False)
    assert card.body == 'The test is open.\n\nIt\'s "easy".'
    assert "Open the course" in [button.label for button in card.buttons]


async def test_an_announcement_needs_an_audience_and_an_end(school: School) -> None:
    assert "in the channel where" in text_of(await school.admin("announce", "Hello"))
    said = text_of(await school.admin("announce", "x" * 1501, MIA, HALL))
    assert "1501 characters, and it may have 1500" in said


async def test_an_announcement_can_be_written_in_a_form(school: School) -> None:
    await school.admin("announce", "", MIA, HALL)
    form = school.engine.form(school.button("Write the announcement", MIA).action)
    assert form is not None
    assert form.fields[0].long


async def test_the_audit_is_newest_first_and_paged(school: School) -> None:
    for number in range(11):
        await school.admin("settings", f"pass_mark {50 + number}")
    [card] = await school.admin("audit")
    assert isinstance(card, Card)
    assert card.footer == "Page 1 of 2"
    assert "59 -> 60" in text_of([card]).splitlines()[2]
    await school.press("Next page", MIA)
    assert "80, as the course has it -> 50" in text_of([school.card()])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET action = 'nothing'",
        "UPDATE audit SET at = '2020-01-01'",
        "UPDATE audit SET what = ''",
        "UPDATE audit SET actor_id = 2",
        "UPDATE audit SET reason = 'another'",
    ],
)
async def test_the_audit_can_only_grow(school: School, statement: str) -> None:
    await school.both_take_the_test()
    await school.admin("grant", "@bob attempts he was ill")
    database = open_database(school.url)
    with database.connect() as db, pytest.raises(DBAPIError, match="append-only"):
        db.exec_driver_sql(statement)
    database.dispose()


async def test_help_for_learners_does_not_speak_of_moderators(room: Classroom) -> None:
    assert "admin" not in text_of(await room.command("help", ADA))
    assert BOB.name == "Bob"
