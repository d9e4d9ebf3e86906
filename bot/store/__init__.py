"""Learners' records: tables, transactions and migrations. Nothing else talks to the database."""
