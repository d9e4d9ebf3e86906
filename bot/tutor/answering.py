"""Answer from the lessons: search, rank, choose, write down, and ask something back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from bot.tutor.choose import choose
from bot.tutor.compose import Written, write
from bot.tutor.corpus import Corpus
from bot.tutor.follow_up import follow_up
from bot.tutor.foreign import language, languages
from bot.tutor.form import gives_date
from bot.tutor.intent import Wants, understand
from bot.tutor.led import nearness
from bot.tutor.mission import lead_on
from bot.tutor.number_guard import numbers, quantities
from bot.tutor.pointing import named
from bot.tutor.query import Query, query, unknown
from bot.tutor.rank import Ranked, rank
from bot.tutor.reading import Part, last_question, parts
from bot.tutor.sentences import Unit
from bot.tutor.types import Answer, Citation, Exchange, Request, Role
from bot.tutor.wording import say
from bot.tutor.words import stems, words
from knowledge.chunking import INTRODUCTION, KEY_TERMS
from knowledge.retrieve import Found, Hit

HITS = 12
# Where the search is less sure than this that a question is covered, the best unit must hold
# ENOUGH of its words: near misses ("speculative decoding") are told by that. A definition asks
# for more, because one of something else is no answer at all.
SURE = 0.65
SURE_OF_A_DEFINITION = 0.8
ENOUGH = 0.6
FAR = 0.04  # confidence below which no section of the course is near a question
SO_ASKED = 0.65  # cosine with a way of asking from which on the best unit may answer it
OPENING = 4  # words in which a dated sentence names its subject
SHORT = 6  # words; a shorter question is searched together with the one before
BESIDE_A_SUM = 0.5  # share of the question's words that a sentence beside a calculation holds
PER_PART = 3  # units for each part of a message that has several

Find = Callable[[str, str], Found]
_AGAIN = {Wants.MORE: "more", Wants.SIMPLER: "simpler", Wants.EXAMPLE: "example"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering needs: the course's corpus, and a search."""

    corpus: Corpus
    find: Find


@dataclass(frozen=True, slots=True)
class Reading:
    """One part of a message, what was found for it, and its units, best first."""

    part: Part
    asked: Query
    found: Found
    ranked: Sequence[Ranked]


@dataclass(frozen=True, slots=True)
class Reply:
    """A part that was answered: the question as it was looked up, and what was written."""

    asked: Query
    written: Written


def from_course(request: Request, text: str, desk: Desk) -> Answer:
    """Answer a question from the lessons, or say honestly that they do not cover it.

    A follow-up that finds nothing, or whose talk has moved on to something else ("and MQA?"), is
    asked with the key term that it points back to.
    """
    fuller = named(text, request.history, desk.corpus.course)
    if fuller and understand(request.history[-1].question).swaps:
        return from_course(replace(request, history=()), fuller, desk)
    found = parts(text, request.history)
    if found[0].asked.leans and not found[0].before and not found[0].asked.swaps:
        return Answer(say("decline.no_question", course=desk.corpus.course.title), False, False)
    read = [_read(part, request, desk) for part in found]
    replies: list[Reply] = []
    for one in read:
        leads = {other.ranked[0].unit for other in read if other is not one and other.ranked}
        own = {one.ranked[0].unit} if one.ranked else set()
        most = 4 if len(read) == 1 else PER_PART
        reply = _reply(one, request, desk, replies, leads - own, most)
        replies += [reply] if reply else []
    if replies:
        return _answer(request, text, replies, desk)
    exhausted = bool(read[0].ranked)
    if fuller and not exhausted:
        return from_course(replace(request, history=()), fuller, desk)
    asked_in = language(text)
    why = languages()[asked_in]["ask"] if asked_in else ""
    return declined(text, read[0].found, desk.corpus, exhausted=exhausted, why=why)


def declined(
    text: str, found: Found, corpus: Corpus, *, exhausted: bool = False, why: str = ""
) -> Answer:
    """Say that no answer was found, or `why` there is none, and what comes closest, if any does."""
    far = found.score < FAR and not why
    cited = None if far else _nearest(found.hits, corpus)
    why = why or say("decline.not_covered", text)
    if cited is None:
        said = f"{why} {say('decline.alone', course=corpus.course.title)}"
        return Answer(said, covered=False, on_subject=False)
    place = {
        "section": cited.section_title,
        "lesson": cited.lesson_title,
        "number": str(
            next(one.number for one in corpus.course.lessons if one.slug == cited.lesson)
        ),
    }
    if exhausted:
        return Answer(say("decline.no_more", **place), False, False, nearest=cited)
    said = f"{why} {say('decline.nearest', text, **place)}"
    return Answer(said, covered=False, on_subject=False, nearest=cited)


def explanation(request: Request, text: str, desk: Desk) -> Reply | None:
    """Return one sentence of the course that explains what a calculation is about, if any."""
    first, *others = parts(text, request.history)
    words_only = [part for part in others if not numbers(part.asked.text)]
    part = replace(first, asked=replace(first.asked, wants=Wants.WHY))
    read = _read((words_only or [part])[-1], request, desk)
    # Numbers of another case would only confuse beside those of the calculation.
    fitting = [
        one
        for one in read.ranked
        if one.cover >= BESIDE_A_SUM
        and not any(quantities(unit.text) for unit in desk.corpus.bundle(one.unit))
    ]
    return _reply(replace(read, ranked=fitting), request, desk, [], set(), 1)


