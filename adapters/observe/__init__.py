"""Logs and metrics of a server, set up once at its start."""
