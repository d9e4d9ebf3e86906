"""The slash commands and the message menu: names and options here, meaning in the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Range

from adapters.discord import choices, words
from adapters.discord.admin import admin
from bot.commands.words import COMMANDS
from bot.flows.talk import MAX_QUESTION

if TYPE_CHECKING:
    from adapters.discord.bot import SeminarBot

Interaction = discord.Interaction[Any]
Short = Range[str, 1, 100]
Question = Range[str, 1, MAX_QUESTION]


def add_commands(tree: app_commands.CommandTree[SeminarBot]) -> None:
    """Add every command that the core knows, the moderators', and the message menu."""
    known: list[app_commands.Command[Any, ..., Any] | app_commands.Group] = [
        *(learn, lesson, quiz, lab, test, ask, calc, progress, review, privacy, help_)
    ]
    for command in known:
        if command.name in COMMANDS:
            tree.add_command(command)
    tree.add_command(admin)
    tree.add_command(ask_about)
    tree.error(failed)


async def failed(interaction: Interaction, error: app_commands.AppCommandError) -> None:
    """Answer kindly where a command could not even begin."""
    desk = interaction.client.desk
    if isinstance(error, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
        await desk.say(interaction, words.OUT_OF_DATE)
    else:
        await desk.fault(interaction, error)


async def _run(interaction: Interaction, name: str, **args: str | None) -> None:
    given = {key: value for key, value in args.items() if value}
    await interaction.client.desk.command(interaction, name, given)


async def _lessons(interaction: Interaction, typed: str) -> choices.Offer:
    return choices.lessons(interaction.client.desk.core.course, typed)


async def _models(_: Interaction, typed: str) -> choices.Offer:
    return choices.models(typed)


async def _gpus(_: Interaction, typed: str) -> choices.Offer:
    return choices.gpus(typed)


async def _dtypes(_: Interaction, typed: str) -> choices.Offer:
    return choices.listed(choices.DTYPES, typed)


async def _lengths(_: Interaction, typed: str) -> choices.Offer:
    return choices.listed(choices.LENGTHS, typed)


@app_commands.command(name="learn", description=words.COMMANDS["learn"])
async def learn(interaction: Interaction) -> None:
    """Show where the learner stands."""
    await _run(interaction, "learn")


@app_commands.command(name="lesson", description=words.COMMANDS["lesson"])
@app_commands.describe(lesson=words.OPTIONS["lesson"])
@app_commands.autocomplete(lesson=_lessons)
async def lesson(interaction: Interaction, lesson: Short | None = None) -> None:
    """Open a lesson."""
    await _run(interaction, "lesson", lesson=lesson)


@app_commands.command(name="quiz", description=words.COMMANDS["quiz"])
@app_commands.describe(lesson=words.OPTIONS["lesson"])
@app_commands.autocomplete(lesson=_lessons)
async def quiz(interaction: Interaction, lesson: Short | None = None) -> None:
    """Open a quiz."""
    await _run(interaction, "quiz", lesson=lesson)


@app_commands.command(name="lab", description=words.COMMANDS["lab"])
@app_commands.describe(lesson=words.OPTIONS["lesson"])
@app_commands.autocomplete(lesson=_lessons)
async def lab(interaction: Interaction, lesson: Short | None = None) -> None:
    """Open a lab."""
    await _run(interaction, "lab", lesson=lesson)


@app_commands.command(name="test", description=words.COMMANDS["test"])
async def test(interaction: Interaction) -> None:
    """Open the module test."""
    await _run(interaction, "test")


@app_commands.command(name="ask", description=words.COMMANDS["ask"])
@app_commands.describe(question=words.OPTIONS["question"])
async def ask(interaction: Interaction, question: Question) -> None:
    """Ask the tutor."""
    await _run(interaction, "ask", question=question)


@app_commands.command(name="progress", description=words.COMMANDS["progress"])
async def progress(interaction: Interaction) -> None:
    """Show the learner's progress."""
    await _run(interaction, "progress")


@app_commands.command(name="review", description=words.COMMANDS["review"])
async def review(interaction: Interaction) -> None:
    """Open a review."""
    await _run(interaction, "review")


@app_commands.command(name="privacy", description=words.COMMANDS["privacy"])
async def privacy(interaction: Interaction) -> None:
    """Show what is kept about the learner."""
    await _run(interaction, "privacy")


@app_commands.command(name="help", description=words.COMMANDS["help"])
async def help_(interaction: Interaction) -> None:
    """Show what the bot can do."""
    await _run(interaction, "help")


calc = app_commands.Group(name="calc", description=words.COMMANDS["calc"])


@calc.command(name="kv", description=words.COMMANDS["calc kv"])
@app_commands.describe(
    **{name: words.OPTIONS[name] for name in ("model", "context", "users", "dtype", "gpu")}
)
@app_commands.autocomplete(model=_models, context=_lengths, dtype=_dtypes, gpu=_gpus)
async def calc_kv(
    interaction: Interaction,
    model: Short,
    context: Short,
    users: Short | None = None,
    dtype: Short | None = None,
    gpu: Short | None = None,
) -> None:
    """Compute the size of a KV cache."""
    given = {"model": model, "context": context, "users": users, "dtype": dtype, "gpu": gpu}
    await _run(interaction, "calc", kind="kv", **given)


@calc.command(name="attention", description=words.COMMANDS["calc attention"])
@app_commands.describe(
    **{name: words.OPTIONS[name] for name in ("context", "baseline", "model", "dtype")}
)
@app_commands.autocomplete(context=_lengths, baseline=_lengths, model=_models, dtype=_dtypes)
async def calc_attention(
    interaction: Interaction,
    context: Short,
    baseline: Short | None = None,
    model: Short | None = None,
    dtype: Short | None = None,
) -> None:
    """Compute the cost of attention."""
    given = {"context": context, "baseline": baseline, "model": model, "dtype": dtype}
    await _run(interaction, "calc", kind="attention", **given)


@app_commands.context_menu(name=words.ASK_ABOUT)
async def ask_about(interaction: Interaction, message: discord.Message) -> None:
    """Ask the tutor about a message."""
    text = message.content.strip()
    if text:
        await _run(interaction, "ask", question=text[:MAX_QUESTION])
    else:
        await interaction.client.desk.say(interaction, words.NO_TEXT)
