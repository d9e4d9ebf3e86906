"""The words that only the Discord adapter says; all others come from the core."""

from __future__ import annotations

ACTIVITY = "/learn to start"

BLANK = "…"
MORE = "More"
SOURCES = "Sources"
OPEN = "[{number}] Open"
WRITING = "Writing…"
THINKING = "Thinking…"
SHORTENED = "This text was too long for one answer here, so its end is left out."

POINTER = (
    "Your answer is for you alone: press the button to see it here, or write to me in a "
    "direct message."
)
POINTER_BUTTON = "Show my answer"
NOT_YOURS = (
    "That question was somebody else's. Ask me your own with /ask, and only you see the answer."
)
MESSAGE_GONE = "I cannot see that message any more: ask your question with /ask."
CANNOT_READ = (
    "In this thread I can read only messages that mention me: mention me, press Reply on the "
    "card, or write to me in a direct message."
)
NO_TEXT = "That message has no text that I could read: use /ask with your question."
CLOSING = "I am restarting, and nothing was changed: please try again in a minute."
OUT_OF_DATE = "That command has just changed: close this message box, wait a minute and try again."
FAULT = (
    "Something went wrong on my side, and nothing of yours was lost. Please try again; if it "
    "happens again, tell the people who run this bot the code {error}."
)

NO_OFFER = "I cannot suggest anything just now: type it in full. Code {error}"

ASK_ABOUT = "Ask the tutor about this"

COMMANDS = {
    "learn": "Where you are in the course, and the next step",
    "lesson": "Read a lesson, page by page",
    "quiz": "Take the short quiz of a lesson",
    "lab": "Work with the tutor on the lab of a lesson",
    "test": "Take the module test, or go on with it",
    "ask": "Ask a question about the course",
    "calc": "Compute what attention or a KV cache costs",
    "calc kv": "Memory of a model's KV cache, step by step",
    "calc attention": "Cost of attention at a context length, step by step",
    "progress": "See how far you are",
    "review": "Review what you found hard",
    "privacy": "What is kept about you; export it or delete it",
    "help": "What I can do",
}

OPTIONS = {
    "lesson": "Which lesson; the next one for you if left out",
    "question": "Your question, in your own words",
    "model": "A model, such as Llama 2 70B",
    "context": "Tokens of context, such as 32K or 131072",
    "users": "Sequences held at once, such as 100",
    "dtype": "Element type of the cache, such as fp16 or int8",
    "gpu": "A GPU, to see whether it fits",
    "baseline": "A shorter length to compare with, such as 8K",
}

ADMIN = {
    "admin": "Run the class",
    "overview": "How the class stands",
    "learner": "One learner's record",
    "items": "Which questions work, and which do not",
    "questions": "What learners asked that the course does not cover",
    "reset": "Let a learner begin a part again; can be undone",
    "grant": "Make an exception for a learner, with a reason",
    "regrade": "Mark anew after a question was corrected",
    "export": "The gradebook as a file",
    "settings": "The rules of the class",
    "announce": "Tell everybody in this channel",
    "course": "The course that is taught",
    "course reload": "Read the course's files again; a bad course changes nothing",
    "reindex": "Index the course again",
    "audit": "Who did what, when and to whom",
}

ADMIN_OPTIONS = {
    "user": "Whose record",
    "asked": "The test, or a lesson's quiz",
    "what": "Which part, or all",
    "grant": "What is allowed once more",
    "reason": "Why, for the record",
    "format": "For a spreadsheet, or for a program",
    "names": "With names, or with pseudonyms",
    "name": "Which rule; all are shown if left out",
    "value": "Its new value; its choices are shown if left out",
    "text": "The announcement; a form opens if left out",
}
