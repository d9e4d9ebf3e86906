"""The few sentences that belong to Slack alone; the course's own words live in prompts/."""

from __future__ import annotations

FAILED_TITLE = "Not sent"
FAILED = (
    "Something went wrong on our side, and nothing you did is lost. Please try again; "
    "if it happens again, tell your course team this number: {error_id}."
)
EXTERNAL = (
    "This course is open to members of the workspace that runs it. "
    "Ask your host there if you would like to take part."
)
NOT_SAID = (
    "Slack does not tell me just now whether you run this workspace, so nothing was done. "
    "Please try again in a minute. If it goes on, ask whoever runs this bot to look at the "
    "scope users:read, or to name you in SEMINAR_MODERATORS."
)
NO_WORDS = "That message has no words that I could read: ask me about it in your own, with /ask."
BLANK = "Please write something here: spaces alone say nothing."
FORM_LATE = "That took too long for Slack to open the form. Please press the button once more."
STOPPED = "Stopped. Ask again whenever you like."
CONTINUED = "(continued)"
MORE = "There is more to this than fits here."
WORKING = "Working on it…"
DASHBOARD = "Back to the dashboard"
CLOSE = "Cancel"
OPEN_SOURCE = "[{number}] Open"
PROMPTS_TITLE = "Ask about the course"
PROMPT_TITLE = "What “{subject}” means"
PROMPT_MESSAGE = "What does “{subject}” mean, and why does it matter?"
LOADING = ("Reading the course…", "Finding the passage…", "Checking the numbers…")
STATUS = "is reading the course…"
NOT_READY = "starting or stopping"
READY = "ready"
ALIVE = "alive"
LAB_IN_THREAD = (
    "The lab goes on in the thread under your message: what you write there is part of it."
)
LAB_IN_CHAT = (
    "That was a question by itself. Your lab goes on in our direct messages: only what you write "
    "there counts for it."
)
HANDED_OVER = "`{name}` is waiting for you in our direct messages."
