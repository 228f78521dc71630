"""Picks are near what a person likes, in stock, varied, and not the same for a month."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.catalogue import Availability
from core.informed import told
from core.picks import Pick, Picker, Wanted
from core.ranking import Experiment, Ranking, Rankings
from core.storage.assortment import AssortmentStore, News
from core.storage.deliveries import DeliveryStore
from core.storage.finding import FindStore
from core.storage.people import PeopleStore, Subscription
from core.storage.signals import Owner, SignalStore, Sort
from core.wishes import Wish
from tests.search.shelf import NIGHT, Shelf, Thing, open_shelf

TODAY = date(2026, 3, 10)
NO_FILTERS = Wish()


class Person:
    """One person with a subscription."""

    def __init__(self, shelf: Shelf, rankings: Rankings | None = None) -> None:
        self.shelf = shelf
        self.signals = SignalStore(shelf.database, now=lambda: NIGHT)
        self.people = PeopleStore(shelf.database, now=lambda: NIGHT)
        self.deliveries = DeliveryStore(shelf.database)
        self.picker = Picker(
            catalogue=shelf.catalogue,
            signals=self.signals,
            assortment=AssortmentStore(shelf.database, now=lambda: NIGHT),
            deliveries=self.deliveries,
            finding=FindStore(shelf.database, now=lambda: NIGHT),
            index=shelf.index,
            vectors=shelf.vectors,
            rankings=rankings or Rankings(),
            now=lambda: NIGHT,
        )
        self.subscription_id = 0

    async def subscribe(self) -> None:
        kept = await self.people.subscribe(
            Subscription(
                platform="web",
                chat_id="c",
                person_id="ann",
                at=time(9),
                timezone="UTC",
                created_at=NIGHT,
            )
        )
        self.subscription_id = kept.id

    async def like(self, *keys: str) -> None:
        for key in keys:
            assert await self.people.toggle_like("web", "ann", self.shelf.ids[key])

    async def picks(
        self, day: date = TODAY, *, k: int = 5, filters: Wish = NO_FILTERS
    ) -> list[Pick]:
        wanted = Wanted(
            owner=Owner("ann"),
            local_date=day,
            subscription_id=self.subscription_id,
            filters=filters,
        )
        return await self.picker.picks("web", wanted, k=k)

    async def get(self, day: date) -> list[str]:
        """The picks of a day, delivered."""
        picks = await self.picks(day)
        ids = [pick.match.product.id for pick in picks]
        noon = datetime.combine(day, time(12), UTC)
        assert await self.deliveries.claim(self.subscription_id, day, "picks", ids, noon)
        return titles(picks)


def titles(picks: list[Pick]) -> list[str]:
    return [pick.match.product.title for pick in picks]


@pytest.fixture
async def ann(url: str, tmp_path: Path) -> AsyncIterator[Person]:
    async with open_shelf(url, tmp_path / "index") as shelf:
        person = Person(shelf)
        await person.subscribe()
        yield person


def wardrobe(count: int = 60) -> dict[str, Thing]:
    kinds = ("shirt", "dress", "shoes", "bag")
    return {f"{n}": Thing(degrees=1.5 * n, kind=kinds[n % 4]) for n in range(count)}


async def test_picks_are_near_a_like_and_say_which(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    await ann.like("0", "50")
    picks = await ann.picks()
    for pick in picks:
        assert pick.reason.liked
        distance = abs(int(pick.match.product.title) - int(pick.reason.liked.title))
        assert 0 < distance <= 6
    assert {pick.reason.liked.title for pick in picks if pick.reason.liked} == {"0", "50"}


async def test_a_like_that_is_gone_still_counts(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    await ann.like("30")
    await ann.shelf.catalogue.mark_gone("shop", ["30"])
    await ann.shelf.index.rebuild(told(ann.shelf.vectors.rows("f"), None))
    assert all(abs(int(title) - 30) <= 6 for title in titles(await ann.picks()))


async def test_without_likes_the_new_come_and_say_so(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    picks = await ann.picks()
    assert len(picks) == 5
    assert all(pick.reason.news is News.NEW and not pick.reason.liked for pick in picks)


async def test_new_ones_fill_up_what_likes_do_not(ann: Person) -> None:
    await ann.shelf.stock({"liked": Thing(degrees=0), "near": Thing(degrees=1)})
    await ann.shelf.stock(
        {f"new {n}": Thing(degrees=9, kind=f"kind {n}") for n in range(9)}, index=False
    )
    await ann.like("liked")
    first, *rest = await ann.picks()
    assert first.match.product.title == "near"
    assert first.reason.liked
    assert first.reason.liked.title == "liked"
    assert len(rest) == 4
    assert all(pick.reason.news is News.NEW and not pick.reason.liked for pick in rest)


@pytest.mark.parametrize("likes", [[], ["8"]])
async def test_at_most_two_are_of_a_kind_where_there_is_a_choice(
    ann: Person, likes: list[str]
) -> None:
    await ann.shelf.stock(wardrobe())
    await ann.like(*likes)
    kinds = [pick.match.product.kind for pick in await ann.picks()]
    assert max(kinds.count(kind) for kind in kinds) <= 2


async def test_five_of_a_kind_are_better_than_two(ann: Person) -> None:
    await ann.shelf.stock({f"{n}": Thing(degrees=n) for n in range(9)})
    assert len(await ann.picks()) == 5


@pytest.mark.parametrize("likes", [[], ["1"]])
async def test_nothing_sold_out_and_no_picture_twice(ann: Person, likes: list[str]) -> None:
    things = {f"{n}": Thing(degrees=n, kind=f"{n}", picture=f"{n // 2}") for n in range(12)}
    things |= {
        f"gone {n}": Thing(degrees=n, kind=f"k{n}", availability=Availability.SOLD_OUT)
        for n in range(12)
    }
    await ann.shelf.stock(things)
    await ann.like(*likes)
    picks = await ann.picks()
    pictures = {pick.match.product.picture for pick in picks}
    assert len(pictures) == 5
    liked = await ann.shelf.catalogue.products([ann.shelf.ids[key] for key in likes])
    assert not pictures & {product.picture for product in liked.values()}  # in another shop
    assert not any(title.startswith("gone") for title in titles(picks))


async def test_nothing_comes_again_within_thirty_days(ann: Person) -> None:
    await ann.shelf.stock(wardrobe(40))
    await ann.like("3")
    seen: list[str] = []
    for day in range(30):
        seen += await ann.get(TODAY + timedelta(days=day))
    assert "3" not in seen
    assert len(seen) == len(set(seen)) == 39
    assert set(await ann.get(TODAY + timedelta(days=31))) <= set(seen[:10])


async def test_a_day_has_its_picks(ann: Person) -> None:
    """The same however often they are chosen; others the next day."""
    await ann.shelf.stock(wardrobe())
    today = titles(await ann.picks())
    assert titles(await ann.picks()) == today
    assert titles(await ann.picks(TODAY + timedelta(days=1))) != today


async def test_an_empty_catalogue_has_no_picks(ann: Person) -> None:
    assert await ann.picks() == []


async def test_a_product_that_is_not_liked_keeps_what_is_like_it_away(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    await ann.like("20", "30")
    for key in ("18", "19", "21", "22"):
        await ann.signals.note("web", Owner("ann"), Sort.DISLIKED, ann.shelf.ids[key])
    picked = [int(title) for title in titles(await ann.picks())]
    assert min(picked) > 24


async def test_who_likes_two_things_gets_both(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    await ann.like("0", "1", "58")
    picked = [int(title) for title in titles(await ann.picks())]
    assert any(number < 15 for number in picked)
    assert any(number > 45 for number in picked)


async def test_what_was_reduced_goes_first_and_says_so(ann: Person) -> None:
    things = {f"{n}": Thing(degrees=n / 100, kind=f"{n}") for n in range(30)}
    await ann.shelf.stock(things, on=NIGHT - timedelta(days=3))
    await ann.like("0")
    await ann.shelf.stock({"29": Thing(degrees=0.29, kind="29", price="15")}, index=False)
    picks = {pick.match.product.title: pick.reason for pick in await ann.picks()}
    assert (picks["29"].news, picks["29"].less) == (News.REDUCED, 25)
    assert all(picks[title].news is None for title in picks.keys() - {"29"})


async def test_what_is_new_counts_against_nearness_as_it_is_set_to(ann: Person) -> None:
    things = {f"{n}": Thing(degrees=1.5 * n, kind=f"{n}") for n in range(30)}
    await ann.shelf.stock(things, on=NIGHT - timedelta(days=3))
    await ann.like("0")
    await ann.shelf.stock({"12": Thing(degrees=18, kind="12", price="15")}, index=False)
    assert "12" not in titles(await ann.picks())
    eager = Person(ann.shelf, Rankings(usual=Ranking(news=0.2)))
    assert titles(await eager.picks())[0] == "12"


async def test_an_experiment_ranks_otherwise_for_one_half_alone(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    never, always = Ranking(surprises=0), Ranking(surprises=1)
    day = NIGHT.date()
    tried = Experiment(name="x", setting="surprises", a=never, b=always, first=day, last=day)
    picker = Person(ann.shelf, Rankings(experiment=tried)).picker
    people = [Owner(f"{number}") for number in range(12)]
    for one in people:
        await ann.people.toggle_like("web", one.person_id, ann.shelf.ids["30"])
    wanted = [Wanted(owner=one, local_date=TODAY) for one in people]
    picks = await picker.picks_of_all("web", wanted)
    surprised = [any(pick.reason.surprise for pick in some) for some in picks]
    assert surprised == [tried.has_b("web", one) for one in people]
    assert {*surprised} == {True, False}


async def test_a_group_has_the_picks_of_what_it_liked(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    friends = Owner("", "friends")
    await ann.signals.note("web", friends, Sort.LIKED, ann.shelf.ids["30"])
    group = await ann.picker.picks("web", Wanted(owner=friends, local_date=TODAY))
    assert all(pick.reason.liked and pick.reason.liked.title == "30" for pick in group)
    assert not any(pick.reason.liked for pick in await ann.picks())


async def test_many_are_chosen_for_at_once_as_each_alone(ann: Person) -> None:
    await ann.shelf.stock(wardrobe())
    await ann.like("3", "40")
    bob = Owner("bob")
    await ann.people.toggle_like("web", "bob", ann.shelf.ids["20"])
    wanted = [
        Wanted(owner=owner, local_date=TODAY, subscription_id=number)
        for number, owner in enumerate([Owner("ann"), bob, Owner("nobody")])
    ]
    at_once = [titles(picks) for picks in await ann.picker.picks_of_all("web", wanted)]
    alone = [titles(await ann.picker.picks("web", one)) for one in wanted]
    assert at_once == alone
    assert [len(some) for some in alone] == [5, 5, 5]


@pytest.mark.parametrize("likes", [[], ["0"], ["0", "dear 0"]])
async def test_picks_are_inside_filters_and_five_if_five_are_there(
    ann: Person, likes: list[str]
) -> None:
    """The dear ones are the oldest, and far from what is liked."""
    dear = {f"dear {n}": Thing(degrees=60 + n, kind="bag", price="90") for n in range(6)}
    gone = {"200": Thing(degrees=1, price="90", availability=Availability.SOLD_OUT)}
    await ann.shelf.stock(dear | gone, on=NIGHT - timedelta(days=90))
    await ann.shelf.stock(wardrobe(300))
    await ann.like(*likes)
    filters = Wish(least=Decimal(80))
    picked = titles(await ann.picks(filters=filters))
    assert len(picked) == 5
    assert set(picked) <= dear.keys() - {*likes}
    bob = Wanted(owner=Owner("bob"), local_date=TODAY)
    mine = Wanted(owner=Owner("ann"), local_date=TODAY, filters=filters)
    others, same = await ann.picker.picks_of_all("web", [bob, mine])
    assert not {*titles(others)} & dear.keys()
    assert {*titles(same)} <= dear.keys()
    assert await ann.picks(filters=Wish(barred=("shop",))) == []
