"""What can be wrong with the program's own parts: each check returns what it found."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable

from sqlalchemy import make_url

from adapters.checks import Finding, bad, good, unset
from adapters.compose import library
from bot.errors import StoreError
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.migrate import HEAD, revision
from knowledge.catalog import check_course, load_course
from knowledge.errors import KnowledgeError

LEAST_FREE = 500_000_000
"""Bytes that the data folder's disk should have free: the index and a growing class's records."""

QUESTION = "What is this course about?"
SEARCH_SECONDS = 300.0


def course(settings: Settings) -> Finding:
    """Whether the course can be taught."""
    report = check_course(settings.course)
    if report.course is None or report.problems:
        many = f"{len(report.problems)} problems, such as {report.problems[0]}"
        return bad("course", many, f"Run seminar course check {settings.course}.")
    return good("course", f"{report.course.title}, {report.lessons} lessons")


def data_folder(settings: Settings) -> Finding:
    """Whether the data folder can be written, by its owner alone, and has room."""
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        return bad("data folder", f"{folder}: {problem.strerror}", "Choose another with --data.")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return bad("data folder", f"{folder} has {free // 1_000_000} MB free", "Make room there.")
    if os.name == "posix" and folder.stat().st_mode & 0o007:
        return good("data folder", f"{folder}; others may look into it: chmod o-rwx {folder}")
    return good("data folder", str(folder))


def records(settings: Settings) -> Finding:
    """Whether the database answers, and which schema it has; nothing is changed."""
    try:
        engine = open_database(settings.database)
    except StoreError as problem:
        return bad("records", "cannot be opened", str(problem))
    try:
        schema = revision(engine)
        begun = time.perf_counter()
        revision(engine)
        took = f"{(time.perf_counter() - begun) * 1000:.1f} ms a question"
    except StoreError as problem:
        return bad("records", "cannot be used", str(problem))
    finally:
        engine.dispose()
    where = make_url(settings.database).render_as_string(hide_password=True)
    if schema is None:
        return good("records", f"{where}, empty; the first start makes the tables")
    upgrade = "" if schema == HEAD else f"; the next start upgrades it to {HEAD}"
    return good("records", f"{where}, schema {schema}{upgrade}, {took}")


def search(settings: Settings) -> Finding:
    """Whether the encoder loads, and the index can be made and searched."""
    begun = time.perf_counter()
    try:
        found = library(load_course(settings.course), settings)
        found.find(QUESTION, patience=SEARCH_SECONDS)
    except KnowledgeError as problem:
        return bad("search", f"cannot be used with {settings.encoder}", str(problem))
    where = settings.chroma_url or "the data folder"
    took = time.perf_counter() - begun
    return good("search", f"{settings.encoder}, index in {where}, ready in {took:.1f} s")


def model(settings: Settings) -> Finding:
    """Whether the language model is set up, and answers a question of one word."""
    if settings.model is None:
        remedy = "The offline tutor answers. For a model, set SEMINAR_MODEL=provider:name."
        return unset("language model", remedy)
    from bot.tutor.model.chat_model import open_chat_model  # noqa: PLC0415 (LangChain is slow)
    from bot.tutor.model.probe import probe  # noqa: PLC0415

    try:
        opened = open_chat_model(settings)
    except StoreError as problem:
        return bad("language model", settings.model, str(problem))
    probed = asyncio.run(probe(opened, settings.model))
    if probed.wrong:
        return bad("language model", f"{settings.model}, which learners do without", probed.wrong)
    return good("language model", f"{settings.model}, answered in {probed.seconds:.1f} s")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (course, data_folder, records, search, model)
"""Every check, the quick ones first."""
