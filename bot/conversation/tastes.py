"""What is known of a taste: shown in pictures and words, corrected, and begun anew."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.conversation.actions import Action, Verb, write_action
from bot.conversation.messages import Button, Pictures, Reply, Sender
from bot.conversation.pages import shown_title
from bot.conversation.sessions import taste_owner
from bot.conversation.texts import Liking, Texts
from core.catalogue import Match, Product
from core.collage import collage
from core.picks import Picker
from core.storage.catalogue import CatalogueStore
from core.storage.signals import Owner, SignalStore, Sort
from core.taste import Interest, Taste

_SHOWN = 5
_NAMED = 2  # kinds, colours and titles of an interest that are named


class Tastes:
    """A person's own, in private; of a group it is only told."""

    def __init__(
        self,
        *,
        picker: Picker,
        signals: SignalStore,
        catalogue: CatalogueStore,
        pictures: Pictures,
    ) -> None:
        self._picker = picker
        self._signals = signals
        self._catalogue = catalogue
        self._pictures = pictures

    async def told(self, sender: Sender, say: Texts) -> list[Reply]:
        """The interests in one picture and in words, then what can be done about them."""
        taste = await self._picker.taste(sender.platform, taste_owner(sender))
        interests = taste.interests[:_SHOWN]
        if not interests and not _disliked(taste):
            return [Reply(text=say.NO_TASTE)]
        like = await self._picker.examples(interests)
        products = await self._catalogue.products(
            {one for interest in interests for one in _products_of(interest)}
            | _disliked(taste)
            | {number for number in like if number},
            include_gone=True,
        )
        likings = [
            _liking(interest, products, products.get(example or 0))
            for interest, example in zip(interests, like, strict=True)
        ]
        against = [shown_title(products[one]) for one in _disliked(taste) if one in products]
        text = say.taste(likings, against=sorted(against)[:_NAMED])
        picture = await self._picture(interests, products, like) if interests else None
        if sender.is_group:
            return [Reply(text=text, picture=picture)]
        ways = Reply(text=say.TASTE_WAYS, buttons=_buttons(interests, say))
        return [Reply(text=text, picture=picture), ways]

    async def less(self, sender: Sender, key: str, say: Texts) -> Reply:
        """Let an interest count half; its photos, which are only numbers, no more at all."""
        owner, interest = await self._interest(sender, key)
        if interest is None:
            return Reply(notice=say.NO_LONGER_WORKS)
        for product_id in _products_of(interest):
            await self._signals.note(sender.platform, owner, Sort.LESS, product_id)
        await self._signals.forget_photos(sender.platform, owner, _traces_of(interest))
        return Reply(notice=say.TASTE_LESS)

    async def drop(self, sender: Sender, key: str, say: Texts) -> Reply:
        """Erase what made an interest, the likes too."""
        owner, interest = await self._interest(sender, key)
        if interest is None:
            return Reply(notice=say.NO_LONGER_WORKS)
        await self._signals.forget_products(sender.platform, owner, _products_of(interest))
        await self._signals.forget_photos(sender.platform, owner, _traces_of(interest))
        return Reply(notice=say.TASTE_DROPPED)

    def ask(self, sender: Sender, say: Texts) -> Reply:
        """Whether to erase all of it, with the button that does."""
        if sender.is_group:
            return Reply(notice=say.PRIVACY_ALONE)
        action = write_action(Action(verb=Verb.RESET))
        button = Button(label=say.TASTE_RESET, action=action)
        return Reply(text=say.TASTE_RESET_SURE, buttons=((button,),))

    async def reset(self, sender: Sender, say: Texts) -> Reply:
        """Erase all of it, where that was asked in private."""
        if sender.is_group:
            return Reply(notice=say.PRIVACY_ALONE)
        await self._signals.reset(sender.platform, taste_owner(sender))
        return Reply(notice=say.TASTE_IS_RESET, replaces_buttons=True)

    async def _interest(self, sender: Sender, key: str) -> tuple[Owner, Interest | None]:
        owner = taste_owner(sender)
        if sender.is_group:
            return owner, None
        taste = await self._picker.taste(sender.platform, owner)
        return owner, next((one for one in taste.interests if _key(one) == key), None)

    async def _picture(
        self,
        interests: Sequence[Interest],
        products: Mapping[int, Product],
        like: Sequence[int | None],
    ) -> bytes:
        async def jpeg(interest: Interest, example: int | None) -> bytes | None:
            for number in (*_products_of(interest), example or 0):
                if number in products and products[number].picture:
                    match = Match(product=products[number], score=1.0)
                    if data := await self._pictures.jpeg(match):
                        return data
            return None

        shown = await asyncio.gather(
            *(jpeg(one, example) for one, example in zip(interests, like, strict=True))
        )
        return await asyncio.to_thread(collage, shown)


