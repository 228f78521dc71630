"""Saying hello, with a photo of ours for those who have none at hand."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.answering import PhotoAnswers
from bot.conversation.messages import Button, PhotoRef, Reply, Sender
from bot.conversation.texts import Texts

_DOUBLE_TAP = timedelta(seconds=10)
"""Longer than a platform needs to show the answer and take the button away."""


class Samples:
    """Shows what an answer looks like, by answering a photo of ours as any other."""

    def __init__(self, photos: PhotoAnswers, *, now: Callable[[], datetime]) -> None:
        self._photos = photos
        self._now = now
        self._shown: dict[tuple[str, str], datetime] = {}

    def hello(self, sender: Sender, say: Texts) -> Reply:
        """What this is, and the button to try it."""
        action = write_action(Action(verb=Verb.SAMPLE))
        return Reply(
            text=say.START,
            buttons=((Button(label=say.TRY_A_SAMPLE, action=action),),),
            private=sender.is_group,
        )

    async def show(self, sender: Sender, say: Texts) -> list[Reply]:
        """The photo and its answer; a second tap while the first is still shown gets neither.

        Raises as ``PhotoAnswers.answer``; taps of one chat come one after the other.
        """
        chat = (sender.platform, sender.chat_id)
        now = self._now()
        self._shown = {
            other: at for other, at in self._shown.items() if abs(now - at) < _DOUBLE_TAP
        }
        if chat in self._shown:
            return [Reply(notice=say.ALREADY_SHOWN)]
        photo = await asyncio.to_thread(files("data").joinpath("sample.jpg").read_bytes)

        async def load() -> bytes:
            return photo

        ref = PhotoRef(load=load, size_bytes=len(photo))
        answer = await self._photos.answer(sender, [ref], say)
        self._shown[chat] = self._now()
        return [
            Reply(replaces_buttons=True),
            Reply(text=say.SAMPLE, picture=photo),
            answer,
        ]
