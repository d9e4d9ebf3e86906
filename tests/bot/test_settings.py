"""The operator's list of moderators: read, checked, and explained where it is wrong."""

from __future__ import annotations

import click
import pytest

from adapters.cli import options
from bot.settings import Settings


def listed(text: str) -> Settings:
    return Settings(moderators=text, _env_file=None)  # type: ignore[call-arg,arg-type]


def test_a_list_names_people_and_roles() -> None:
    made = listed(" slack:U0123, discord:456,discord-role:789, ")
    assert made.moderators == {"slack:U0123", "discord:456", "discord-role:789"}
    assert made.discord_moderator_roles == {789}
    assert listed("").moderators == frozenset()


@pytest.mark.parametrize(
    "wrong", ["ada", "slack:@ada", "discord:ada", "discord-role:", "terminal:ada", "slack:U1 W2"]
)
def test_an_entry_that_names_nobody_is_told_in_one_sentence(
    wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEMINAR_MODERATORS", f"slack:U0123,{wrong}")
    with pytest.raises(click.UsageError) as told:
        options.settings()
    assert told.value.message == (
        f"SEMINAR_MODERATORS: “{wrong}” names nobody: write ids such as slack:U0123, discord:456 "
        "or discord-role:789, with commas between."
    )
