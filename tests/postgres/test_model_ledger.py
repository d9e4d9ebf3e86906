"""Budgets, running calls and breakers hold on PostgreSQL as they do on SQLite."""

from __future__ import annotations

from tests.bot.store.test_model_ledger import *  # noqa: F403 (all of its tests)
