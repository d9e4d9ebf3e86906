"""Who asks in another language is told, in it, that the lessons are searched in English."""

from __future__ import annotations

import pytest

from bot.tutor.foreign import language, languages
from tests.bot.tutor.lessons import reply

QUESTIONS = {
    "de": "Wie lange muss der Teig in der Schüssel gehen, bevor ich ihn forme?",
    "es": "¿Por qué hay que dejar reposar la masa antes de hornear?",
    "fr": "Pourquoi faut-il laisser reposer la pâte avant la cuisson ?",
    "it": "Perché bisogna far riposare l'impasto prima di cuocerlo?",
    "ja": "なぜ焼く前に生地を休ませるのですか",
    "pt": "Por que é preciso deixar a massa descansar antes de assar?",
    "ru": "Почему тесто должно отдохнуть перед выпечкой?",
    "zh": "为什么烤之前要让面团醒发？",
}


@pytest.mark.parametrize(("code", "question"), QUESTIONS.items())
async def test_a_question_in_another_language_is_answered_in_it(code: str, question: str) -> None:
    answer = await reply(question)
    assert not answer.covered
    assert answer.text.startswith(languages()[code]["ask"])


@pytest.mark.parametrize("code", languages())
def test_every_sentence_is_in_its_language(code: str) -> None:
    told = languages()[code]
    assert language(told["ask"]) == language(told["answer"]) == code


@pytest.mark.parametrize(
    "text",
    [
        "waht is teh kv cahce and why dos it gro",
        "GQA vs MQA",
        "was die tide in line with the moon?",
        "kv cache llama",
        "How does a sourdough starter rise?",
        "softmax",
        "?!",
        "42",
    ],
)
def test_english_jargon_and_noise_are_no_other_language(text: str) -> None:
    assert language(text) == ""
