"""A calculation, as a learner asks for it in chat."""

from __future__ import annotations

import pytest

from bot.replies import Card
from tests.classroom import Classroom, text_of


async def test_a_cache_is_computed_from_words(room: Classroom) -> None:
    said = text_of(await room.command("calc", text="kv llama 2 70b at 32K for 100 users"))
    assert "327,680 bytes a token" in said
    assert "10.74 GB" in said
    assert "1.074 TB" in said
    assert "1. One token in one layer" in said


async def test_a_cache_is_computed_from_named_sizes(room: Classroom) -> None:
    said = text_of(
        await room.command("calc", kind="kv", model="llama2-70b", context="32K", users="100")
    )
    assert "10.74 GB" in said


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("llama 2 70b at 32K", "10.74 GB"),
        ("llama 2 70b", "327,680 bytes a token"),
        ("8K to 128K", "256 times"),
        ("kv llama-2-70b 32K users 100", "1.074 TB"),
    ],
)
async def test_words_that_name_no_subject_mean_a_cache_or_attention(
    room: Classroom, words: str, result: str
) -> None:
    assert result in text_of(await room.command("calc", text=words))


async def test_the_picture_is_drawn_and_has_words(room: Classroom) -> None:
    [card] = await room.command("calc", kind="attention", context="128K", baseline="8K")
    assert isinstance(card, Card)
    [picture] = card.pictures
    assert picture.png.startswith(b"\x89PNG")
    assert "256" in picture.alt or "131,072" in picture.alt


async def test_compare_sets_the_techniques_side_by_side_and_goes_back(room: Classroom) -> None:
    await room.command("calc", kind="kv", model="llama2-70b", context="32K")
    said = text_of(await room.press("Compare"))
    assert "MHA" in said
    assert "8×" in said
    assert "Working" in text_of(await room.press("Back to the result"))


async def test_explain_hands_the_matter_to_the_tutor(room: Classroom) -> None:
    await room.command("calc", kind="kv", model="llama2-70b", context="32K")
    assert "The moon pulls the sea" in text_of(await room.press("Explain this"))
    assert room.tutor.requests[0].role == "calculation"


async def test_a_result_still_works_after_a_restart(room: Classroom) -> None:
    await room.command("calc", kind="kv", model="llama2-70b", context="32K")
    await room.restart()
    assert "MHA" in text_of(await room.press("Compare"))


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ({}, "for example"),
        ({"text": "how are you"}, "could not read a calculation"),
        ({"kind": "kv", "model": "gpt-4", "context": "8K"}, "publishes no architecture"),
        ({"kind": "kv", "model": "llama2-70b", "context": "-5"}, "negative"),
        ({"kind": "kv", "model": "llama2-70b"}, "the context"),
        ({"kind": "kv", "model": "llama2-70b", "context": "8K", "colour": "red"}, "“colour”"),
        ({"kind": "kv", "model": "llama2-70b", "text": "at 8K"}, "for example"),
        ({"model": "llama2-70b", "context": "8K"}, "for example"),
        ({"text": "kv llama-2-70b 32K for 100"}, "“100”"),
    ],
)
async def test_what_cannot_be_computed_is_said_in_one_sentence(
    room: Classroom, args: dict[str, str], sentence: str
) -> None:
    assert sentence in text_of(await room.command("calc", **args))