def _products_of(interest: Interest) -> list[int]:
    found = [one.signal.product_id for one in interest.made_by]
    return [number for number in dict.fromkeys(found) if number is not None]


def _traces_of(interest: Interest) -> list[bytes]:
    return [one.signal.trace.numbers for one in interest.made_by if one.signal.trace]


def _disliked(taste: Taste) -> set[int]:
    return {
        one.signal.product_id
        for one in taste.against
        if one.signal.sort is Sort.DISLIKED and one.signal.product_id
    }


def _key(interest: Interest) -> str:
    """The same as long as the same signals make it."""
    names = sorted(map(str, _products_of(interest)))
    names += sorted(trace.hex() for trace in _traces_of(interest))
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:12]


def _liking(interest: Interest, products: Mapping[int, Product], example: Product | None) -> Liking:
    counts: dict[str, defaultdict[str, float]] = {
        name: defaultdict(float) for name in ("kind", "colour", "gender")
    }
    liked = [
        (product, one.weight)
        for one in interest.made_by
        if (product := products.get(one.signal.product_id or 0))
    ]
    for product, weight in liked or ([(example, 1.0)] if example else []):
        for name, words in counts.items():
            if word := getattr(product, name):
                words[word] += weight

    def most(name: str) -> tuple[str, ...]:
        words = counts[name]
        return tuple(sorted(words, key=lambda word: (-words[word], word))[:_NAMED])

    currencies = [product.price.currency for product, _ in liked if product.price]
    currency = max(set(currencies), key=currencies.count) if currencies else None
    prices = [
        product.price
        for product, _ in liked
        if product.price and product.price.currency == currency
    ]
    return Liking(
        share=interest.share,
        kinds=most("kind"),
        colours=most("colour"),
        gender=next(iter(most("gender")), None),
        prices=(
            (min(prices, key=lambda one: one.amount), max(prices, key=lambda one: one.amount))
            if prices
            else None
        ),
        liked=tuple(
            shown_title(products[number])
            for one in interest.made_by
            if one.signal.sort is Sort.LIKED and (number := one.signal.product_id or 0) in products
        )[:_NAMED],
        photo=bool(_traces_of(interest)),
    )


def _buttons(interests: Sequence[Interest], say: Texts) -> tuple[tuple[Button, ...], ...]:
    less = tuple(
        Button(
            label=say.less_button(rank),
            action=write_action(Action(verb=Verb.LESS, key=_key(interest))),
        )
        for rank, interest in enumerate(interests, 1)
        if _products_of(interest)  # of photos alone nothing would be left
    )
    drop = tuple(
        Button(
            label=say.drop_button(rank),
            action=write_action(Action(verb=Verb.DROP, key=_key(interest))),
        )
        for rank, interest in enumerate(interests, 1)
    )
    whole = (
        Button(label=say.TASTE_RESET, action=write_action(Action(verb=Verb.ASK_RESET))),
        Button(label=say.TASTE_EXPORT, action=write_action(Action(verb=Verb.EXPORT))),
    )
    return tuple(row for row in (less, drop, whole) if row)
