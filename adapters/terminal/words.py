"""Every sentence of the terminal's own; what the tutor says comes from the core."""

from __future__ import annotations

LOOKING_UP = "Looking it up"
ONE_MOMENT = "One moment"
PREPARING = "Preparing the search index {percent}%"
STOPPED = "Stopped. Nothing you did before is lost."
FAULT = (
    "Something went wrong here, and nothing you did before is lost. Please try again; if it "
    "happens again, tell whoever runs this program the code {error}: its log has it."
)
FAREWELL = "Goodbye. Your progress is saved: come back and go on where you were."
LEAVE_HINT = "Press Ctrl-C again, or Ctrl-D, to leave."

NOT_UTF8 = "I skipped that line: it is not UTF-8 text."
CONTROL = "I skipped that line: it holds control characters, so send plain text."
TOO_LONG = "I skipped that line: it is longer than {limit} characters, so send a shorter one."
NO_CHOICES = "There is nothing to choose by number here: type a command or a question."
NO_SUCH_NUMBER = (
    'There is no choice {number}: choose {range}, or put a number in words, like "it is {number}".'
)
NO_SUCH_LETTER = "There is no answer {letter}: choose {range}."
NO_LETTERS = (
    "There are no answers to choose by letter here: type quiz or test to go on with one, or ask in "
    "words."
)
GO_ON = ("next", "continue", "go on", "ok", "start")
"""What people type for the button that leads on, as Enter does."""
LEAVE = ("quit", "exit")
"""What people type to leave, as Ctrl-D does."""
FIELD_NEEDED = "{label} is needed, so nothing was sent."
FIELD_TOO_LONG = "{label} may be at most {limit} characters, so nothing was sent."
FORM_DROPPED = "Nothing was sent."

ENTER = "Enter ↵"
UNFOLD = "list"
FOLDED = "type list to see them"
PLAIN_ENTER = "(Enter)"
MORE = "Enter for more, q to stop"
LEFT = "{lines} lines left"
LAST_LINE = "1 line left"
PICTURE = "Picture"
PICTURE_FILE = "Picture file: {path}"

PLACEHOLDER = "Type a number, a command or a question"
PLACEHOLDER_PRIMARY = "Enter ↵ {label}"
KEY_NUMBER = "{range} choose"
KEY_LETTER = "{range} answer"
KEY_HELP = "help"
KEY_COMPLETE = "Tab complete"
KEY_LEAVE = "Ctrl-D leave"


def span(first: object, last: object) -> str:
    """Return "1 to 5", or "1" where both ends are the same."""
    return str(first) if first == last else f"{first} to {last}"


def dash(first: object, last: object) -> str:
    """Return "1-5", or "1" where both ends are the same."""
    return str(first) if first == last else f"{first}-{last}"
