"""What the options of commands share: their length, what is offered while typing, where they go."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from discord.app_commands import Range

from adapters.discord.choices import Offer, listed
from adapters.discord.events import Interaction
from adapters.discord.moderators import moderates
from knowledge.models import Course

Short = Range[str, 1, 100]
Completer = Callable[[Interaction, str], Coroutine[Any, Any, Offer]]


async def run(interaction: Interaction, name: str, /, **args: str | None) -> None:
    """Give a command to the desk, with those of its options that were filled in."""
    given = {key: value for key, value in args.items() if value}
    await interaction.client.desk.command(interaction, name, given)


def from_course(offer: Callable[[Course, str], Offer]) -> Completer:
    """Offer what the running course has."""

    async def complete(interaction: Interaction, typed: str) -> Offer:
        return offer(interaction.client.desk.core.course, typed)

    return complete


def fixed(offer: Callable[[str], Offer]) -> Completer:
    """Offer what is the same for everybody."""

    async def complete(_: Interaction, typed: str) -> Offer:
        return offer(typed)

    return complete


def one_of(values: Sequence[str]) -> Completer:
    """Offer a few fixed values."""
    return fixed(lambda typed: listed(values, typed))


def for_moderators(complete: Completer) -> Completer:
    """Offer nothing to anybody else."""

    async def guarded(interaction: Interaction, typed: str) -> Offer:
        return await complete(interaction, typed) if moderates(interaction) else []

    return guarded
