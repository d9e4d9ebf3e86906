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

MEANT = (
    "s1:quiz:3aFx:2:lesson/1",
    "lesson 2",
    "128k",
    "1,5 GiB",
    "32 heads",
    "how large is the KV cache of Llama 3 70B at 128k tokens for 8 users in fp16?",
    "what if fp8? and 1M context on 4 × H100?",
    '{"num_hidden_layers": 32, "hidden_size": 4096, "num_attention_heads": 32}',
    'title = "Tides"\npass_mark = 80\n',
    '[[question]]\ntext = "Why?"\noptions = ["a", "b", "c", "d"]\nkey = "B"\nwhy = "So."\n',
    "# Tides\n\n## The moon\n\nIt **pulls** the `sea` [1].\n\n- one\n  - two\n\n> said\n",
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```formula\nQKᵀ/√d\n```\n\n![alt](figures/1.png)\n",
    "Because 16 × 16 = 250 [1][2]. See [here](https://e.test/x) <@U1> @everyone.\n\n1. One.",
    "<think>no</think>It is 2^10 bytes, about 1 KB (source 1).",
    "slack:U12,discord:34,discord-role:56",
)
"""What people, models and files do say: where coverage-guided fuzzing begins."""

MEANING = (
    *("[", "](", "![", "[1]", "<@", "<!", "<#", "|", "||", "@", "`", "```", "**", "~~", "> ", "- "),
    *("1. ", "# ", "$", "\\", "\n\n", "|---|", "https://", "<b>", "</", "&amp;", ":smile:"),
    *(
        "num_hidden_layers=",
        "head_dim=",
        "sliding_window=",
        "text_config={",
        "quantization_config=",
    ),
    *("{", "}", '":', "null", "1e9", "[[question]]", 'key = "', '"""', "= [", "k", "KiB", "×"),
    *(" = ", "^", "fp16", "tokens", "GB", "xoxb-", "sk-", "Bearer ", "\u202e", "\u200b", "²", "𝕏"),
    *("<think>", "quiz ", "lesson ", ":", "discord-role:", "\x1b[31m", "\x00", "\u2028"),
)
"""Pieces of text that mean something to some parser."""

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
"""Any text at all, lone surrogates included: JSON can carry them."""

hostile = st.one_of(st.sampled_from(KEPT), any_text)

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | hostile,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hostile, inner, max_size=4),
    max_leaves=12,
)
