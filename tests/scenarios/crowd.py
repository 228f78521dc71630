"""Many people at once on Telegram and Discord, while the networks between fail at random."""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.scenarios.photos import COLOURS, garment
from tests.support.discord_server import DiscordServer
from tests.support.telegram_server import TelegramServer

PROJECT = Path(__file__).parents[2]
_KINDS = ("dress", "shirt", "trousers")
_PATIENCE_S = 300.0
_AT_ONCE = 3
_TOLD_S = 2
_POSTS = ("sendMediaGroup", "sendMessage")
_FOLLOWS_S = 0.1  # in which a second answer would come


@dataclass(slots=True)
class Met:
    """What a crowd met.

    ``waits`` are real seconds from each photo to its whole answer, and ``own_waits`` the same
    without what Telegram or Discord told the bot to wait; ``wrong`` what was answered more or less
    than once; ``memory_mb`` the bot's after each tenth of the time.
    """

    waits: list[float] = field(default_factory=list)
    own_waits: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    troubles: int = 0
    throttled: int = 0
    resumes: int = 0
    repeated: int = 0

    @property
    def growth(self) -> float:
        """The most memory held in the last half, of the most in the first."""
        half = len(self.memory_mb) // 2
        return max(self.memory_mb[half:]) / max(self.memory_mb[:half])


@dataclass(frozen=True, slots=True)
class _Person:
    """Does one thing, and once that is answered can tell whether more has followed.

    ``told_s`` is how long the bot was told to wait in this chat so far, in seconds.
    """

    do: Callable[[str, bytes], Awaitable[Callable[[], bool]]]
    told_s: Callable[[], float]


