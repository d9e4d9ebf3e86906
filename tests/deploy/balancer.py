"""The balancer of `deploy/`, run by the real nginx before workers on loopback."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres.cluster import free_port

CONFIG = Path(__file__).parents[2] / "deploy" / "balancer.conf"
PATIENCE = 20.0
AROUND = """\
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log {home}/access.log;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {home}/balancer.conf;
}}
"""


class NoNginxError(Exception):
    """Say in one sentence why no nginx can be had here."""


@contextmanager
def balancer(home: Path, workers: Sequence[int]) -> Iterator[int]:
    """Run nginx before the workers' ports, with its files in `home`; yield its own port."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        raise NoNginxError("nginx is not installed: apt-get install nginx-light")
    port = free_port()
    (home / "balancer.conf").write_text(_placed(CONFIG.read_text(), port, workers))
    (home / "nginx.conf").write_text(AROUND.format(home=home))
    home.chmod(0o755)
    command = (program, "-p", str(home), "-c", str(home / "nginx.conf"))
    with (home / "nginx.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 (Debian's nginx)
    try:
        _wait(port, server, home)
        yield port
    finally:
        server.terminate()
        server.wait()


def _placed(text: str, port: int, workers: Sequence[int]) -> str:
    """The file as it is deployed, but for its names and ports."""
    placed, listening = re.subn(r"listen 8080;", f"listen 127.0.0.1:{port};", text)
    for number, worker in enumerate(workers, start=1):
        placed, named = re.subn(rf"slack-{number}:8080", f"127.0.0.1:{worker}", placed)
        assert (listening, named) == (1, 1)
    return placed


def _wait(port: int, server: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            assert server.poll() is None, (home / "nginx.log").read_text()
            assert time.monotonic() < until, "nginx does not answer"
            time.sleep(0.05)
