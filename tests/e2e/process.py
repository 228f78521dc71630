"""The bot as a process of its own, started by its documented settings alone."""

import asyncio
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.__main__ import main
from bot.settings import Settings

PROJECT = Path(__file__).parents[2]

Ended = tuple[int | None, str, str]
"""Exit status, standard output and standard error."""

_warm = multiprocessing.get_context("forkserver")
_warm.set_forkserver_preload([__name__])


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(state_dir: Path, **variables: object) -> dict[str, str]:
    """A process environment with these settings and no others of ours."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TWINSET_") and name not in {"DATABASE_URL", "PORT"}
    }
    return {
        **inherited,
        "TWINSET_STATE_DIR": str(state_dir),
        "TWINSET_SHOPS_DIR": str(state_dir / "shops"),
        **{name: str(value) for name, value in variables.items()},
    }


def own_cache(directory: Path) -> Path:
    """A cache with the networks that there are; what else comes to lie in it is the test's."""
    directory.mkdir()
    for file in Settings().cache_dir.expanduser().glob("resnet50-*"):
        (directory / file.name).symlink_to(file)
    return directory


async def command(*arguments: str, env: Mapping[str, str], within_s: float = 600) -> Ended:
    """Run one command to its end, in a process of its own that has imported the bot before.

    To import it takes seconds, and is ``typed``'s and ``BotProcess``'s to show.
    """
    with tempfile.TemporaryDirectory() as directory:
        out, err = (Path(directory) / name for name in ("out", "err"))
        process = _warm.Process(target=_carry_out, args=(arguments, dict(env), out, err))
        await asyncio.to_thread(process.start)
        try:
            await asyncio.to_thread(process.join, within_s)
            if process.exitcode is None:
                raise TimeoutError(f"{arguments} takes more than {within_s} s")
        finally:
            process.kill()
        return process.exitcode, out.read_text(), err.read_text()


def _carry_out(arguments: Sequence[str], env: Mapping[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(PROJECT)
    for path, number in ((out, 1), (err, 2)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.exit(main(arguments))


async def typed(*arguments: str, env: Mapping[str, str], within_s: float = 600) -> Ended:
    """Run one command to its end as somebody types it: ``python -m bot``, from nothing."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *arguments),
        cwd=PROJECT,
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), within_s)
    except TimeoutError:
        process.kill()
        raise
    return process.returncode, out.decode(), err.decode()


class BotProcess:
    """``python -m bot``, running."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._process: asyncio.subprocess.Process | None = None
        self._log: Path = Path(env["TWINSET_STATE_DIR"]) / "bot.log"

    async def start(self, *, within_s: float = 600) -> str:
        """Start it and wait until it says that it is ready; what it said then."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot"),
                cwd=PROJECT,
                env=self._env,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        try:
            async with asyncio.timeout(within_s):
                assert self._process.stdout
                while line := (await self._process.stdout.readline()).decode():
                    if "ready" in line:
                        return line
        except TimeoutError:
            await self.kill()
        raise AssertionError(f"the bot did not get ready:\n{self.log}")

    @property
    def log(self) -> str:
        """All that it has logged, over every start."""
        return self._log.read_text()

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process
        self._process.kill()
        await self._process.wait()

    async def stop(self, *, within_s: float = 60) -> int:
        """Ask it to end; its exit status."""
        assert self._process
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(self._process.communicate(), within_s)
        return self._process.returncode or 0
