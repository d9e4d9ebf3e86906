"""A private PostgreSQL, made from Debian's packages on a free loopback port, and ended again."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from bot.store.database import open_database
from bot.store.migrate import migrate

PACKAGES = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "postgres")
ACCOUNT = "postgres"
"""Debian's account for PostgreSQL, which refuses to run as root."""

PORTS = (20_000, 32_768)
"""Below the ports that Linux gives to outgoing connections."""

PATIENCE = 30.0
"""Seconds that a start may take."""

SEND_AWAY = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
UNGUARDED = "SET session_replication_role = replica"
"""Without triggers, as only a superuser may: the audit lets nothing be deleted."""

EMPTY = """
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
    FOR one IN SELECT quote_ident(sequencename) FROM pg_sequences
    LOOP PERFORM setval(one::regclass, 1, false); END LOOP;
END $$
"""


class NoPostgresError(Exception):
    """Say in one sentence why no PostgreSQL can be had here."""


class Cluster:
    """A running server. `create` makes a fresh database in it and returns its URL.

    `lend` gives one that has its tables, all empty, and `take_back` empties it for the next.
    """

    def __init__(
        self, home: Path, tools: Path, account: str | None, options: tuple[str, ...]
    ) -> None:
        self.home, self.port = home, free_port()
        self._tools, self._account, self._options = tools, account, options
        self._names = count()
        self._free: list[str] = []
        self._server: subprocess.Popen[bytes] | None = None

    def initialise(self) -> None:
        """Make the files of an empty cluster."""
        command = ("initdb", "-D", "data", "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync")
        self._run(*command).wait()
        if not (self.home / "data" / "PG_VERSION").exists():
            raise NoPostgresError(f"initdb failed: {self._log()}")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        socket_folder = ("-k", str(self.home))
        port = ("-p", str(self.port), "-c", "listen_addresses=127.0.0.1")
        self._server = self._run("postgres", "-D", "data", *socket_folder, *port, *self._options)
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > until:
                raise NoPostgresError(f"it does not start: {self._log()}")
            time.sleep(0.05)

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server: politely, or at once as in a crash (it recovers from its log)."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._server.wait()
            self._server = None

    def create(self) -> str:
        """Return the URL of a fresh, empty database."""
        name = f"test_{next(self._names)}"
        with psycopg.connect(self._conninfo(ACCOUNT), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return f"postgresql://{ACCOUNT}@127.0.0.1:{self.port}/{name}"

    def lend(self) -> str:
        """Return the URL of a database with the empty tables of the newest release."""
        if self._free:
            return self._free.pop()
        url = self.create()
        database = open_database(url)
        migrate(database)
        database.dispose()
        return url

    def take_back(self, url: str) -> None:
        """Empty a database that was lent; whoever still holds it is sent away."""
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in (SEND_AWAY, UNGUARDED, EMPTY):
                connection.execute(statement)
        self._free.append(url)

    def _log(self) -> str:
        return (self.home / "log").read_text()[-500:]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._conninfo(ACCOUNT), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True

    def _conninfo(self, name: str) -> str:
        return f"host=127.0.0.1 port={self.port} user={ACCOUNT} dbname={name}"

    def _run(self, tool: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 (programs of Debian's, arguments of ours)
                [str(self._tools / tool), *arguments],
                cwd=self.home,
                stdout=log,
                stderr=log,
                user=self._account,
                group=self._account,
                extra_groups=[] if self._account else None,
            )


@contextmanager
def cluster(*options: str, within: Path | None = None) -> Iterator[Cluster]:
    """Run a private server, in a folder of its own; `options` go to it.

    NoPostgresError where it cannot be had.
    """
    tools, account = _tools(), _account()
    home = Path(tempfile.mkdtemp(prefix="seminar-pg-", dir=within))
    if account:
        shutil.chown(home, account, account)
    made = Cluster(home, tools, account, options)
    try:
        made.initialise()
        made.start()
        yield made
    finally:
        made.stop(at_once=True)
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """Return a loopback port on which nothing listens, and which no outgoing connection gets.

    A port that the system itself gives (0) may be somebody's outgoing one before it is bound.
    """
    while True:
        port = random.randrange(*PORTS)  # noqa: S311 (no secret)
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def _tools() -> Path:
    """The folder of the newest PostgreSQL of Debian's packages, or of the PATH."""
    versions = sorted(PACKAGES.glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    folders = [*reversed(versions), *([Path(on_path).parent] if on_path else [])]
    for folder in folders:
        if all((folder / tool).exists() for tool in NEEDED):
            return folder
    raise NoPostgresError("PostgreSQL is not installed: apt-get install postgresql")


def _account() -> str | None:
    """The account that the server runs as: our own, unless that is root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT).pw_name
    except KeyError as problem:
        raise NoPostgresError("PostgreSQL does not run as root, and has no account") from problem
