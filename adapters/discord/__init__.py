"""The Discord adapter: the course in servers and in direct messages."""

from adapters.discord.bot import create_bot

__all__ = ["create_bot"]
