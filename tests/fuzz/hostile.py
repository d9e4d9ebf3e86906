"""Text as the world sends it; what once broke a parser stays in the list."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("SEMINAR_FUZZ", "60"))
"""Examples a test; set SEMINAR_FUZZ to thousands for a long run."""

fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

KEPT = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "tide \udfff?",
    "\u202eedit\u2066",
    "\u2028\u2029\x85",
    "²",
    "٣",
    "1e999",
    "-0",
    "9" * 5000,
    "quiz ²",
    "lesson ٣",
    "s1:quiz:-:²:x",
    "s1:quiz::0:" + "9" * 400,
    "[" * 500,
    "{" * 500,
    "`" * 500,
    "|" * 500,
    "> " * 300,
    "- " * 300,
    "#" * 100,
    "<@U1|x> <!channel> <https://e.test|h>",
    "'; DROP TABLE learner; --",
    "%s %(x)s {0} {x}",
    "../../etc/passwd",
    '=HYPERLINK("https://e.test")',
    "😀" * 300,
    "a" * 100_000,
)

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
"""Any text at all, lone surrogates included: JSON can carry them."""

hostile = st.one_of(st.sampled_from(KEPT), any_text)

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | hostile,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hostile, inner, max_size=4),
    max_leaves=12,
)
