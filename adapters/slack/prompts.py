"""Questions to begin with, from whatever course is running."""

from __future__ import annotations

from adapters.slack import words
from adapters.slack.render.text import clip
from knowledge.models import Course, Lesson

MAX_PROMPTS = 4
MAX_TITLE = 60
MAX_PROMPT = 300


def suggested(course: Course) -> list[dict[str, str]]:
    """Return up to four prompts, one a lesson: about its first term that no other asks about."""
    subjects: list[str] = []
    for lesson in course.lessons[:MAX_PROMPTS]:
        subjects.append(_subject(lesson, subjects))
    return [_prompt(subject) for subject in subjects]


def _subject(lesson: Lesson, taken: list[str]) -> str:
    return next((term.name for term in lesson.terms if term.name not in taken), lesson.title)


def _prompt(subject: str) -> dict[str, str]:
    return {
        "title": clip(words.PROMPT_TITLE.format(subject=subject), MAX_TITLE),
        "message": clip(words.PROMPT_MESSAGE.format(subject=subject), MAX_PROMPT),
    }
