"""The limits of a course, so that every platform can draw it. Lengths are in characters."""

from __future__ import annotations

MAX_FILE_BYTES = 1_000_000
MAX_FIGURE_BYTES = 8 * 1024 * 1024  # Discord takes 10 MiB, Slack and the terminal more

# A Slack header takes 150 characters and a Discord embed title 256; a number often goes before.
MAX_TITLE = 100
MAX_DESCRIPTION = 1000
MAX_ID = 64
MAX_LESSONS = 1000

MAX_QUESTIONS = 500
MIN_OPTIONS = 2
MAX_OPTIONS = 10  # a Discord or Slack radio group holds 10
MAX_HINTS = 3

# A question and its ten options stand in one message: 600 + 10 * 200 fits Slack's 3000.
MAX_QUESTION = 600
MAX_OPTION = 200
MAX_WHY = 600
MAX_HINT = 300

MAX_ASKS = 500
MAX_ABOUT = 300
MAX_WAYS = 20
MAX_WAY = 200

MAX_MISSION = 1000
MAX_OPENING = 1000
MAX_START = 300
DEFAULT_EXCHANGES = 3
MAX_EXCHANGES = 10

MAX_TERM = 100
MAX_MEANING = 600
MAX_ALT = 1000  # Discord takes 1024 and Slack 2000
MAX_CAPTION = 300

MAX_COOLDOWN_HOURS = 8760  # a year
MAX_ATTEMPTS = 1000
