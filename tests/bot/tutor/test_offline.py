from __future__ import annotations

import pytest

from bot.errors import LearnerError
from bot.tutor.offline import LONGEST_QUESTION
from bot.tutor.types import Request, Role
from tests.bot.tutor.lessons import COURSE, FLOURS, STARTER, reply, said, sentences_without_mark


async def test_a_definition_is_the_key_term_with_its_place() -> None:
    answer = await reply("what is a starter?")
    assert answer.covered
    assert answer.on_subject
    assert "flour and water in which wild yeast lives" in answer.text
    assert answer.citations[0].section == "key-terms"
    assert answer.citations[0].lesson_title == "The Starter"


async def test_a_why_is_answered_with_the_reason() -> None:
    assert "because it has more enzymes" in (await reply("why does rye ferment faster?")).text


async def test_a_common_mistake_never_stands_without_its_correction() -> None:
    answer = await reply("does a starter need sugar?")
    assert "often said that a starter needs sugar" in answer.text
    assert "In fact flour feeds the yeast" in answer.text


async def test_a_comparison_speaks_of_both_sides() -> None:
    answer = await reply("compare rye with wheat")
    assert "Rye" in answer.text
    assert "Wheat" in answer.text or "wheat" in answer.text


async def test_a_table_cell_is_read_out_in_words() -> None:
    answer = await reply("what protein does wheat have?")
    assert "Wheat – Protein: 13%" in answer.text
    assert answer.citations[0].quote == "Wheat | 13% | 5 hours"
    assert "13%" in answer.numbers


async def test_who_and_when_are_answered_with_a_name_and_a_year() -> None:
    assert "Maria Speck" in (await reply("who described the starter method?")).text
    assert "1994" in (await reply("when was the starter method described?")).text


async def test_a_list_comes_with_its_lead_in() -> None:
    answer = await reply("what are the signs of a ripe dough?")
    assert "Signs of a ripe dough: bubbles at the edge; a domed surface." in answer.text


async def test_a_formula_comes_with_the_meaning_of_its_symbols() -> None:
    answer = await reply("what is the formula for hydration?")
    assert "`hydration = water / flour`" in answer.text
    assert "mass of the water in grams" in answer.text


async def test_every_sentence_is_cited_and_every_quote_stands_in_the_course() -> None:
    text = " ".join(f"{STARTER} {FLOURS} {COURSE.lessons[0].intro}".split())
    terms = " ".join(term.meaning for term in COURSE.lessons[0].terms)
    for question in ("what is a starter?", "why does rye ferment faster?", "does it need sugar?"):
        answer = await reply(question)
        assert sentences_without_mark(answer.text) == []
        for citation in answer.citations:
            assert f"[{citation.number}]" in answer.text
            assert " ".join(citation.quote.split()) in f"{text} {terms}"


async def test_what_the_course_does_not_cover_is_declined_with_the_nearest_section() -> None:
    answer = await reply("who mills the flour for the football cup in France?")
    assert not answer.covered
    assert not answer.on_subject
    assert answer.citations == ()
    assert answer.nearest is not None
    assert answer.nearest.section in {"what-a-starter-is", "flours"}


async def test_what_is_far_from_the_course_has_no_nearest_section() -> None:
    answer = await reply("do xylophones resonate?")
    assert answer.nearest is None
    assert answer.text.endswith("Ask me anything about *Bread*.")


@pytest.mark.parametrize("message", ["hi", "Hello there!", "thanks a lot", "who are you?", "help"])
async def test_small_talk_gets_a_natural_reply_and_counts_for_nothing(message: str) -> None:
    answer = await reply(message)
    assert answer.text
    assert (answer.covered, answer.on_subject) == (False, False)


async def test_what_about_asks_the_same_of_something_else() -> None:
    before = said("what protein does wheat have?", "Wheat – Protein: 13%. [1]")
    answer = await reply(Request("and what about rye?", history=before))
    assert "Rye – Protein: 8%" in answer.text


async def test_say_more_says_something_new() -> None:
    first = await reply("what is a starter?")
    more = await reply(Request("say more", history=said("what is a starter?", first.text)))
    assert more.covered
    first_said = {citation.quote for citation in first.citations}
    assert first_said.isdisjoint(citation.quote for citation in more.citations)


async def test_why_alone_asks_for_the_reason_of_what_was_said() -> None:
    before = said("does rye ferment faster than wheat?", "Two flours are common. [1]")
    assert "because" in (await reply(Request("why?", history=before))).text


async def test_a_follow_up_to_nothing_asks_for_a_question() -> None:
    answer = await reply("why?")
    assert not answer.covered
    assert "Bread" in answer.text


async def test_in_a_lab_the_tutor_leads_to_what_the_mission_still_asks() -> None:
    request = Request("compare rye with wheat", Role.LAB, "1-starter")
    answer = await reply(request)
    assert "work out its hydration" in answer.follow_up
    later = Request(
        "compare rye with wheat",
        Role.LAB,
        "1-starter",
        said("work out the hydration of my loaf", "hydration"),
    )
    assert "ripe dough" in (await reply(later)).follow_up


async def test_a_calculation_is_made_and_its_refusal_is_a_sentence() -> None:
    made = await reply("KV cache of Llama 2 70B at 32K tokens?")
    assert "10.74 GB" in made.text
    assert made.steps
    assert made.chart
    refused = await reply("KV cache of GPT-4 at 32K tokens?")
    assert refused.on_subject
    assert refused.text.endswith((".", ")"))


@pytest.mark.parametrize("message", ["", "   ", "\x00\x07", "\u200b", "…", "?!", "🍞🍞"])
async def test_nothing_to_read_is_refused_in_one_sentence(message: str) -> None:
    with pytest.raises(LearnerError, match="question"):
        await reply(message)


async def test_a_huge_message_is_read_up_to_a_limit_and_says_so() -> None:
    answer = await reply("what is a starter? " + "flour " * 20_000)
    assert f"{LONGEST_QUESTION:,}" in answer.text


@pytest.mark.parametrize(
    "message", ["🍞 bread", "ما هو الخبز؟", "\ud800 starter", "a" * 5000, "[1] {x}"]
)
async def test_no_text_at_all_breaks_the_tutor(message: str) -> None:
    assert (await reply(message)).text
