"""The figures of a lesson: lines such as `![alt](figures/name.png "Caption")`."""

from __future__ import annotations

import re
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

from knowledge.catalog.files import picture
from knowledge.catalog.limits import MAX_ALT, MAX_CAPTION
from knowledge.catalog.markdown import plain
from knowledge.catalog.problems import BadFileError, Problems, quoted
from knowledge.models import Figure

_FIGURE = re.compile(
    r"""!\[(?P<alt>(?:\\.|[^\\\]])*)\]
        \(\s*(?:<(?P<bracketed>[^<>]*)>|(?P<bare>[^\s<>"]+?))
        (?:\s+"(?P<caption>(?:\\.|[^\\"])*)")?\s*\)""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_EXAMPLE = '![what the picture shows](figures/name.png "Caption")'


def is_figure(line: str) -> bool:
    """Tell whether a line begins like a figure of its own."""
    return line.lstrip().startswith("![")


def read_figure(root: Path, file: str, number: int, line: str, problems: Problems) -> Figure | None:
    """Return the figure on line `number` of the lesson `file`, or None after noting why not."""
    match = _FIGURE.fullmatch(line.strip())
    if not match:
        problems.add(file, number, "this figure cannot be read", f"write it alone as {_EXAMPLE}")
        return None
    target = unquote(match["bracketed"] or match["bare"] or "")
    alt, caption = _unescaped(match["alt"]), plain(_unescaped(match["caption"] or ""))
    faults = [*_faults_of_text(alt, caption, target)]
    path = None
    try:
        path = _picture(root, file, target)
    except BadFileError as fault:
        faults.append((f"figure {quoted(target)}: {fault.message}", fault.remedy))
    for message, remedy in faults:
        problems.add(file, number, message, remedy)
    return Figure(path, alt, caption) if path and not faults else None


def _picture(root: Path, file: str, target: str) -> Path:
    if _SCHEME.match(target):
        raise BadFileError("a link is not a file", "copy the picture into the course folder")
    if target.startswith("/") or PureWindowsPath(target).anchor:
        raise BadFileError("the path is absolute", "write it from the lesson's folder")
    return picture(root, f"{Path(file).parent.as_posix()}/{target}")


def _faults_of_text(alt: str, caption: str, target: str) -> list[tuple[str, str]]:
    faults = []
    if not alt:
        message = f"figure {quoted(target)} has no alt text"
        faults.append((message, "say between the square brackets what the picture shows"))
    for name, text, limit in (("alt text", alt, MAX_ALT), ("caption", caption, MAX_CAPTION)):
        if len(text) > limit:
            message = f"the {name} has {len(text)} characters, and at most {limit} are allowed"
            faults.append((message, "shorten it"))
    return faults


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text).strip()
