"""The slash commands and the message menu: names and options here, meaning in the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Range

from adapters.discord import choices, words
from adapters.discord.admin import admin
from adapters.discord.events import Interaction
from adapters.discord.options import Short, fixed, from_course, one_of, run
from adapters.discord.reading import text_of
from bot.commands.words import COMMANDS
from bot.flows.talk import MAX_QUESTION

if TYPE_CHECKING:
    from adapters.discord.bot import SeminarBot

Question = Range[str, 1, MAX_QUESTION]

LESSONS = from_course(choices.lessons)
MODELS, GPUS = fixed(choices.models), fixed(choices.gpus)
DTYPES, LENGTHS = one_of(choices.DTYPES), one_of(choices.LENGTHS)


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
        await desk.fault(interaction, getattr(error, "original", error))


@app_commands.command(name="learn", description=words.COMMANDS["learn"])
async def learn(interaction: Interaction) -> None:
    """Show where the learner stands."""
    await run(interaction, "learn")


@app_commands.command(name="lesson", description=words.COMMANDS["lesson"])
@app_commands.describe(lesson=words.OPTIONS["lesson"])
@app_commands.autocomplete(lesson=LESSONS)
async def lesson(interaction: Interaction, lesson: Short | None = None) -> None:
    """Open a lesson."""
    await run(interaction, "lesson", lesson=lesson)


@app_commands.command(name="quiz", description=words.COMMANDS["quiz"])
@app_commands.describe(lesson=words.OPTIONS["lesson"])
@app_commands.autocomplete(lesson=LESSONS)
async def quiz(interaction: Interaction, lesson: Short | None = None) -> None:
    """Open a quiz."""
    await run(interaction, "quiz", lesson=lesson)


@app_commands.command(name="lab", description=words.COMMANDS["lab"])
@app_commands.describe(lesson=words.OPTIONS["lesson"])
@app_commands.autocomplete(lesson=LESSONS)
async def lab(interaction: Interaction, lesson: Short | None = None) -> None:
    """Open a lab."""
    await run(interaction, "lab", lesson=lesson)


@app_commands.command(name="test", description=words.COMMANDS["test"])
async def test(interaction: Interaction) -> None:
    """Open the module test."""
    await run(interaction, "test")


@app_commands.command(name="ask", description=words.COMMANDS["ask"])
@app_commands.describe(question=words.OPTIONS["question"])
async def ask(interaction: Interaction, question: Question) -> None:
    """Ask the tutor."""
    await run(interaction, "ask", question=question)


@app_commands.command(name="progress", description=words.COMMANDS["progress"])
async def progress(interaction: Interaction) -> None:
    """Show the learner's progress."""
    await run(interaction, "progress")


@app_commands.command(name="review", description=words.COMMANDS["review"])
async def review(interaction: Interaction) -> None:
    """Open a review."""
    await run(interaction, "review")


@app_commands.command(name="privacy", description=words.COMMANDS["privacy"])
async def privacy(interaction: Interaction) -> None:
    """Show what is kept about the learner."""
    await run(interaction, "privacy")


@app_commands.command(name="help", description=words.COMMANDS["help"])
async def help_(interaction: Interaction) -> None:
    """Show what the bot can do."""
    await run(interaction, "help")


calc = app_commands.Group(name="calc", description=words.COMMANDS["calc"])


@calc.command(name="kv", description=words.COMMANDS["calc kv"])
@app_commands.describe(
    **{name: words.OPTIONS[name] for name in ("model", "context", "users", "dtype", "gpu")}
)
@app_commands.autocomplete(model=MODELS, context=LENGTHS, dtype=DTYPES, gpu=GPUS)
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
    await run(interaction, "calc", kind="kv", **given)


@calc.command(name="attention", description=words.COMMANDS["calc attention"])
@app_commands.describe(
    **{name: words.OPTIONS[name] for name in ("context", "baseline", "model", "dtype")}
)
@app_commands.autocomplete(context=LENGTHS, baseline=LENGTHS, model=MODELS, dtype=DTYPES)
async def calc_attention(
    interaction: Interaction,
    context: Short,
    baseline: Short | None = None,
    model: Short | None = None,
    dtype: Short | None = None,
) -> None:
    """Compute the cost of attention."""
    given = {"context": context, "baseline": baseline, "model": model, "dtype": dtype}
    await run(interaction, "calc", kind="attention", **given)


@app_commands.context_menu(name=words.ASK_ABOUT)
async def ask_about(interaction: Interaction, message: discord.Message) -> None:
    """Ask the tutor about a message."""
    text = text_of(message)[:MAX_QUESTION]
    if text:
        await run(interaction, "ask", question=text)
    else:
        await interaction.client.desk.say(interaction, words.NO_TEXT)
