"""A database that was made without a locale keeps what learners write all the same."""

from __future__ import annotations

import psycopg
from sqlalchemy import text

from bot.store.database import open_database
from bot.store.migrate import migrate
from tests.postgres.cluster import Cluster

WORDS = "Why “½” – и почему 🌊?"


def test_text_comes_back_from_a_database_in_ascii(postgres: Cluster) -> None:
    url = postgres.create()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE without_locale ENCODING 'SQL_ASCII' TEMPLATE template0 "
            "LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    database = open_database(f"{url.rpartition('/')[0]}/without_locale")
    migrate(database)
    with database.begin() as connection:
        kept = connection.execute(text("SELECT CAST(:words AS text)"), {"words": WORDS}).scalar()
    database.dispose()
    assert kept == WORDS
