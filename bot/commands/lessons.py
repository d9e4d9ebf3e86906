"""Which lesson somebody means: by its number, its title, a part of it, or nearly that."""

from __future__ import annotations

from bot.commands.words import ALIASES, COMMANDS
from bot.errors import LearnerError
from bot.words import either, say
from knowledge.lexical import STOPWORDS, stem, words
from knowledge.models import Course, Lesson
from knowledge.spelling import Speller

LEAST_LETTERS = 2
"""So many letters of a word's beginning stand for the word."""

MOST_NAMED = 12
"""Of a course with more lessons, a refusal names the numbers alone."""

MOST_WORDS = 8
"""What is longer is a question, though it begins with the name of a command."""

TAKES_LESSON = frozenset(name for name, argument in COMMANDS.items() if argument == "lesson")
_AROUND = " .:,;#()[]'\"“”"
_KINDS = frozenset({*TAKES_LESSON, *ALIASES})


def meant(course: Course, wanted: str, command: str) -> Lesson:
    """Return the one lesson that `wanted` names; LearnerError, naming lessons, where it does not.

    `command` is what was to be done with it ("quiz"): a lab goes by its own title as well.
    """
    found = named(course, wanted, command)
    if len(found) == 1:
        return found[0]
    if not found and len(course.lessons) > MOST_NAMED:
        last = len(course.lessons)
        raise LearnerError(say("menu.which_lesson", last=last, command=command))
    asked = (found or course.lessons)[:MOST_NAMED]
    titles = [say("menu.numbered", number=x.number, lesson=x.title) for x in asked]
    said = "menu.which_of_these" if found else "menu.which_of_all"
    example = asked[-1].number
    raise LearnerError(say(said, lessons=either(titles), command=command, number=example))


def named(course: Course, wanted: str, command: str = "") -> tuple[Lesson, ...]:
    """Return the lessons that `wanted` may name; the one that it names outright stands alone."""
    plain = " ".join(wanted.split()).casefold().strip(_AROUND)
    for lesson in course.lessons:
        if plain in (str(lesson.number), lesson.slug.casefold(), lesson.title.casefold()):
            return (lesson,)
    if not any(map(str.isalpha, plain)):
        return ()
    names = {lesson.slug: _names(lesson, command) for lesson in course.lessons}
    for text in (plain, Speller([*map(_title, course.lessons)]).correct(plain)):
        asked = [w for w in words(text) if w not in STOPWORDS | _KINDS]
        found = [x for x in course.lessons if all(_has(names[x.slug], word) for word in asked)]
        if asked and found:
            return tuple(found)
    return ()


def called(course: Course, text: str) -> tuple[str, str] | None:
    """Return the command and the lesson's name in "quiz KV cache"; None where it is a question.

    It stands without a slash, so every word of it must be of a lesson's name.
    """
    first, _, rest = text.strip().partition(" ")
    command = first.casefold()
    if command not in TAKES_LESSON or not rest or len(rest.split()) > MOST_WORDS or "?" in rest:
        return None
    return (command, rest) if named(course, rest, command) else None


def _title(lesson: Lesson) -> str:
    return f"{lesson.title} {lesson.lab.title if lesson.lab else ''}"


def _names(lesson: Lesson, command: str) -> frozenset[str]:
    title = _title(lesson) if command == "lab" else lesson.title
    return frozenset((str(lesson.number), *words(title)))


def _has(names: frozenset[str], word: str) -> bool:
    if word in names or (word.isalpha() and stem(word) in map(stem, names)):
        return True
    return len(word) >= LEAST_LETTERS and any(name.startswith(word) for name in names)
