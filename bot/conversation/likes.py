"""/likes: what a person likes, the latest first, as the shops have it now."""

from bot.conversation.messages import Reply, Sender
from bot.conversation.showing import Showing
from bot.conversation.texts import Texts
from core.catalogue import Match
from core.looks import Look
from core.storage.answers import MAX_RANKED
from core.storage.catalogue import CatalogueStore
from core.storage.people import PeopleStore

_NO_PHOTO = Look(fashion=1.0, seen="")


class Likes:
    """A person's own, and told to nobody else."""

    def __init__(self, people: PeopleStore, *, catalogue: CatalogueStore, showing: Showing) -> None:
        self._people = people
        self._catalogue = catalogue
        self._showing = showing

    async def told(self, sender: Sender, say: Texts) -> Reply:
        """An answer of what they like, whatever their filters are."""
        if sender.is_group:
            return Reply(text=say.PRIVACY_ALONE, private=True)
        liked = await self._people.likes(sender.platform, sender.person_id)
        if not liked:
            return Reply(text=say.NO_LIKES)
        sold = await self._catalogue.products(liked)
        text = say.likes(len(liked), gone=len(liked) - len(sold))
        reply = await self._showing.first_page(
            sender,
            [Match(product=sold[one], score=0.0) for one in liked if one in sold][:MAX_RANKED],
            _NO_PHOTO,
            say,
            text=lambda _page: text,
            filters=None,
        )
        return reply or Reply(text=text)
