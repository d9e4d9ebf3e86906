"""Fill the pictures of a reply with their bytes: a course's figures, a calculation's charts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.calculator.chart import draw
from bot.calculator.charts import decode
from bot.commands.admin.figures import CLASS
from bot.replies import Card, Picture, Reply
from knowledge.models import Course

FIGURE = "figure:"
CHART = "chart:"


class Pictures:
    """Draws and reads the pictures of one course's replies."""

    def __init__(self, course: Course) -> None:
        self._figures = {
            f"{FIGURE}{lesson.slug}/{figure.path.name}": figure.path
            for lesson in course.lessons
            for section in lesson.sections
            for figure in section.figures
        }

    async def fill(self, reply: Reply) -> Reply:
        """Return the reply with its pictures' bytes; one that cannot be had keeps its words."""
        match reply:
            case Card(pictures=pictures) if pictures:
                filled = [await asyncio.to_thread(self._fill, picture) for picture in pictures]
                return replace(reply, pictures=tuple(filled))
            case Picture():
                return await asyncio.to_thread(self._fill, reply)
            case _:
                return reply

    def _fill(self, picture: Picture) -> Picture:
        if picture.source in self._figures:
            return replace(picture, png=_read(self._figures[picture.source]))
        if picture.source.startswith(CHART):
            png, alt = _draw(picture.source.removeprefix(CHART))
            return replace(picture, png=png, alt=picture.alt or alt)
        if picture.source.startswith(CLASS):
            return replace(picture, png=_draw_class(picture.source.removeprefix(CLASS)))
        return picture


@lru_cache(maxsize=64)
def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@lru_cache(maxsize=64)
def _draw(chart: str) -> tuple[bytes, str]:
    drawn = draw(decode(chart))
    return drawn.png, drawn.alt


def _draw_class(source: str) -> bytes:
    from bot.commands.admin import drawing, figures  # noqa: PLC0415 (matplotlib is slow to import)

    return drawing.draw(figures.read(source))
