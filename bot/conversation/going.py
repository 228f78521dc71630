"""Buy links through this bot's own address, so that it can be told what is opened.

A link names a product of an answer, and is signed; it holds no address and no person.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.conversation.messages import Answerer, Button, Courier, Incoming, Reply
from bot.conversation.pages import web_address
from core.storage.catalogue import CatalogueStore
from core.storage.opens import Opening, OpenStore
from core.storage.signals import Owner, SignalStore, Sort

PATH = "/go/"

_TOKEN = re.compile(r"([ap])([0-9]{1,4})\.([0-9]{1,18})\.([\w-]{1,32})\.([\w-]{16})", re.ASCII)


class GoLinks:
    """Writes and reads links under a public address, signed with a secret."""

    def __init__(self, public_url: str, secret: bytes) -> None:
        self._base = public_url.rstrip("/") + PATH
        self._secret = secret

    def link(self, opening: Opening) -> str:
        """The address that leads there."""
        kind = "p" if opening.picks else "a"
        what = f"{kind}{opening.rank}.{opening.product_id}.{opening.key}"
        return f"{self._base}{what}.{self._signature(what)}"

    def read(self, token: str) -> Opening | None:
        """What a link's last part leads to; None where we did not write it."""
        found = _TOKEN.fullmatch(token)
        if not found:
            return None
        what, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature, self._signature(what)):
            return None
        kind, rank, product_id, key, _ = found.groups()
        return Opening(key=key, product_id=int(product_id), rank=int(rank), picks=kind == "p")

    def into(self, reply: Reply) -> Reply:
        """The same reply with its buy links, buttons' and cards', leading through here."""
        ours: dict[str | None, str] = {}

        def through(button: Button) -> Button:
            if button.opens is None:
                return button
            ours[button.url] = self.link(button.opens)
            return replace(button, url=ours[button.url])

        buttons = tuple(tuple(map(through, row)) for row in reply.buttons)
        album = tuple(replace(card, url=ours.get(card.url, card.url)) for card in reply.album)
        return replace(reply, buttons=buttons, album=album)

    def _signature(self, what: str) -> str:
        digest = hmac.digest(self._secret, what.encode(), "sha256")
        return urlsafe_b64encode(digest[:12]).decode()


class LinkedAnswerer:
    """Answers as another does, with links that lead through here."""

    def __init__(self, answerer: Answerer, links: GoLinks) -> None:
        self._answerer = answerer
        self._links = links

    async def answer(self, message: Incoming) -> list[Reply]:
        """As ``Answerer``."""
        return [self._links.into(reply) for reply in await self._answerer.answer(message)]


class LinkedCourier:
    """Delivers as another does, with links that lead through here."""

    def __init__(self, courier: Courier, links: GoLinks) -> None:
        self._courier = courier
        self._links = links

    @property
    def platform(self) -> str:
        """As ``Courier``."""
        return self._courier.platform

    async def deliver(self, chat_id: str, reply: Reply) -> str:
        """As ``Courier``."""
        return await self._courier.deliver(chat_id, self._links.into(reply))


class Going:
    """Where links lead, and what an opening tells."""

    def __init__(
        self,
        links: GoLinks,
        *,
        catalogue: CatalogueStore,
        opens: OpenStore,
        signals: SignalStore,
        now: Callable[[], datetime],
    ) -> None:
        self._links = links
        self._catalogue = catalogue
        self._opens = opens
        self._signals = signals
        self._now = now

    async def address(self, token: str, *, counts: bool) -> str | None:
        """The shop's address of a product, as the catalogue has it; None where there is none.

        Where it ``counts``, it is noted: once for an answer, and of whom it was given to in
        private it tells their taste; of a group nobody's.
        """
        opening = self._links.read(token)
        product = await self._catalogue.product(opening.product_id) if opening else None
        address = web_address(product) if product else None
        if counts and opening and address:
            who = await self._opens.note(opening, self._now())
            if who and who.person_id:
                owner = Owner(who.person_id)
                await self._signals.note(who.platform, owner, Sort.OPENED, opening.product_id)
        return address
