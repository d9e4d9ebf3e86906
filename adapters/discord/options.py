"""What the options of commands share: their length, what is offered while typing, where they go."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from discord.app_commands import Choice, Range

from adapters.discord import words
from adapters.discord.choices import Offer, listed
from adapters.discord.events import Interaction
from adapters.discord.moderators import moderates
from bot.observe.faults import report
from knowledge.models import Course

Short = Range[str, 1, 100]
Completer = Callable[[Interaction, str], Coroutine[Any, Any, Offer]]


async def run(interaction: Interaction, name: str, /, **args: str | None) -> None:
    """Give a command to the desk, with those of its options that were filled in."""
    given = {key: value for key, value in args.items() if value}
    await interaction.client.desk.command(interaction, name, given)


def from_course(offer: Callable[[Course, str], Offer]) -> Completer:
    """Offer what the running course has."""
    return _kindly(lambda interaction, typed: offer(interaction.client.desk.core.course, typed))


def fixed(offer: Callable[[str], Offer]) -> Completer:
    """Offer what is the same for everybody."""
    return _kindly(lambda _, typed: offer(typed))


def one_of(values: Sequence[str]) -> Completer:
    """Offer a few fixed values."""
    return fixed(lambda typed: listed(values, typed))


def _kindly(offer: Callable[[Interaction, str], Offer]) -> Completer:
    """Offer what was typed itself where nothing can be found, under the code of the fault."""

    async def complete(interaction: Interaction, typed: str) -> Offer:
        try:
            return offer(interaction, typed)
        except Exception as problem:  # noqa: BLE001 (the library would hide it, and offer nothing)
            told = words.NO_OFFER.format(error=report(problem, happening="autocomplete"))
            return [Choice(name=told, value=typed or told)]

    return complete


def for_moderators(complete: Completer) -> Completer:
    """Offer nothing to anybody else."""

    async def guarded(interaction: Interaction, typed: str) -> Offer:
        return await complete(interaction, typed) if moderates(interaction) else []

    return guarded