@dataclass(slots=True)
class Crowd:
    """``chats`` people for ``seconds``, each with about ``gap_s`` between two things they do.

    They look at an answer for ``looks_s`` at least. Something fails every ``trouble_every_s``, and
    every ``throttled_every_s`` the bot is told to wait for two of the platform's seconds.
    """

    telegram: TelegramServer
    discord: DiscordServer
    chats: int
    seconds: float
    gap_s: float
    looks_s: float
    trouble_every_s: float
    throttled_every_s: float
    seed: int = 1
    met: Met = field(default_factory=Met)

    async def run(self, directory: Path, *, speed: float | None = None) -> Met:
        """Let them, with the bot in a process of its own over the world in that directory.

        With ``speed`` Telegram's seconds are so much shorter, and the bot is tuned to that.
        """
        bot = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.scenarios.killable", str(directory)),
            *(self.telegram.root, self.discord.api_base, self.discord.gateway),
            *([str(speed)] if speed else []),
            cwd=PROJECT,
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            assert bot.stdout
            assert await asyncio.wait_for(bot.stdout.readline(), 120) == b"ready\n"
            await self.discord.connected(max_wait_s=60)
            ends = time.monotonic() + self.seconds
            beside = [
                asyncio.create_task(self._trouble()),
                asyncio.create_task(self._throttle(_TOLD_S / (speed or 1.0))),
                asyncio.create_task(self._watch(bot.pid)),
            ]
            async with asyncio.TaskGroup() as people:
                for number in range(self.chats):
                    person = self._on_telegram() if number % 2 else self._on_discord()
                    chance = random.Random(self.seed + number)
                    people.create_task(self._acts(person, chance, ends))
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
        finally:
            bot.kill()
            await bot.wait()
        return self.met

    async def _acts(self, person: _Person, chance: random.Random, ends: float) -> None:
        beyond_s = self.gap_s - self.looks_s
        while True:
            then = time.monotonic() + self.looks_s + chance.expovariate(1 / beyond_s)
            if then > ends:
                return
            await asyncio.sleep(then - time.monotonic())
            what = chance.choices(("photo", "tap", "command"), (5, 2, 3))[0]
            colour, kind = chance.choice(list(COLOURS)), chance.choice(_KINDS)
            photo = garment(colour, kind, shift=chance.randrange(4))
            began, told_s = time.monotonic(), person.told_s()
            try:
                more_came = await person.do(what, photo)
            except TimeoutError:
                self.met.wrong.append(f"no answer to a {what}")
                continue
            if what == "photo":
                wait_s = time.monotonic() - began
                self.met.waits.append(wait_s)
                self.met.own_waits.append(wait_s - (person.told_s() - told_s))
            await asyncio.sleep(_FOLLOWS_S)
            if more_came():
                self.met.wrong.append(f"a {what} was answered twice")

    def _on_telegram(self) -> _Person:
        chat = self.telegram.private()

        async def do(what: str, photo: bytes) -> Callable[[], bool]:
            before, expected = len(chat.received), 6
            answers = [one for one in chat.received if "More" in one.labels]
            if what == "photo":
                await chat.send_photo(photo)
            elif what == "tap" and answers:
                tap = await chat.tap(answers[-1], answers[-1].labels[6])
                await self.telegram.until(lambda: tap.answered, max_wait_s=_PATIENCE_S)
                return lambda: False  # it may bring a page
            else:
                expected = 1
                await chat.send_text("/help")
            await chat.got(before + expected, max_wait_s=_PATIENCE_S)
            return lambda: len(chat.received) > before + expected

        return _Person(do, lambda: self.telegram.told_s[chat.id])

    def _on_discord(self) -> _Person:
        person = self.discord.person()

        async def do(what: str, photo: bytes) -> Callable[[], bool]:
            before = len(person.received)
            answers = [one for one in person.received if "More" in one.labels]
            if what == "photo":
                await person.dm(photo=photo)
            elif what == "tap" and answers:
                await person.tap(answers[-1], answers[-1].labels[6])
            else:
                await person.slash("help")
            await person.sees(before + 1, max_wait_s=_PATIENCE_S)
            return lambda: len(person.received) > before + 1

        posts = f"/channels/{person.dms.id}/messages"
        return _Person(do, lambda: self.discord.rest.told_s[posts])

    async def _trouble(self) -> None:
        """Something breaks, is repeated or hangs up."""
        chance = random.Random(self.seed)
        calls = (*_POSTS, "getUpdates", "getFile", "answerCallbackQuery")
        while True:
            await asyncio.sleep(self.trouble_every_s)
            if self._fails_enough():
                continue
            self.met.troubles += 1
            match chance.randrange(6):
                case 0 | 1:
                    self.telegram.fail(chance.choice(calls), is_dropped=True)
                case 2 | 3 if self.telegram.pushed:
                    self.met.repeated += 1
                    await self.telegram.push_again(chance.choice(self.telegram.pushed[-50:]))
                case 4:
                    path = chance.choice(("channels", "interactions", "webhooks", "attachments"))
                    self.discord.fail(f"/{path}/*", status=0)
                case 5 if self.met.troubles % 5 == 0:
                    await self.discord.sessions.drop()
                    await self.discord.resumed(times=self.met.resumes + 1, max_wait_s=60)
                    self.met.resumes += 1

    async def _throttle(self, told_s: float) -> None:
        chance = random.Random(self.seed)
        while True:
            await asyncio.sleep(self.throttled_every_s)
            if self._fails_enough():
                continue
            self.met.throttled += 1
            if chance.random() < 2 / 3:
                self.telegram.fail(chance.choice(_POSTS), retry_after_s=told_s)
            else:
                self.discord.fail("/channels/*/messages", status=429, retry_after_s=told_s)

    def _fails_enough(self) -> bool:
        """More at once than calls that are made would be no trouble but an end."""
        return len(self.telegram.failures) + len(self.discord.rest.failures) > _AT_ONCE

    async def _watch(self, pid: int) -> None:
        while True:
            await asyncio.sleep(self.seconds / 10)
            self.met.memory_mb.append(_resident_mb(pid))


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(one for one in status.splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
