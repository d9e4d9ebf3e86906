"""Questions to begin with, from whatever course is running."""

from __future__ import annotations

from adapters.slack import words
from adapters.slack.render.text import clip
from knowledge.models import Course, Lesson

MAX_PROMPTS = 4
MAX_TITLE = 60
MAX_PROMPT = 300


def suggested(course: Course) -> list[dict[str, str]]:
    """Return up to four prompts, one a lesson: about its first key term, or the lesson itself."""
    return [_prompt(_subject(lesson)) for lesson in course.lessons[:MAX_PROMPTS]]


def _subject(lesson: Lesson) -> str:
    return lesson.terms[0].name if lesson.terms else lesson.title


def _prompt(subject: str) -> dict[str, str]:
    return {
        "title": clip(words.PROMPT_TITLE.format(subject=subject), MAX_TITLE),
        "message": clip(words.PROMPT_MESSAGE.format(subject=subject), MAX_PROMPT),
    }
