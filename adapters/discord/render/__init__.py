"""Replies drawn for Discord: pure functions from a reply to what a message carries."""
