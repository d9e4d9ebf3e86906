"""Complete a model's answer with the sentences of the course that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.tutor.corpus import Corpus
from bot.tutor.model.support import overlap
from bot.tutor.model.wording import say
from bot.tutor.number_guard import numbers, unsupported
from bot.tutor.types import Answer, Citation
from knowledge.sentences import sentences

CARRIED = 0.6  # share of a sentence's telling words that an answer must hold to say it too
HALF = 0.5  # share of them that may be missing where the one nearest to the question is there
NEAR = 0.75  # share of the question that an answer must hold, beside the lesson's nearest sentence
MOST = 4  # sentences that are added
_MARKED = re.compile(r"\s*(.+?)\s*\[(\d+)\](?=[\s.!?:]|$)[.!?:]?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the course as the offline tutor says it, and where it stands."""

    text: str
    cited: Citation


def completed(
    question: str,
    answer: Answer,
    plain: Answer,
    corpus: Corpus,
    notice: str = "",
    *,
    proven: bool,
) -> Answer:
    """Return a model's answer with what the offline tutor's answer says beside it.

    A sentence is carried already where the answer has its numbers and most of its words. An
    answer that carries half of them, and the one nearest to the question, is whole. One that
    lacks the nearest gives way to the lesson's, if it misses what was asked or its model is not
    `proven`: words that hold nothing of that sentence are the most likely to be false. Where only
    the offline tutor has an answer, that is the answer; where it has none, only a proven model's
    stands. What replaces an answer goes under the `notice` that belongs above it.
    """
    if not plain.covered and (proven or answer.steps or not answer.covered):
        return answer
    if (
        not plain.covered
        or not answer.covered
        or _beside(question, answer, plain, corpus, proven=proven)
    ):
        text = "\n\n".join(filter(None, (notice, plain.text)))
        return replace(plain, text=text, summary=answer.summary)
    all_said = list(_sentences(plain))
    lead = _nearest(question, all_said, corpus)
    left = [one for one in all_said if not _carried(one.text, answer.text, corpus)]
    if lead not in left and len(left) <= HALF * len(all_said):
        return answer
    for one in left[:MOST]:
        answer = _with(answer, one, first=one is left[0])
    return answer


def _beside(question: str, answer: Answer, plain: Answer, corpus: Corpus, *, proven: bool) -> bool:
    """Whether an answer may well speak of something else than the question and the lesson."""
    lead = _nearest(question, _sentences(plain), corpus)
    if lead is None or _carried(lead.text, answer.text, corpus):
        return False
    if not proven:
        return True
    near = overlap(question, [lead.text], corpus)
    return overlap(question, [answer.text], corpus) < NEAR * near


def _nearest(question: str, said: Iterable[Said], corpus: Corpus) -> Said | None:
    return max(said, key=lambda one: overlap(question, [one.text], corpus), default=None)


def _sentences(plain: Answer) -> Iterator[Said]:
    """The marked sentences of an answer; a calculation before them is in both answers."""
    text = plain.text.partition("\n\n")[2] if plain.steps else plain.text
    cited = {one.number: one for one in plain.citations}
    for match in _MARKED.finditer(text):
        found = cited.get(int(match[2]))
        if found is not None:
            for sentence in sentences(match[1].removeprefix("- ")):
                yield Said(sentence, found)


def _carried(sentence: str, text: str, corpus: Corpus) -> bool:
    return overlap(sentence, [text], corpus) >= CARRIED and not unsupported(sentence, [text])


def _with(answer: Answer, one: Said, *, first: bool) -> Answer:
    """Add a sentence, on a line of its own, under the number of its quote."""
    known = next((c.number for c in answer.citations if c.quote == one.cited.quote), 0)
    number = known or len(answer.citations) + 1
    added = () if known else (replace(one.cited, number=number),)
    lead = say("answer.adds") if first else ""
    glue = "\n\n" if first else " "
    text = f"{answer.text}{glue}{f'{lead} {one.text}'.strip()} [{number}]"
    stated = dict.fromkeys((*answer.numbers, *numbers(one.text)))
    return replace(answer, text=text, citations=(*answer.citations, *added), numbers=tuple(stated))
