"""What a learner wrote, without Slack's markup."""

from __future__ import annotations

import pytest

from adapters.slack.wording import mentions, plain_words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@UBOT> quiz 1", "quiz 1"),
        ("is 3 &lt; 4 &amp; 5 &gt; 4?", "is 3 < 4 & 5 > 4?"),
        (
            "see <https://a.test/x|the paper> and <https://b.test>",
            "see the paper and https://b.test",
        ),
        ("ask <@UADA> in <#C1|help>", "ask @UADA in #help"),
        ("<!here> <!subteam^S1|@staff>", "@here @@staff"),
        ("a <b", "a <b"),
    ],
)
def test_words_are_read_as_they_were_meant(written: str, meant: str) -> None:
    assert plain_words(written, "UBOT") == meant


def test_a_mention_is_of_one_user() -> None:
    assert mentions("hey <@UBOT|seminar>", "UBOT")
    assert not mentions("hey <@UBOTTLE>", "UBOT")
    assert not mentions("hey", "")
