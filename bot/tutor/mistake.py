"""Explain a mistake: what was taken for what, what the lesson says of both, and the sum."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.tutor.compose import size, write
from bot.tutor.corpus import Corpus
from bot.tutor.intent import understand
from bot.tutor.mixup import added, believed, called, one_for_other, subject, summed, taken_for
from bot.tutor.number_guard import numbers
from bot.tutor.pieces import Kind
from bot.tutor.query import query
from bot.tutor.reckoning import Sum, reckoned
from bot.tutor.sentences import Unit
from bot.tutor.types import Answer, Citation, Mistake
from bot.tutor.wording import say
from bot.tutor.words import alike, stems
from knowledge.chunking import KEY_TERMS
from knowledge.models import Question

WHY = 0.6  # what the words of the explanation are worth beside those of the right option
ASKED = 0.4  # and those of the question
CHOSEN = 0.15  # and those of the option that was chosen
LEAST = 0.35  # worth below which a sentence settles nothing
AGAINST = 0.5  # and below which none speaks against the chosen option
MEANT = 1.0  # and no key term
DRAGS = 0.05  # each unit that must be said before it
REPEATS = 0.7  # likeness to what the card says, from which a sentence repeats it
SHORTEST = 20  # characters of a sentence that may be on the card and in the lesson

LONG = 280  # characters of a sentence, with all that must be said with it, against the option
QUOTED = (Kind.SENTENCE, Kind.ROW, Kind.TERM)

_NUMBER = re.compile(r"\d[\d.,]*")
Units = tuple[Unit, ...]
Parts = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """`lead` says what was confused; `terms` are the key terms to read side by side.

    `against` is what the lesson says against the chosen option, `settles` what for the right one.
    """

    lead: str
    terms: Units = ()
    against: Units = ()
    settles: Units = ()


def explained(mistake: Mistake, corpus: Corpus) -> Answer:
    """Return what was confused, what the lesson says of it, and the sum; never the card again."""
    question, chosen = mistake.question, mistake.chosen
    total = reckoned(question, chosen)
    mixed = _mixed(question, chosen, corpus, total)
    cited: list[Citation] = []
    said = [mixed.lead]
    for units in (mixed.terms, mixed.against, mixed.settles):
        asked = query(understand(question.text), corpus)
        told = write(units, asked, corpus, len(cited) + 1)
        cited += told.citations
        said.append(_framed(told.text, units, mixed, question.id))
    said.append(total.text if total else "")
    if not cited and not total:
        said.append(say("mistake.reread", question.id))
    text = "\n\n".join(filter(None, said))
    return Answer(text, True, True, tuple(cited), numbers=numbers(text))


def _mixed(question: Question, chosen: int, corpus: Corpus, total: Sum | None) -> Mixed:
    settles = _settles(question, chosen, corpus, sums=total is not None)
    end = corpus.bundle(settles) if settles else ()
    term = taken_for(question, chosen, corpus) or added(question, chosen, corpus)
    about = subject(question, corpus, term)
    if total and total.lead:
        return Mixed(total.lead, settles=end)
    if term is not None:
        lead = _taken(question, chosen, term, about, corpus)
        return Mixed(lead, tuple(one for one in (term, about) if one), settles=end)
    against = _against(question, chosen, corpus, end)
    lead = _called(question, chosen)
    if any(one.myth and believed(question, chosen, one, corpus) for one in (*end, *against)):
        lead = say("mistake.myth")
    if not lead and against and against[0].kind is Kind.TERM:
        about, against = against[0], ()
    if against or about is None:
        return Mixed(lead, against=against, settles=end)
    return Mixed(lead or say("mistake.beside", subject=about.context), (about,), settles=end)


def _taken(question: Question, chosen: int, term: Unit, about: Unit | None, corpus: Corpus) -> str:
    if taken_for(question, chosen, corpus) is None:
        return say("mistake.added", term=term.context)
    if about is None:
        return say("mistake.belongs", term=term.context)
    return say("mistake.taken", term=term.context, subject=about.context)


def _called(question: Question, chosen: int) -> str:
    pair, what = one_for_other(question, chosen), called(question, chosen)
    added_up = summed(question, chosen)
    if added_up:
        return say("mistake.summed", one=added_up[0], other=added_up[1])
    if pair:
        return say("mistake.one_for_other", one=pair[0], other=pair[1])
    return say("mistake.called", what=what) if what else ""


def _framed(text: str, units: Units, mixed: Mixed, seed: str) -> str:
    """What is quoted, with what it is quoted for."""
    if not text or units is mixed.terms:
        return _listed(text)
    if units is mixed.settles:
        return say("mistake.settles", seed, sentence=text)
    return say("mistake.against", seed, sentence=text)


def _listed(text: str) -> str:
    """Terms one a line, since their meanings are read side by side."""
    return "\n".join(f"- {line}" for line in re.split(r"(?<=\[\d\]) (?=\*\*)", text) if line)


def _settles(question: Question, chosen: int, corpus: Corpus, *, sums: bool) -> Unit | None:
    """The sentence or row of the section that says most of the right option and its reason.

    No row where a sum stands beside it: it would be the same numbers once more.
    """
    right = question.options[question.key]
    parts = (
        (right.text, 1.0),
        (right.why, WHY),
        (question.text, ASKED),
        (question.options[chosen].text, CHOSEN),
    )
    here = corpus.by_section.get((question.lesson, question.section), ())
    units = [one for one in here if not (sums and one.kind is Kind.ROW)]
    return _best(units, parts, LEAST, _card(question, chosen), corpus, led=True)


def _against(question: Question, chosen: int, corpus: Corpus, end: Units) -> Units:
    """The sentence of the section that says most of the chosen option and what is wrong in it.

    Else the key term of the lesson that does; with all that must be said with it, unless that
    is much, or is quoted already.
    """
    option = question.options[chosen]
    parts = tuple((_NUMBER.sub("", text), w) for text, w in ((option.text, 1.0), (option.why, 0.8)))
    card = _card(question, chosen)
    here = corpus.by_section.get((question.lesson, question.section), ())
    terms = corpus.by_section.get((question.lesson, KEY_TERMS[0]), ())
    unit = _best([one for one in here if one not in end], parts, AGAINST, card, corpus)
    unit = unit or _best(terms, parts, MEANT, card, corpus)
    bundle = corpus.bundle(unit) if unit is not None and unit.kind is not Kind.TERM else ()
    found = (unit,) if unit is not None and not bundle else bundle
    return found if size(found) <= LONG and not set(found) & set(end) else ()


def _best(
    units: Iterable[Unit],
    parts: Parts,
    least: float,
    card: tuple[str, ...],
    corpus: Corpus,
    *,
    led: bool = False,
) -> Unit | None:
    """The unit that says most of the weighted parts, and does not repeat the card.

    `led`: what must be said before it counts as well.
    """
    asked = [(query(understand(text), corpus), weight) for text, weight in parts]

    def worth(unit: Unit) -> float:
        found = corpus.read_with(unit) if led else corpus.of(unit)
        told = sum(weight * one.held(found) / one.total for one, weight in asked)
        return told - DRAGS * unit.before

    plain = (one for one in units if one.kind in QUOTED and not one.myth)
    best = max((one for one in plain if not _repeats(one.text, card)), key=worth, default=None)
    return best if best is not None and worth(best) >= least else None


def _card(question: Question, chosen: int) -> tuple[str, ...]:
    """The sentences that stand on the card above."""
    options = (question.options[chosen], question.options[question.key])
    texts = (question.text, *(part for one in options for part in (one.text, one.why)))
    return tuple(part for text in texts for part in re.split(r"(?<=[.?!]) ", text))


def _repeats(text: str, card: tuple[str, ...]) -> bool:
    """Whether a sentence of the lesson says what one on the card says, in the same words."""
    return any(
        alike(stems(text), stems(said)) >= REPEATS
        or (len(said) >= SHORTEST and said.rstrip(".") in text)
        for said in card
    )