def _read(part: Part, request: Request, desk: Desk) -> Reading:
    """Search and rank for one part; nothing is ranked that the course does not cover."""
    asked = query(part.asked, desk.corpus, part.before)
    found = desk.find(_search_text(part), _previous(part, request.history))
    ranked: Sequence[Ranked] = ()
    if found.covered and not _leans_on_nothing(part, desk):
        ranked = rank(asked, found.hits, desk.corpus, request.lesson)
    if ranked and not part.before and not _vouched(asked, ranked[0].unit, found, desk.corpus):
        ranked = ()
    return Reading(part, asked, found, ranked)


def _leans_on_nothing(part: Part, desk: Desk) -> bool:
    """Tell whether a follow-up leans on a question that the course does not cover."""
    strange = part.before and unknown(understand(part.before), desk.corpus)
    return bool(strange) and not desk.find(part.before, "").covered


def _vouched(asked: Query, unit: Unit, found: Found, corpus: Corpus) -> bool:
    """Tell whether a unit may be said: it is certain, or it answers what others ask so."""
    return nearness(unit, found.hits) >= SO_ASKED or _certain(asked, unit, found.score, corpus)


def _certain(asked: Query, unit: Unit, score: float, corpus: Corpus) -> bool:
    """Tell whether search and best unit together vouch for an answer.

    The unit counts by the share of the question's words that it holds, those included that the
    course does not have.
    """
    defined = asked.asked.wants is Wants.DEFINITION
    if score >= (SURE_OF_A_DEFINITION if defined else SURE):
        return True
    held = frozenset[str]().union(unit.around, *(corpus.of(one) for one in corpus.bundle(unit)))
    strange = len(unknown(asked.asked, corpus)) * corpus.rarest
    # A date beside the name that a sentence opens with says "introduced" without the word.
    implied = asked.dated if gives_date(unit) and _opens_with(asked.names, unit) else frozenset()
    wanted = sum(weight for one, weight in asked.weights.items() if one not in implied)
    told = asked.held(held - implied) / (wanted + strange or 1.0)
    return told >= ENOUGH


def _opens_with(names: frozenset[str], unit: Unit) -> bool:
    return bool(names) and names <= stems(" ".join(words(unit.text)[:OPENING]))


def _reply(
    read: Reading,
    request: Request,
    desk: Desk,
    replies: Sequence[Reply],
    kept_back: Collection[Unit],
    most: int,
) -> Reply | None:
    asked = read.asked
    already = {unit for reply in replies for unit in reply.written.units}.union(kept_back)
    said = " ".join(one.answer for one in request.history) if read.part.before else ""
    units = choose(asked, read.ranked, desk.corpus, lambda u: u in already or u.text in said, most)
    if not units:
        return None
    first = 1 + sum(len(reply.written.citations) for reply in replies)
    written = write(units, asked, desk.corpus, first)
    return Reply(asked, written) if written.units else None


def _answer(request: Request, text: str, replies: Sequence[Reply], desk: Desk) -> Answer:
    said = "\n\n".join(reply.written.text for reply in replies)
    wants = replies[0].asked.asked
    if wants.leans and wants.wants in _AGAIN:
        said = f"{say(f'answer.{_AGAIN[wants.wants]}', text)} {said}"
    cited = tuple(one for reply in replies for one in reply.written.citations)
    onward = next_question(request, text, said, replies[-1], desk.corpus)
    return Answer(said, True, True, cited, numbers=numbers(said), follow_up=onward)


def next_question(request: Request, text: str, said: str, reply: Reply, corpus: Corpus) -> str:
    """Return the question to leave the learner with; in a lab it leads towards the mission."""
    lesson = corpus.course.lesson(request.lesson)
    if request.role is Role.LAB and lesson is not None and lesson.lab is not None:
        talk = [text, said, *(f"{one.question} {one.answer}" for one in request.history)]
        return lead_on(lesson.lab, talk, corpus, text)
    return follow_up(reply.written.units, reply.asked, corpus, len(request.history), text)


def _search_text(part: Part) -> str:
    if part.asked.leans and not part.asked.swaps:
        return part.before
    return part.asked.text


def _previous(part: Part, history: Sequence[Exchange]) -> str:
    return part.before or (last_question(history) if len(words(part.asked.text)) < SHORT else "")


def _nearest(hits: Sequence[Hit], corpus: Corpus) -> Citation | None:
    """The section of the best hit that a learner can open: no introduction, no key terms."""
    for hit in hits:
        passage = hit.passage
        lesson = corpus.course.lesson(passage.lesson)
        section = lesson.section(passage.section) if lesson else None
        if lesson and section and passage.section not in (INTRODUCTION[0], KEY_TERMS[0]):
            return Citation(1, lesson.slug, section.slug, lesson.title, section.title, passage.text)
    return None
