"""Files a learner can open: a figure's own, and copies of what was drawn or exported."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from bot.replies import Document, Picture
from knowledge.models import Course

FIGURE = "figure:"
PICTURES = "pictures"
EXPORTS = "exports"
OWNER_ONLY = 0o600

Locate = Callable[[Picture], Path | None]
"""Where a picture can be opened, if anywhere."""


class Files:
    """Find or write files below the data folder. None comes back where that cannot be done."""

    def __init__(self, course: Course, data: Path) -> None:
        """Look in `course`, and write below the folder `data`."""
        self._figures = {
            f"{FIGURE}{lesson.slug}/{figure.path.name}": figure.path
            for lesson in course.lessons
            for section in lesson.sections
            for figure in section.figures
        }
        self._data = data

    def picture(self, picture: Picture) -> Path | None:
        """Return the PNG file of a picture; one that was drawn is named after its bytes."""
        known = self._figures.get(picture.source)
        if known is not None:
            return known if known.is_file() else None
        name = f"{hashlib.sha256(picture.png).hexdigest()[:16]}.png"
        return self._write(self._data / PICTURES / name, picture.png) if picture.png else None

    def document(self, document: Document) -> Path | None:
        """Write a document, for its owner's eyes alone, and return where."""
        path = self._data / EXPORTS / Path(document.name).name
        return self._write(path, document.text.encode())

    def _write(self, path: Path, content: bytes) -> Path | None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=OWNER_ONLY)
            path.write_bytes(content)
        except OSError:
            # Read-only or full: what the file says is told in words all the same.
            return None
        return path


def short(path: Path) -> str:
    """Return a path as a person would write it: from the home folder where it is below."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
